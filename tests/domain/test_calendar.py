"""Open hours and quiet hours, on real calendars, across the two nights on which clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar
from bot.resources.days_off import days_off

PARIS = "Europe/Paris"
OFFICE = ((540, 720), (810, 1020))
WEEK = (OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, (), ())
BETWEEN = (datetime.fromisoformat("2025-01-01"), datetime.fromisoformat("2028-12-31"))
ZONES = [PARIS, "America/Guadeloupe", "America/Cayenne", "Indian/Reunion", "Indian/Mayotte", "Pacific/Tahiti"]


def a_calendar(zone: str = PARIS) -> Calendar:
    return Calendar(ZoneInfo(zone), WEEK, lambda year: days_off(zone, year))


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(PARIS))


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        ("2026-11-24T08:00", False),
        ("2026-11-24T07:59", True),
        ("2026-11-24T19:59", False),
        ("2026-11-24T20:00", True),
        ("2026-11-22T12:00", True),  # a Sunday
        ("2026-05-01T12:00", True),  # Labour Day
        ("2026-11-21T12:00", False),  # a Saturday
    ],
)
def test_nothing_unprompted_at_night_on_sundays_and_holidays(moment: str, quiet: bool) -> None:
    assert a_calendar().is_quiet(paris(moment)) is quiet


def test_a_bank_holiday_of_one_territory_is_a_working_day_elsewhere() -> None:
    abolition = date(2026, 5, 27)
    assert abolition in days_off("America/Guadeloupe", 2026)
    assert abolition not in days_off(PARIS, 2026)


@given(
    st.datetimes(*BETWEEN, timezones=st.just(UTC)),
    st.sampled_from(ZONES),
)
def test_the_next_loud_moment_is_never_before_never_quiet_and_the_first(moment: datetime, zone: str) -> None:
    calendar = a_calendar(zone)
    loud = calendar.next_loud(moment)
    assert loud >= moment
    assert not calendar.is_quiet(loud)
    if loud > moment:
        assert calendar.is_quiet(loud - timedelta(minutes=1))


def test_friday_evening_the_next_opening_is_monday_morning() -> None:
    opens = a_calendar().next_opening(paris("2026-11-20T18:00"))
    assert opens == paris("2026-11-23T09:00")


def test_an_agency_that_never_opens_promises_nothing() -> None:
    assert (
        Calendar(ZoneInfo(PARIS), ((),) * 7, lambda year: frozenset()).next_opening(paris("2026-11-20T18:00")) is None
    )


def test_lunch_is_not_open_hours() -> None:
    assert [a_calendar().is_open(paris(f"2026-11-24T{hour}")) for hour in ("11:59", "12:00", "13:30")] == [
        True,
        False,
        True,
    ]


def test_five_working_days_jump_the_week_end_and_the_holiday() -> None:
    assert a_calendar().working_days_later(paris("2026-12-23T10:00"), 5) == date(2026, 12, 31)
