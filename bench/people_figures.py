"""What the conversations come to, beside the goals."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Final

from bench.figures import Figure
from bench.people_transcript import Transcript
from bot.domain.people import is_sensitive

_ALL: Final = "people"


def figures(transcripts: Sequence[Transcript]) -> list[Figure]:
    """Every figure with its goal."""
    return [*_speed(transcripts), *_ends(transcripts), *_faults(transcripts), *_understood(transcripts)]


def _speed(transcripts: Sequence[Transcript]) -> Iterable[Figure]:
    helped = [t for t in transcripts if t.heard >= 3 or t.useful]
    slow = [t for t in helped if not 0 < t.useful <= 3]
    yield Figure(_ALL, "nothing useful by message 3", len(slow), "people", "= 0")
    own = sorted(t.recap for t in transcripts if t.recap)
    yield Figure(_ALL, "own messages to the recap, median", _rank(own, 0.5), "", "<= 7")
    yield Figure(_ALL, "own messages to the recap, p90", _rank(own, 0.9), "", "<= 12")


def _ends(transcripts: Sequence[Transcript]) -> Iterable[Figure]:
    yield Figure(_ALL, "came to a recap or a person", _share(transcripts, lambda t: t.reached), "%", ">= 90")
    wary = [t for t in transcripts if t.persona.kind.name.startswith("wary")]
    yield Figure("wary", "came to a recap or a person", _share(wary, lambda t: t.reached), "%", ">= 100")
    yield Figure(_ALL, "came to the recap", _share(transcripts, lambda t: bool(t.recap)), "%")


def _faults(transcripts: Sequence[Transcript]) -> Iterable[Figure]:
    yield Figure(_ALL, "asked twice", sum(len(t.twice) for t in transcripts), "times", "= 0")
    yield Figure(_ALL, "dead ends", sum(len(t.dead) for t in transcripts), "times", "= 0")
    yield Figure(_ALL, "nudges to one person, most", max((t.nudges for t in transcripts), default=0), "", "<= 2")
    twins = _twins(transcripts)
    yield Figure(
        "twins", "same result for both", _share(twins, lambda pair: _result(pair[0]) == _result(pair[1])), "%", ">= 100"
    )


def _understood(transcripts: Sequence[Transcript]) -> Iterable[Figure]:
    """Of what was told by those who came to the recap, what the card holds. No goal yet: closed lists read this."""
    done = [t for t in transcripts if t.recap]
    for name, right in _RIGHT.items():
        told = [answer for t in done if (answer := right(t)) is not None]
        yield Figure("understood right", name, _share(told, bool), "%")
    answers = sum(t.persona.said for t in transcripts)
    yield Figure(
        "understood right",
        "answers not understood",
        round(100 * sum(t.missed for t in transcripts) / max(1, answers), 1),
        "%",
    )


def _wish(t: Transcript) -> bool | None:
    p = t.persona
    return bool(p.facts.wish.means & set(t.record["domains"])) if p.facts.wish in p.told else None


def _contract(t: Transcript) -> bool | None:
    said = t.persona.facts.contract
    if "contract" not in t.persona.given or "contract" in t.persona.kind.refuses:
        return None
    return bool({*said.means, "cdi", "apprentissage", "temps_plein"} & set(t.record["contracts"]))


def _barriers(t: Transcript) -> bool | None:
    """The plain ones: a personal one is kept only after a yes, and not at all on Telegram."""
    told = {c for b in t.persona.told if b in t.persona.facts.barriers for c in b.means if not is_sensitive(c)}
    return told == {c for c in t.record["barriers"] if not is_sensitive(c)} if told else None


def _age(t: Transcript) -> bool | None:
    p = t.persona
    return t.record["profile"][:1] == [p.facts.band] if "age" in p.given and "age" not in p.kind.refuses else None


def _when(t: Transcript) -> bool | None:
    p = t.persona
    return set(" ".join(t.record["slots"]).split()) == p.facts.when.means if p.facts.when in p.told else None


_RIGHT: Final = {"wish": _wish, "contract": _contract, "barriers": _barriers, "age": _age, "half-days": _when}


def _twins(transcripts: Sequence[Transcript]) -> list[tuple[Transcript, Transcript]]:
    both = sorted((t for t in transcripts if t.persona.kind.name == "twins"), key=lambda t: t.persona.place)
    pairs = [tuple(pair) for _, pair in groupby(both, key=lambda t: t.persona.lot.number)]
    return [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]


def _result(t: Transcript) -> tuple[object, ...]:
    """What must not depend on gender: the questions, and the card but for the person's own words."""
    return tuple(t.questions), {name: value for name, value in t.record.items() if name != "profile"}


def _share(of: Sequence[object], holds: Callable[..., object]) -> float:
    return round(100 * sum(bool(holds(one)) for one in of) / len(of), 1) if of else 100.0


def _rank(ordered: Sequence[int], share: float) -> int:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0
