"""Who they are: three hundred fictional young people of every habit, the same ones for the same seed."""

from typing import Final

from bench import people_words as words
from bench.people_house import POSTCODES
from bench.people_personas import Kind, Lot, Persona
from bench.people_words import ARABIC, ENGLISH, PLAIN, SMS, TERSE, Facts

_EVERYTHING_PERSONAL: Final = frozenset({"age", "phone", "name", "town", "barriers"})
KINDS: Final = (
    (24, Kind("plain")),
    (30, Kind("terse", TERSE, 0.1)),
    (30, Kind("wary", SMS, 0.1, {1: "who"}, _EVERYTHING_PERSONAL)),
    (12, Kind("wary, presses", PLAIN, 0.9, {2: "who"}, _EVERYTHING_PERSONAL)),
    (36, Kind("sms", SMS, 0.1)),
    (15, Kind("english", ENGLISH, 0.3)),
    (15, Kind("arabic", ARABIC, 0.3)),
    (9, Kind("hurried thumb", PLAIN, 1.0)),
    (18, Kind("interrupted", SMS, leaves=3)),
    (12, Kind("interrupted, says so", PLAIN, leaves=5, asides={6: "again"})),
    (12, Kind("goes back", PLAIN, asides={3: "back"})),
    (12, Kind("changes their mind", SMS, asides={3: "rather"})),
    (9, Kind("corrects at the end", PLAIN, refuses=frozenset({"recap"}))),
    (6, Kind("falls silent", SMS, falls_silent=2)),
    (6, Kind("falls silent late", PLAIN, falls_silent=5)),
    (15, Kind("undecided", TERSE, 0.5, refuses=frozenset({"wish"}))),
    (9, Kind("undecided, words", SMS, 0.0, refuses=frozenset({"wish", "contract"}))),
    (12, Kind("wants a person", PLAIN, asides={1: "person"})),
    (9, Kind("asks about rights", PLAIN, asides={2: "data", 4: "who", 5: "erase"})),
    (9, Kind("stops and resumes", SMS, asides={3: "stop", 4: "resume"})),
    (9, Kind("says it all at once", PLAIN, opens_with="all")),
    (6, Kind("greets first", SMS, opens_with="greeting")),
    (20, Kind("twins", PLAIN, 0.0)),
)
"""How many of 300, and who. Twins come two by two: the same person, in the masculine and in the feminine."""

BANDS: Final = ((78, "18_25"), (12, "16_17"), (2, "under_15"), (2, "15"), (4, "26_29"), (2, "over_29"))


def personas(seed: int, people: int) -> list[Persona]:
    """The first `people` of them, every kind among them in its share, twins first; the same ones for the same seed."""
    weight = sum(share for share, _ in KINDS)
    spread = [kind for share, kind in KINDS for _ in range(max(1, round(share * people / weight / 2)) * 2)]
    spread += [KINDS[0][1]] * (people - len(spread))
    order = sorted(range(len(spread)), key=lambda n: (spread[n].name != "twins", Lot(seed, n).share("order")))
    return [_persona(seed, place, spread[n]) for place, n in enumerate(order[:people])]


def _persona(seed: int, place: int, kind: Kind) -> Persona:
    twin = kind.name == "twins"
    lot = Lot(seed, place // 2 * 2 if twin else place)
    facts = _facts(lot, twin=twin, she=twin and bool(place % 2))
    return Persona(place, lot, kind, lot.pick("phone", kind.phones), facts, lot.pick("second", words.WISHES))


def _facts(lot: Lot, *, twin: bool, she: bool) -> Facts:
    band = "18_25" if twin else lot.pick("band", [band for share, band in BANDS for _ in range(share)])
    return Facts(
        wish=lot.pick("wish", [f for f in words.WISHES if not twin or f.gendered[0]]),
        contract=lot.pick("contract", words.CONTRACTS),
        band=band,
        age=lot.pick("age", words.AGES[band]),
        barriers=_barriers(lot, twin=twin),
        when=lot.pick("when", words.TIMES),
        hours=lot.pick("hours", words.HOURS),
        name=lot.pick("name", words.NAMES),
        phone=lot.pick("format", words.PHONES).format(lot.number // 100, lot.number % 100),
        postcode=lot.pick("postcode", (*POSTCODES * 4, "75011")),
        she=she,
        recognised=lot.pick("recognised", (True, False)),
    )


def _barriers(lot: Lot, *, twin: bool) -> tuple[words.Fact, ...]:
    """None, one or two; a twin has one that is said in two genders."""
    known = [b for b in words.BARRIERS if not twin or b.gendered[0]]
    first, how_many = lot.pick("barrier", range(len(known))), lot.pick("barriers", (1,) if twin else (0, 0, 1, 1, 2))
    return tuple(known[(first + 3 * n) % len(known)] for n in range(how_many))
