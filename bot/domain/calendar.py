"""Open hours and quiet hours: pure arithmetic on local time. Holidays arrive as data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Spans = tuple[tuple[int, int], ...]
DaysOff = Callable[[int], frozenset[date]]

_SUNDAY = 6
_FAR = 60


@dataclass(frozen=True, slots=True)
class Calendar:
    """An agency's clock. `opening` holds minutes from midnight by weekday (0 = Monday); quiet hours run from
    `quiet_from` to `quiet_until`, in minutes; `days_off(year)` gives the bank holidays."""

    zone: ZoneInfo
    opening: tuple[Spans, ...]
    days_off: DaysOff
    quiet_from: int = 20 * 60
    quiet_until: int = 8 * 60

    def today(self, now: datetime) -> date:
        """The local date at `now` (aware)."""
        return now.astimezone(self.zone).date()

    def spans(self, day: date) -> Spans:
        """Opening spans of a day, empty on holidays."""
        return () if day in self.days_off(day.year) else self.opening[day.weekday()]

    def is_open(self, now: datetime) -> bool:
        """True when somebody answers at `now` (aware)."""
        local = now.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        return any(start <= minute < end for start, end in self.spans(local.date()))

    def next_opening(self, now: datetime) -> datetime | None:
        """When the agency next opens after `now` (aware, local zone); None when it does not within two months."""
        local = now.astimezone(self.zone)
        for ahead in range(_FAR):
            day = local.date() + timedelta(days=ahead)
            for start, _ in self.spans(day):
                opens = self._at(day, start)
                if opens > now:
                    return opens
        return None

    def is_quiet(self, moment: datetime) -> bool:
        """True when nothing unprompted may leave: at night, on Sundays and bank holidays."""
        local = moment.astimezone(self.zone)
        if local.weekday() == _SUNDAY or local.date() in self.days_off(local.year):
            return True
        minute = local.hour * 60 + local.minute
        return not self.quiet_until <= minute < self.quiet_from

    def next_loud(self, moment: datetime) -> datetime:
        """The first moment from `moment` on (aware UTC) that is not quiet."""
        day = moment.astimezone(self.zone).date()
        for ahead in range(_FAR):
            candidate = max(moment, self._at(day + timedelta(days=ahead), self.quiet_until))
            if not self.is_quiet(candidate):
                return candidate.astimezone(UTC)
        return moment

    def working_days_later(self, now: datetime, days: int) -> date:
        """The date `days` working days after today (Monday to Friday, bank holidays left out)."""
        day = self.today(now)
        while days > 0:
            day += timedelta(days=1)
            days -= day.weekday() < 5 and day not in self.days_off(day.year)
        return day

    def _at(self, day: date, minute: int) -> datetime:
        return datetime.combine(day, time(minute // 60, minute % 60), self.zone)
