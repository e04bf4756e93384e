"""A sentence about time is read as half-days, hours, a start and working hours."""

import pytest

from bot.domain.people import Availability
from bot.flows.understanding.fold import plain
from bot.flows.understanding.when import BASE, DAYS, HALVES, WEEK, read_availability
from tests.conversations.talk import lexicon


def heard(text: str) -> Availability:
    found = read_availability(plain(text), lexicon().when)
    assert found is not None, f"{text!r} says nothing of when"
    return found


def slots(days: tuple[str, ...], parts: tuple[str, ...] = HALVES) -> tuple[tuple[str, str], ...]:
    return tuple((day, part) for day in days for part in parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("toute la semaine", BASE),
        ("le matin", slots(WEEK, ("matin",))),
        ("lundi", slots(("lundi",))),
        ("lundi matin et jeudi aprem", (("lundi", "matin"), ("jeudi", "apres_midi"))),
        ("tous les jours sauf mercredi", slots(("lundi", "mardi", "jeudi", "vendredi"))),
        ("pas le lundi", slots(WEEK[1:])),
        ("le matin sauf vendredi", slots(WEEK[:4], ("matin",))),
        ("l'après-midi", slots(WEEK, ("apres_midi",))),
        ("de mardi à jeudi", slots(("mardi", "mercredi", "jeudi"))),
        ("j'ai cours le mardi, sinon c'est bon", slots(("lundi", "mercredi", "jeudi", "vendredi"))),
        ("7j/7", slots(DAYS)),
        ("le week-end", slots(DAYS[5:])),
        ("jamais dispo", ()),
        ("monday morning", (("lundi", "matin"),)),
        ("الاثنين صباحا", (("lundi", "matin"),)),
    ],
)
def test_half_days_are_read(text: str, expected: tuple[tuple[str, str], ...]) -> None:
    assert heard(text).slots == expected


@pytest.mark.parametrize(
    ("text", "constraints"),
    [
        ("pas avant 10h", {"not_before": "10:00"}),
        ("après 17h", {"not_before": "17:00"}),
        ("jusqu'à 16h30", {"not_after": "16:30"}),
        ("entre 9h et 12h", {"not_before": "09:00", "not_after": "12:00"}),
        ("à partir du 3 mars", {"start": "date:03-03"}),
        ("à partir du 15", {"start": "date:*-15"}),
        ("après mon stage", {"start": "event:fin_stage"}),
        ("la semaine prochaine", {"start": "relative:semaine_prochaine"}),
        ("une semaine sur deux", {"alternate_weeks": "true"}),
    ],
)
def test_hours_and_starts_are_read(text: str, constraints: dict[str, str]) -> None:
    assert dict(heard(text).constraints) == constraints


def test_an_hour_narrows_the_half_days() -> None:
    assert {part for _, part in heard("après 14h").slots or ()} == {"apres_midi"}
    assert {part for _, part in heard("avant 11h").slots or ()} == {"matin"}


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("pas la nuit", {"nuit": False}),
        ("2x8 ok mais pas la nuit", {"2x8": True, "nuit": False}),
        ("les 3x8 non mais les 2x8 oui", {"3x8": False, "2x8": True}),
    ],
)
def test_working_hours_are_accepted_or_refused_and_make_no_half_day(text: str, work: dict[str, bool]) -> None:
    assert dict(heard(text).work) == work
    assert heard(text).slots is None


@pytest.mark.parametrize("text", ["", "bof", "la cuisine", "999999999999h", "25h61"])
def test_words_that_say_nothing_of_when_are_not_guessed(text: str) -> None:
    assert read_availability(plain(text), lexicon().when) is None
