"""A house of real processes under steady load, to be hurt: started, loaded, judged, ended.

The harness stands in for what restarts dead processes in service (systemd, a container's restart policy) and for
nothing else.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

from bench import bots
from bench.bot_api import Message, Webhook
from bench.driver import Driver, Tally, until
from bench.personas import WISHES
from bot.local_services import local_services
from tests.crash.invariants import Seen, Violations, violations

RATE = 60.0
"""Updates a second while things break: busy, and far from what the machine can do."""

PATIENCE = 150.0
"""Seconds for what was in flight to land after the last blow: a dead sender's leases run for 60 s."""


@dataclass
class Scene:
    """A house, its load, and what the outside saw."""

    folder: Path
    driver: Driver
    bot: bots.Bot
    database_url: str
    received: list[tuple[int, str]] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    crashes: int = 0
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self.driver.webhook = Webhook(self.bot.port, self.bot.path)
        self.driver.aside = self._heard

    def _heard(self, message: Message) -> bool:
        """Notes every accepted message; an adviser's letter answers nobody."""
        self.received.append((message.chat, message.text))
        return message.text.startswith("Lettre ")

    @contextlib.asynccontextmanager
    async def load(self, patience: float = PATIENCE) -> AsyncIterator[None]:
        """People write all the time inside the block; leaving it waits until every one of them has their answer."""
        running = asyncio.create_task(self.driver.steady(RATE, 3600, patience))
        try:
            yield
        finally:
            self.driver.enough = True
            self.tally, _ = await running

    async def turns(self, count: int, seconds: float = 120.0) -> None:
        """Until that many more people were answered. Raises TimeoutError: the house does not recover by itself."""
        target = self.driver.tally.turns + count
        if not await until(lambda: self.driver.tally.turns >= target, seconds):
            raise TimeoutError(f"only {self.driver.tally.turns - target + count} turns\n" + self.logs()[-3000:])

    async def kill(self, name: str, number: int = 0) -> None:
        """kill -9 on one process of that name, then its restart."""
        one = [process for process in self.bot.processes if process.name == name][number]
        await asyncio.to_thread(one.kill)
        self.crashes += 1
        one.start()

    async def write_letter(self, chat: int) -> None:
        """An adviser writes (class A, at most once) to somebody who is talking."""
        text = f"Lettre {len(self.letters) + 1}"
        db = await asyncpg.connect(self.database_url)
        try:
            done = await db.execute(
                "insert into outbox (agency_id, contact_id, address_id, author, class, body)"
                " select agency_id, contact_id, id, 'adviser', 'A', $2 from address where identifier = $1",
                str(chat),
                text,
            )
        finally:
            await db.close()
        if done == "INSERT 0 1":
            self.letters.append(text)

    def logs(self) -> str:
        """Everything the processes logged."""
        return "\n".join(one.log.read_text(errors="replace") for one in self.bot.processes)

    async def broken(self) -> dict[str, Violations]:
        """The invariants that do not hold."""
        seen = Seen(self.driver.webhook.accepted, self.received, self.crashes, self.letters, [self.logs()], WISHES)
        return await violations(self.database_url, seen)


def _prepare(env: dict[str, str], database_url: str) -> None:
    if database_url:
        bots.prepare(env, database_url)
        return
    with local_services(Path(env["ALLERVERS_DATA_DIR"]), "", "", lambda _: None) as own:
        bots.prepare(
            {**env, "ALLERVERS_DATABASE_URL": own.database_url, "ALLERVERS_REDIS_URL": own.redis_url}, own.database_url
        )


@contextlib.asynccontextmanager
async def house(folder: Path, layout: str, database_url: str, redis_url: str) -> AsyncIterator[Scene]:
    """The house of that layout on these servers ("" = its own embedded ones), taking updates."""
    driver = Driver()
    servers = {"DATABASE_URL": database_url, "REDIS_URL": redis_url} if database_url else {}
    env = bots.environment(folder, await driver.api.start(), bots.free_port(), **servers)
    await asyncio.to_thread(_prepare, env, database_url)
    scene = Scene(folder, driver, await asyncio.to_thread(bots.house, env, layout, folder, {}), database_url)
    try:
        yield scene
    finally:
        driver.webhook.pool.close()
        await driver.api.stop()
        await asyncio.to_thread(scene.bot.end)
