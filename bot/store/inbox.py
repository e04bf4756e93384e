"""What arrives becomes a row before anybody says "received": durable, once per (account, external id), in order of
arrival.

Envelopes that come while a commit is under way share the next one: an idle house stores each at once, a busy one pays
one commit for many people.
"""

import asyncio
from dataclasses import dataclass, fields
from typing import Any

import asyncpg

from bot.domain.messages import Envelope, Inbound
from bot.domain.words import clean
from bot.resources import metrics
from bot.resources.fanout import Fanout
from bot.store.pool import DOWN, StoreDown
from bot.store.queries import load

_SQL = load("inbox")
_BATCH = 256
_TROUBLE: tuple[type[BaseException], ...] = (asyncpg.PostgresError, *DOWN)
_DEFAULTS = Inbound.__dataclass_fields__
_FIELDS = tuple(f.name for f in fields(Inbound) if f.name not in {"kind", "media"})


class UnknownAccount(Exception):
    """No agency has this channel account."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an envelope. `inbox_id` is None when it had been received before."""

    inbox_id: int | None
    agency_id: int
    contact_id: int


class Receiver:
    """Stores envelopes in shared commits. One per process; use it from one event loop."""

    def __init__(self, db: asyncpg.Pool, fanout: Fanout) -> None:
        self._db, self._fanout = db, fanout
        self._waiting: list[tuple[Envelope, asyncio.Future[Receipt]]] = []
        self._storing: asyncio.Task[None] | None = None

    async def receive(self, envelope: Envelope) -> Receipt:
        """Store one envelope. Returns once it is durable. Raises UnknownAccount, or StoreDown when nothing was
        stored.
        """
        answer: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        self._waiting.append((envelope, answer))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_all())
        return await answer

    async def _store_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:_BATCH], self._waiting[_BATCH:]
            try:
                receipts: list[Receipt | UnknownAccount | StoreDown] = await _store(self._db, [one for one, _ in batch])
            except _TROUBLE as error:
                receipts = [StoreDown(str(error))] * len(batch)
            self._answer(batch, receipts)

    def _answer(self, batch: list[tuple[Envelope, asyncio.Future[Receipt]]], receipts: list[Any]) -> None:
        for (envelope, answer), receipt in zip(batch, receipts, strict=True):
            if isinstance(receipt, Receipt):
                (metrics.received if receipt.inbox_id else metrics.duplicates).labels(envelope.channel).inc()
            if answer.done():
                continue
            if isinstance(receipt, Receipt):
                answer.set_result(receipt)
            else:
                answer.set_exception(receipt)
        fresh = {f"contact:{r.contact_id}" for r in receipts if isinstance(r, Receipt) and r.inbox_id}
        self._fanout.publish(fresh | {"inbox"} if fresh else ())


async def park(db: asyncpg.Pool, channel: str, account: str, raw: bytes, why: str) -> None:
    """Keep an update that could not be read, for a person to look at. Raises StoreDown."""
    try:
        await db.execute(_SQL.park, channel, account, raw, why)
    except DOWN as error:
        raise StoreDown from error
    metrics.unreadable.labels(channel).inc()


async def figures(db: asyncpg.Pool) -> dict[str, float]:
    """Queue figures for the metrics page: waiting, oldest_seconds, to_send, unknown, late."""
    row = await db.fetchrow(_SQL.figures)
    return dict(row) if row else {}


async def _store(db: asyncpg.Pool, batch: list[Envelope]) -> list[Receipt | UnknownAccount | StoreDown]:
    """One statement for everybody known; newcomers are made at home first, then stored in their order."""
    async with db.acquire(timeout=5) as conn:
        rows = await _insert(conn, batch)
        newcomers = [n for n, row in enumerate(rows) if row["agency_id"] is not None and row["contact_id"] is None]
        if newcomers:
            people = [batch[n] for n in newcomers]
            await conn.execute(_SQL.welcome, *zip(*map(_introduction, people), strict=True))
            again = await _insert(conn, people)
            rows = [again[newcomers.index(n)] if n in newcomers else row for n, row in enumerate(rows)]
    return [
        UnknownAccount(e.account) if row["agency_id"] is None else Receipt(*row)
        for e, row in zip(batch, rows, strict=True)
    ]


def _introduction(e: Envelope) -> tuple[str, ...]:
    """What is known of a newcomer: channel, account, identifier, name, source."""
    return e.channel.value, e.account, clean(e.identifier, 200), clean(e.name, 80), clean(e.inbound.source, 64)


async def _insert(conn: Any, batch: list[Envelope]) -> list[Any]:
    columns: list[list[Any]] = [[], [], [], [], [], []]
    for envelope in batch:
        values = (
            envelope.channel.value,
            envelope.account,
            clean(envelope.identifier, 200),
            clean(envelope.external_id, 200),
            envelope.inbound.kind.value,
            body_of(envelope.inbound),
        )
        for column, value in zip(columns, values, strict=True):
            column.append(value)
    return list(await conn.fetch(_SQL.receive, *columns))


def body_of(inbound: Inbound) -> dict[str, Any]:
    """The inbound as stored JSON: only what differs from the default, every text cleaned."""
    body: dict[str, Any] = {}
    for name in _FIELDS:
        value = getattr(inbound, name)
        if value != _DEFAULTS[name].default:
            body[name] = clean(value) if isinstance(value, str) else value
    if inbound.media is not None:
        media = inbound.media
        body["media"] = {
            "kind": media.kind,
            "provider_id": clean(media.provider_id, 400),
            "mime": clean(media.mime, 120),
            "name": clean(media.name, 200),
            "size": media.size,
            "seconds": media.seconds,
        }
    return body
