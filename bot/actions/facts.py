"""What is general in a step's facts: the agency in words, the honest promise of an answer, the date. Cached for a
minute an agency and language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot import clock, texts
from bot.domain.calendar import Calendar, Spans
from bot.domain.conversation import AgencyFacts, Facts
from bot.resources import Resources
from bot.resources.days_off import days_off
from bot.store.pool import Connection
from bot.store.queries import load

_SQL = load("talk")
_LATEST_PROMISE = 90
"""Minutes before closing after which "today" is no longer promised."""


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency as those who speak for it know it."""

    row: Any
    calendar: Calendar


class Agencies:
    """Agencies by id, re-read every minute, with their facts in words by language."""

    def __init__(self, resources: Resources) -> None:
        self._public_url = resources.settings.public_url
        self._known: dict[int, Agency] = {}
        self._facts: dict[tuple[int, str], Facts] = {}
        self._minute = -1

    async def load(self, conn: Connection, ids: Iterable[int], now: datetime) -> None:
        """Make sure these agencies are known. `conn` sees them."""
        minute = int(now.timestamp()) // 60
        if minute != self._minute:
            self._known, self._facts, self._minute = {}, {}, minute
        if missing := set(ids) - self._known.keys():
            for row in await conn.fetch(_SQL.agencies, list(missing)):
                self._known[row["id"]] = Agency(row, calendar_of(row))

    def calendar(self, agency_id: int) -> Calendar:
        """The clock of a known agency."""
        return self._known[agency_id].calendar

    def facts(self, agency_id: int, language: str, now: datetime) -> Facts:
        """The general facts of a step, without the person."""
        key = (agency_id, language)
        if key not in self._facts:
            self._facts[key] = self._general(self._known[agency_id], language, now)
        return self._facts[key]

    def _general(self, agency: Agency, language: str, now: datetime) -> Facts:
        spoken = {one.code: _in_words(agency, one.code, now) for one in texts.languages()}
        today = agency.calendar.today(now).isoformat()
        known = spoken.get(language) or spoken[texts.FALLBACK]
        return Facts(known, spoken, public_url=self._public_url, language=language, today=today)


def _in_words(agency: Agency, language: str, now: datetime) -> AgencyFacts:
    row, calendar = agency.row, agency.calendar
    return AgencyFacts(
        name=row["name"],
        slug=row["slug"],
        town=row["town"],
        phone=row["phone"],
        address=row["address"],
        opening=opening_in_words(calendar.opening, language),
        adviser=row["greeter"],
        answer_by=promise(calendar, now, language),
        open_now=calendar.is_open(now),
        notice_version=row["notice_version"],
        postcodes=tuple(row["postcodes"]),
    )


def fresh_secrets() -> tuple[str, str]:
    """A 128-bit secret for a link and an 8-character code, new for each step."""
    return clock.token(16), clock.code()


def calendar_of(row: Any) -> Calendar:
    """The clock of an agency's row."""
    zone = row["zone"]
    opening = tuple(tuple((start, end) for start, end in day) for day in row["opening"])
    return Calendar(ZoneInfo(zone), opening, lambda year: days_off(zone, year), row["quiet_from"], row["quiet_until"])


def promise(calendar: Calendar, now: datetime, language: str) -> str:
    """When a person answers, in words: today while there is time left, else the next open day."""
    local = now.astimezone(calendar.zone)
    minute = local.hour * 60 + local.minute
    if any(end - _LATEST_PROMISE > minute for _, end in calendar.spans(local.date())):
        return texts.render(language, "promise-today")
    opens = calendar.next_opening(now)
    if opens is None:
        return texts.render(language, "promise-soon")
    if (opens.date() - local.date()).days == 1:
        return texts.render(language, "promise-tomorrow")
    return weekday(opens.weekday(), language)


def opening_in_words(opening: tuple[Spans, ...], language: str) -> str:
    """Opening hours as a person says them: neighbouring days with the same hours together."""
    groups: list[tuple[int, int, Spans]] = []
    for day, spans in enumerate(opening):
        if groups and groups[-1][2] == spans and groups[-1][1] == day - 1:
            groups[-1] = (groups[-1][0], day, spans)
        elif spans:
            groups.append((day, day, spans))
    return ", ".join(_days_in_words(first, last, spans, language) for first, last, spans in groups)


def _days_in_words(first: int, last: int, spans: Spans, language: str) -> str:
    text = "promise-day" if first == last else "promise-days"
    hours = texts.render(language, "promise-and").join(_span_in_words(span, language) for span in spans)
    names = {"first": weekday(first, language), "last": weekday(last, language)}
    return texts.render(language, text, {**names, "hours": hours})


def weekday(day: int, language: str) -> str:
    """A weekday in words, 0 = Monday."""
    return texts.render(language, "promise-weekday", {"day": day})


def _span_in_words(span: tuple[int, int], language: str) -> str:
    start, end = (_hour_in_words(minute, language) for minute in span)
    return texts.render(language, "promise-span", {"start": start, "end": end})


def _hour_in_words(minute: int, language: str) -> str:
    hour, rest = divmod(minute, 60)
    return texts.render(
        language, "promise-hour" if not rest else "promise-half-hour", {"hour": hour, "minute": f"{rest:02}"}
    )
