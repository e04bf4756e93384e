"""What is planned comes due: timers walk the same road as messages; nothing past due is silently dropped."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot import clock
from bot.domain.calendar import Calendar
from bot.resources import Resources
from bot.resources.days_off import days_off
from bot.store.pool import Connection
from bot.store.queries import load

_SQL = load("send")
_MOST = 500


class Wake:
    """The loop's body. `now` may be given: business time is a parameter."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    async def once(self, now: datetime | None = None) -> int:
        """Move due plans into the inbox: fired, put off to the end of the quiet hours, or ended as too late. How
        many.
        """
        now = now or clock.now()
        async with self._resources.db.acquire(timeout=5) as conn, conn.transaction():
            count = await self._fire(conn, now)
        if count:
            self._resources.fanout.publish(["inbox"])
        return count

    async def sweep(self) -> int:
        """Leases of the floor that ran out, addresses of erased people, and statistics of tables that grew."""
        db = self._resources.db
        await db.fetchval(_SQL.refresh_statistics)
        return int(await db.fetchval(_SQL.expire_floors)) + int(await db.fetchval(_SQL.sweep_erased))

    async def _fire(self, conn: Connection, now: datetime) -> int:
        due = await conn.fetch(_SQL.due_timers, _MOST, now)
        if not due:
            return 0
        decided = [(row["agency_id"], row["id"], *decide(row, now)) for row in due]
        await conn.execute(_SQL.fire_timers, *[list(column) for column in zip(*decided, strict=True)])
        return len(due)


def decide(row: Any, now: datetime) -> tuple[datetime | None, bool]:
    """(put off to, too late) of one due plan: (None, False) fires it now."""
    zone = row["zone"]
    calendar = Calendar(
        ZoneInfo(zone), ((),) * 7, lambda year: days_off(zone, year), row["quiet_from"], row["quiet_until"]
    )
    if row["not_after"] < now:
        return None, True
    if not calendar.is_quiet(now):
        return None, False
    loud = calendar.next_loud(now)
    return (None, True) if loud > row["not_after"] else (loud, False)
