"""What a turn costs, and how many a second: `python -m bench.turns`.

Chats drive the whole first conversation through a local Bot API against the real house: its own processes, PostgreSQL
with fsync on, Valkey, the webhook in, messages out unpaced. In the same run, on the same machine, the peer
(bench/peer.py) is asked as many questions. Rounds alternate between the two, so that a busy machine is unfair to
neither. Without an option: 200 and 2000 chats. Linux only.

`web` and `work` as two processes is the layout to put in service: one `serve` process costs as much per turn but fills
one core only, and a second `work` pays once the first one's core is full.
"""

import argparse
import asyncio
import contextlib
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import uvloop

from bench import bots, runs
from bench.driver import FIRST_CHAT, Driver
from bench.figures import Figure
from bench.processes import find, tree
from bot.local_services import Services

Tell = Callable[[list[Figure]], None]


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layout", choices=bots.LAYOUTS, default="web+work", help="which processes the house runs as")
    parser.add_argument("--chats", type=int, action="append", help="people talking at once (may be given again)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8.0, help="length of a round, or of the sustained run")
    parser.add_argument("--no-peer", action="store_true", help="measure the house alone")
    parser.add_argument("--api-delay", type=float, metavar="MS", help="the Bot API takes MS milliseconds a call")
    parser.add_argument("--sustained", type=float, action="append", metavar="RATE", help="RATE updates a second")
    parser.add_argument("--burst3", action="store_true", help="three answers typed without waiting")
    parser.add_argument(
        "--paced", action="store_true", help="28 messages a second where 30 are allowed, with a pause imposed"
    )
    parser.add_argument("--memory", type=int, metavar="MINUTES", help="memory under load")
    parser.add_argument("--json", action="store_true", help="one JSON object a figure")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Runs what is asked; prints figures beside their goals as they come. Returns 1 when a goal is missed."""
    options = _options(arguments)
    missed: list[Figure] = []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # ended from outside, it still ends what it started

    def tell(figures: list[Figure]) -> None:
        for figure in figures:
            print(json.dumps(figure.record()) if options.json else figure.line(), flush=True)
        missed.extend(figure for figure in figures if figure.met is False)

    with tempfile.TemporaryDirectory(prefix="allervers-bench-") as place, bots.services(Path(place)) as running:
        uvloop.run(_all(options, Path(place), running, tell))
    return int(bool(missed))


async def _all(options: argparse.Namespace, folder: Path, running: Services, tell: Tell) -> None:
    if options.paced:
        async with _house(options.layout, folder / "paced", running, "28") as side:
            tell(await runs.paced(side, 800, 30))
    asked = _unpaced(options)
    if not asked:
        return
    async with (
        _house(options.layout, folder / "unpaced", running, "0") as side,
        _peer(options, folder, running) as others,
    ):
        for run in asked:
            tell(await run(side, others))
        tell(await in_the_database(side))


def _unpaced(options: argparse.Namespace) -> list[Any]:
    """The runs asked for, in their order; 200 and 2000 chats when nothing is."""
    asked: list[Any] = []
    if options.burst3:
        asked.append(lambda side, others: _each(runs.burst, [side, *others], 100))
    for rate in options.sustained or ():
        asked.append(lambda side, others, rate=rate: runs.sustained(side, rate, options.seconds))
    if options.api_delay:
        asked.append(
            lambda side, others: runs.slow_provider(side, options.api_delay, 200, options.rounds, options.seconds)
        )
    if options.memory:
        asked.append(lambda side, others: runs.memory(side, 200, options.memory))
    for chats in options.chats or (() if asked or options.paced else (200, 2000)):
        asked.append(
            lambda side, others, chats=chats: runs.throughput([side, *others], chats, options.rounds, options.seconds)
        )
    return asked


async def _each(run: Any, sides: list[runs.Side], size: int) -> list[Figure]:
    return [figure for side in sides for figure in await run(side, size)]


@contextlib.asynccontextmanager
async def _house(layout: str, folder: Path, running: Services, rate: str) -> AsyncIterator[runs.Side]:
    """The house on a database of its own."""
    driver = Driver(first=5_000_001 if float(rate) else FIRST_CHAT)
    env = bots.environment(folder, await driver.api.start(), bots.free_port(), TELEGRAM_RATE=rate, **bots.on(running))
    await asyncio.to_thread(bots.prepare, env, running.database_url)
    bot = await asyncio.to_thread(bots.house, env, layout, folder, _servers())
    side = runs.Side(bot, driver)
    with _ended(side):
        side.database_url = running.database_url
        side.attach()
        yield side


@contextlib.asynccontextmanager
async def _peer(options: argparse.Namespace, folder: Path, running: Services) -> AsyncIterator[list[runs.Side]]:
    """The peer, when it is wanted."""
    if options.no_peer:
        yield []
        return
    driver = Driver()
    bot = await asyncio.to_thread(bots.peer, await driver.api.start(), running.redis_url, folder, _servers(("valkey",)))
    side = runs.Side(bot, driver)
    with _ended(side):
        side.attach()
        yield [side]


@contextlib.contextmanager
def _ended(side: runs.Side) -> Iterator[None]:
    try:
        yield
    finally:
        side.driver.webhook.pool.close()
        side.bot.end()


def _servers(names: tuple[str, ...] = ("postgres", "valkey")) -> dict[str, int]:
    ours = tree(os.getpid())
    programs = {"postgres": "postgres", "valkey": "valkey-server"}
    return {name: pid for name in names if (pid := find(programs[name], ours))}


async def in_the_database(side: runs.Side) -> list[Figure]:
    """What the database says after all runs: every update done, none answered twice, nothing left to send."""
    connection = await asyncpg.connect(side.database_url)
    try:
        (row,) = await connection.fetch(
            "select (select count(*) from inbox where done_at is null) as waiting,"
            " (select count(*) from (select 1 from outbox where author = 'bot'"
            " group by agency_id, contact_id, cause_id having count(*) > 1) x) as twice,"
            " (select count(*) from outbox where state in ('queued', 'leased')) as unsent"
        )
    finally:
        await connection.close()
    return [Figure("database at the end", name, row[name], "rows", "= 0") for name in ("waiting", "twice", "unsent")]


if __name__ == "__main__":
    sys.exit(main())
