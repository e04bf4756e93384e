"""The sender: leases the next message of each person's lane, hands it to its channel's door, and settles what became
of it.

The lease decides, in one statement and at the moment of sending, what may not leave (STOP, the adviser's floor, a
closed address, too late). Class A is sent at most once: an unknown outcome is shown to a person. Class B goes again
when its outcome is unknown, three times at most.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot import clock
from bot.channels import Door
from bot.domain.calendar import Calendar
from bot.domain.delivery import DeliveryState
from bot.domain.messages import Button, Channel, Delivery, DeliveryClass, Gone, Later, Outbound, Refused, Sent, Unknown
from bot.domain.words import SECRET_MARK
from bot.resources import Resources, metrics
from bot.resources.days_off import days_off
from bot.resources.secrets import SealBroken, outgoing_place
from bot.store.pool import DOWN
from bot.store.queries import load

_SQL = load("send")
_log = structlog.get_logger()
LEASE_SECONDS = 60
"""Longer than any door may take (30 s), so that a lease that ran out means a dead sender."""
MOST_IN_FLIGHT = 128
_BLIND_TRIES = 3
_UNKNOWN_PAUSE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What to write of one row."""

    agency_id: int
    outbox_id: int
    state: DeliveryState
    reason: str = ""
    provider_id: str = ""
    due_at: datetime | None = None


class Send:
    """The loop's body and the sends in flight."""

    def __init__(self, resources: Resources, doors: Mapping[Channel, Door]) -> None:
        self._resources, self._doors = resources, doors
        self._flying: set[asyncio.Task[None]] = set()
        self._settled: list[Settlement] = []
        self._settling: asyncio.Task[None] | None = None
        self.bell = resources.fanout.bell("outbox")

    async def once(self) -> int:
        """Lease what there is room for and let it fly; how many rows were decided."""
        room = MOST_IN_FLIGHT - len(self._flying)
        if room <= 0:
            await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)
            return 1
        leased = await self._resources.db.fetch(_SQL.lease, room, LEASE_SECONDS)
        for row in leased:
            if row["state"] == DeliveryState.LEASED:
                task = asyncio.create_task(self._deliver(row))
                self._flying.add(task)
                task.add_done_callback(self._flying.discard)
            else:
                metrics.deliveries.labels(row["channel"], row["state"]).inc()
                self._resources.fanout.publish([f"contact:{row['contact_id']}"])
        return len(leased)

    async def reclaim(self) -> int:
        """Rows whose sender died."""
        return int(await self._resources.db.fetchval(_SQL.reclaim))

    async def drain(self) -> None:
        """Let what flies land and be written, before the process ends."""
        if self._flying:
            await asyncio.wait(self._flying, timeout=LEASE_SECONDS / 2)
        if self._settling is not None:
            await self._settling

    async def _deliver(self, row: Any) -> None:
        settlement = _settlement(row, _quiet(row) or await self._send(row))
        metrics.deliveries.labels(row["channel"], settlement.state).inc()
        self._settled.append(settlement)
        if self._settling is None or self._settling.done():
            self._settling = asyncio.create_task(self._settle_all())

    async def _send(self, row: Any) -> Delivery:
        door = self._doors.get(Channel(row["channel"]))
        if door is None:
            return Later(clock.now() + timedelta(seconds=30), "no_door")
        buttons = tuple(Button(one["id"], one["label"]) for one in row["buttons"])
        text = self._text(row)
        if text is None:
            return Refused("the secret of this message cannot be opened: was SECRET_KEY changed?")
        return await door.send(
            Outbound(
                row["id"],
                Channel(row["channel"]),
                row["account"],
                row["identifier"],
                text,
                buttons,
                row["language"],
            )
        )

    def _text(self, row: Any) -> str | None:
        """The words as the person reads them, a personal link or code in its place; None when that cannot be opened."""
        text: str = row["body"]
        if not row["secret"]:
            return text
        try:
            secret = self._resources.secrets.open(row["secret"], outgoing_place(row["cause_id"]))
        except SealBroken:
            return None
        return text.replace(SECRET_MARK, secret.decode())

    async def _settle_all(self) -> None:
        """Outcomes of one moment share a statement; a database that is gone is waited for: the outcomes are in memory
        only.
        """
        while self._settled:
            batch, self._settled = self._settled, []
            try:
                rows = await self._resources.db.fetch(_SQL.settle, *_columns(batch))
            except DOWN:
                self._settled = batch + self._settled
                await asyncio.sleep(0.5)
                continue
            self._resources.fanout.publish({f"contact:{row['contact_id']}" for row in rows})
            self.bell.set()


def _quiet(row: Any) -> Later | None:
    """What was not asked for waits for the end of the quiet hours."""
    if row["prompted"]:
        return None
    zone = row["zone"]
    calendar = Calendar(
        ZoneInfo(zone), ((),) * 7, lambda year: days_off(zone, year), row["quiet_from"], row["quiet_until"]
    )
    now = clock.now()
    return Later(calendar.next_loud(now), "quiet_hours") if calendar.is_quiet(now) else None


def _settlement(row: Any, delivery: Delivery) -> Settlement:
    agency_id, outbox_id = row["agency_id"], row["id"]
    match delivery:
        case Sent(provider_id):
            return Settlement(agency_id, outbox_id, DeliveryState.SENT, provider_id=provider_id)
        case Later(at, reason):
            return Settlement(agency_id, outbox_id, DeliveryState.QUEUED, reason, due_at=at)
        case Refused(why):
            _log.error("send.refused", outbox=outbox_id, why=why[:80])
            return Settlement(agency_id, outbox_id, DeliveryState.FAILED, why[:200])
        case Gone():
            return Settlement(agency_id, outbox_id, DeliveryState.FAILED, "gone")
        case Unknown(why):
            return _after_unknown(row, why)


def _after_unknown(row: Any, why: str) -> Settlement:
    """At least once for class B while it helps; at most once for class A."""
    if row["class"] == DeliveryClass.B and row["attempts"] < _BLIND_TRIES:
        again = clock.now() + _UNKNOWN_PAUSE * row["attempts"]
        return Settlement(row["agency_id"], row["id"], DeliveryState.QUEUED, "unknown", due_at=again)
    return Settlement(row["agency_id"], row["id"], DeliveryState.UNKNOWN, why[:200])


def _columns(batch: list[Settlement]) -> list[list[Any]]:
    fields = [(s.agency_id, s.outbox_id, s.state.value, s.reason, s.provider_id, s.due_at) for s in batch]
    return [list(column) for column in zip(*fields, strict=True)]
