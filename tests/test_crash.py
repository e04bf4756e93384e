"""What survives: real processes are killed, servers die, the provider misbehaves, and people keep writing.

After each test every invariant of tests/crash/invariants.py is looked at in the database and at the provider.
"""

import asyncio
import os
import signal
from pathlib import Path

import asyncpg
import pytest
import redis.asyncio as redis

from bench import bots
from bench.processes import find, tree
from bot.local_services import local_services
from tests.crash.invariants import Seen, violations
from tests.crash.scene import Scene, house

pytestmark = pytest.mark.slow

KILLS = 52
"""More than fifty; every fourth hits the web process."""


def test_fifty_kills_under_load_lose_nothing_and_answer_nobody_twice(tmp_path: Path) -> None:
    with bots.services(tmp_path) as running:
        asyncio.run(_fifty_kills(tmp_path, running.database_url, running.redis_url))


async def _fifty_kills(folder: Path, database_url: str, redis_url: str) -> None:
    async with house(folder, "web+2work", database_url, redis_url) as scene:
        scene.driver.webhook.twice = 0.05
        async with scene.load():
            await scene.turns(100)
            for number in range(KILLS):
                await _write_to_somebody(scene)
                await scene.kill(*(("web",) if number % 4 == 3 else ("work", number % 2)))
                await scene.turns(5 + number * 37 % 50)  # a different moment each time
        assert scene.crashes == KILLS
        assert scene.tally.lost == 0
        assert scene.tally.disordered == 0
        assert await scene.broken() == {}


async def _write_to_somebody(scene: Scene) -> None:
    for chat in list(scene.driver.chats)[-30::10]:
        await scene.write_letter(chat)


def test_an_emptied_and_then_dead_redis_costs_no_message(tmp_path: Path) -> None:
    with bots.services(tmp_path) as running:
        asyncio.run(_redis_dies(tmp_path, running.database_url, running.redis_url))


async def _redis_dies(folder: Path, database_url: str, redis_url: str) -> None:
    async with house(folder, "web+work", database_url, redis_url) as scene:
        async with scene.load(), redis.from_url(redis_url) as memory:
            for _ in range(10):
                await scene.turns(40)
                await memory.flushall()
            os.kill(find("valkey-server", tree(os.getpid())), signal.SIGKILL)
            await scene.turns(300)
            await scene.kill("work")  # and it starts without Redis
            await scene.turns(100)
        assert (scene.tally.lost, scene.tally.disordered) == (0, 0)
        assert await scene.broken() == {}


def test_a_crashing_database_costs_no_acknowledged_message(tmp_path: Path) -> None:
    with bots.services(tmp_path) as running:
        asyncio.run(_database_crashes(tmp_path, running.database_url, running.redis_url))


async def _database_crashes(folder: Path, database_url: str, redis_url: str) -> None:
    """A server process killed by -9 makes PostgreSQL drop every connection and recover from its log."""
    async with house(folder, "web+work", database_url, redis_url) as scene:
        async with scene.load():
            for _ in range(5):
                await scene.turns(100)
                await _crash_database(database_url)
                scene.crashes += 1
            await scene.turns(100)
        assert (scene.tally.lost, scene.tally.disordered) == (0, 0)
        assert await scene.broken() == {}


async def _crash_database(database_url: str) -> None:
    """kill -9 on the process that serves our own connection."""
    ours = os.getpid()
    db = await asyncpg.connect(database_url)
    number = await db.fetchval("select count(*) from pg_stat_activity where backend_type = 'client backend'")
    assert number > 0
    postmaster = find("postgres", tree(ours))
    backends = tree(postmaster)[1:]
    os.kill(backends[-1], signal.SIGKILL)
    db.terminate()


def test_a_provider_that_refuses_fails_and_hangs_gets_every_message_in_the_end(tmp_path: Path) -> None:
    with bots.services(tmp_path) as running:
        asyncio.run(_provider_misbehaves(tmp_path, running.database_url, running.redis_url))


async def _provider_misbehaves(folder: Path, database_url: str, redis_url: str) -> None:
    async with house(folder, "web+work", database_url, redis_url) as scene:
        scene.driver.webhook.twice = 0.3
        async with scene.load():
            for trouble in ("500", "429", "drop", "drop_after", "silence", "500", "drop", "429", "drop_after"):
                await scene.turns(60)
                scene.driver.trouble.next_answers.extend([trouble] * 3)
                scene.crashes += 1
            await scene.turns(60)
        assert (scene.tally.lost, scene.tally.disordered) == (0, 0)
        assert await scene.broken() == {}


def test_a_whole_house_killed_with_its_servers_recovers_by_its_restart(tmp_path: Path) -> None:
    scene = asyncio.run(_whole_house_dies(tmp_path))
    with local_services(tmp_path / "data", "", "", lambda _: None) as running:
        seen = Seen(scene.driver.webhook.accepted, scene.received, scene.crashes, logs=[scene.logs()])
        assert asyncio.run(violations(running.database_url, seen)) == {}


async def _whole_house_dies(folder: Path) -> Scene:
    async with house(folder, "serve", "", "") as scene:
        async with scene.load():
            for _ in range(4):
                await scene.turns(120)
                await scene.kill("serve")
            await scene.turns(120)
        assert (scene.tally.lost, scene.tally.disordered) == (0, 0)
        return scene
