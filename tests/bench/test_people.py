"""A short run of the people bench: a few personas of every habit meet the whole house, and every goal holds."""

from pathlib import Path

import pytest

from bench.people import talk
from bench.people_crowd import KINDS, personas
from bench.people_figures import figures
from bench.people_house import Reply, opened_on
from bench.people_transcript import Transcript


async def test_a_few_people_of_every_habit_meet_every_goal(database: str, redis_url: str, tmp_path: Path) -> None:
    async with opened_on(database, redis_url, tmp_path) as house:
        transcripts = await talk(house, personas(seed=7, people=60))
    missed = [figure.line() for figure in figures(transcripts) if figure.met is False]
    assert missed == [], "\n".join(t.shown() for t in transcripts if t.twice or t.dead)


def test_the_same_seed_is_the_same_people_and_every_habit_is_among_them() -> None:
    first, again, others = personas(3, 300), personas(3, 300), personas(4, 300)
    assert [p.facts for p in first] == [p.facts for p in again]
    assert [p.facts for p in first] != [p.facts for p in others]
    assert {p.kind.name for p in first} == {kind.name for _, kind in KINDS}
    assert len(first) == 300


def test_twins_differ_in_nothing_but_their_gender() -> None:
    pairs: dict[int, list[bool]] = {}
    for persona in personas(1, 300):
        if persona.kind.name == "twins":
            pairs.setdefault(persona.lot.number, []).append(persona.facts.she)
    assert len(pairs) >= 8
    assert set(map(tuple, pairs.values())) == {(False, True)}


@pytest.mark.parametrize(
    ("reply", "name"),
    [
        (Reply("Tu as quel âge ?", (("4:skip", "Passer"),), "scope-ask-age"), "asked twice"),
        (Reply("D'accord.", (), "x"), "dead ends"),
        (Reply(), "dead ends"),
    ],
)
def test_the_bench_sees_what_must_not_happen(reply: Reply, name: str) -> None:
    transcript = Transcript(personas(1, 1)[0], [("me", "19")], record={"tasks": []})
    transcript.persona.given.add("age")
    transcript.lines.append(("bot", reply.text))
    transcript.judge(reply)
    (figure,) = (f for f in figures([transcript]) if f.name == name)
    assert figure.met is False
