"""Three hundred fictional young people: hidden facts, a way of writing, and a habit each.

A persona understands every question it is asked (the house's own text id stands for reading it) and answers in its own
words, sometimes by a button. So what is measured is whether the bot understands people, not the reverse; whether its
words are clear is for readers of the transcripts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Final, TypeVar

from bench import people_words as words
from bench.people_house import Reply
from bench.people_words import ARABIC, ENGLISH, PLAIN, SMS, TERSE, Fact, Facts

T = TypeVar("T")
AWAY: Final = (timedelta(hours=25), timedelta(days=4), timedelta(days=21))
"""How long somebody who leaves stays away, in three parts: what comes due in between is done."""

TOPICS: Final[Mapping[str, str]] = {
    "wishes-ask": "wish",
    "wishes-ask-contract": "contract",
    "wishes-ask-likes": "likes",
    "wishes-ask-done": "done",
    "wishes-ask-setting": "setting",
    "wishes-ask-idea": "idea",
    "scope-ask-age": "age",
    "scope-ask-age-again": "age",
    "scope-ask-recognised": "recognised",
    "scope-ask-elsewhere": "elsewhere",
    "barriers-ask": "barriers",
    "barriers-ask-more": "more",
    "barriers-ask-consent": "consent",
    "availability-ask-when": "when",
    "availability-ask-rhythm": "hours",
    "recap-ask": "recap",
    "meeting-ask-how": "how",
    "meeting-ask-phone": "phone",
    "meeting-ask-town": "town",
    "meeting-ask-name": "name",
    "meeting-ask-channel": "channel",
}
"""What each question wants to know."""


@dataclass(frozen=True, slots=True)
class Lot:
    """Chance that is the same at each run: it depends on the seed, the number and what is chosen."""

    seed: int
    number: int

    def share(self, what: str) -> float:
        """A number in [0, 1)."""
        return int.from_bytes(sha256(f"{self.seed}:{self.number}:{what}".encode()).digest()[:6], "big") / 2**48

    def pick(self, what: str, choices: Sequence[T]) -> T:
        """One of these."""
        return choices[int(self.share(what) * len(choices))]


@dataclass(frozen=True, slots=True)
class Kind:
    """A habit: how they write, the share of answers given by a button, what they throw in after so many messages, and
    what they refuse. `leaves` and `falls_silent` are numbers of own messages, 0 = never.
    """

    name: str
    way: str = PLAIN
    presses: float = 0.25
    asides: Mapping[int, str] = field(default_factory=dict)
    refuses: frozenset[str] = frozenset()
    leaves: int = 0
    falls_silent: int = 0
    phones: tuple[str, ...] = ("web", "telegram", "forms")
    opens_with: str = ""


ASIDES: Final[Mapping[str, Callable[["Persona"], str]]] = {
    "who": lambda p: p.says(words.WHO),
    "person": lambda p: p.says(words.PERSON),
    "again": lambda p: words.BACK_AGAIN.gendered[p.facts.she],
    "back": lambda p: p.pick("back", ("retour", "revenir en arrière")),
    "rather": lambda p: f"en fait {p.pick('rather', ('plutot', 'jveu'))} {p.second_wish.words(TERSE)}",
    "data": lambda p: p.pick("data", ("vous gardez quoi sur moi ?", "mes données")),
    "erase": lambda p: p.pick("erase", ("efface-moi", "supprime mes données")),
    "stop": lambda p: p.pick("stop", ("STOP", "stop svp", "arretez de m'envoyer des messages")),
    "resume": lambda p: p.pick("resume", ("reprise", "REPRISE")),
}
ASKED_AGAIN: Final = frozenset({"back", "rather", "again"})
"""After these, hearing a question again is what the person asked for."""


@dataclass(frozen=True, slots=True)
class Deed:
    """The next thing a persona does: types, presses an option, or is away for a while."""

    text: str = ""
    option: str = ""
    away: bool = False


@dataclass
class Persona:
    """One of them: the `place`-th, whose choices depend on `lot` (the same for two twins). `given` are the topics
    already answered or refused; `said` counts own messages.
    """

    place: int
    lot: Lot
    kind: Kind
    phone: str
    facts: Facts
    second_wish: Fact
    given: set[str] = field(default_factory=set)
    said: int = 0
    told: list[Fact] = field(default_factory=list)
    wants_again: bool = False
    was_away: bool = False
    thanked: bool = False
    repeated: int = 0

    @property
    def language(self) -> str:
        """What their phone tells of its language; half of those who write another one have a French phone."""
        known = {ENGLISH: "en", ARABIC: "ar"}.get(self.kind.way, "fr")
        return known if self.pick("hint", (True, False)) else "fr"

    def pick(self, what: str, choices: Sequence[T]) -> T:
        """One of these, the same at each run with this seed."""
        return self.lot.pick(what, choices)

    def has_given(self, topic: str) -> bool:
        """Did they answer this already? What else there is may be asked until they said that it is all."""
        return topic in self.given - REPEATED or (topic == "more" and "enough" in self.given)

    def says(self, fact: Fact) -> str:
        """The fact in their way of writing and their gender."""
        return (
            fact.gendered[self.facts.she]
            if self.kind.name == "twins" and fact.gendered[0]
            else fact.words(self.kind.way)
        )

    def answer(self, reply: Reply) -> Deed | None:
        """What they do about what the phone shows; None when they put it away."""
        self.wants_again = False
        if self.kind.falls_silent and self.said >= self.kind.falls_silent:
            return None
        if self.kind.leaves == self.said and not self.was_away and self.said:
            self.was_away = True
            return Deed(away=True)
        deed = self._aside() or self._first_words() or self._reaction(reply)
        self.said += deed is not None
        return deed

    def _aside(self) -> Deed | None:
        aside = self.kind.asides.get(self.said)
        if aside is None:
            return None
        self.wants_again = aside in ASKED_AGAIN
        if aside == "back":
            self.given.clear()
        return Deed(ASIDES[aside](self))

    def _first_words(self) -> Deed | None:
        if self.said or not self.kind.opens_with:
            return None
        if self.kind.opens_with == "greeting":
            return Deed(self.says(words.GREETING))
        self.given |= {"wish", "contract", "age"}
        facts = self.facts
        return Deed(f"Bonjour, {facts.wish.words(PLAIN)}. {facts.contract.words(PLAIN)}. J'ai {facts.age} ans")

    def _reaction(self, reply: Reply) -> Deed | None:
        topic = TOPICS.get(reply.question, "")
        if self.has_given(topic):
            return self._again(reply)
        self.repeated = 0
        if topic:
            return self._to(topic, reply)
        if reply.question in DIALOGUES:
            return DIALOGUES[reply.question](self, reply)
        if reply.buttons:
            return Deed(option=next(iter(reply.options)))
        if self.thanked or self.said > 30:
            return None
        self.thanked = True
        return Deed(self.says(words.THANKS)) if self.pick("thanks", (True, False)) else None

    def _again(self, reply: Reply) -> Deed | None:
        """Asked the same once more: a button, else to skip it, else they have had enough."""
        self.repeated += 1
        real = [option for option in reply.options if option.partition(":")[0] in REAL]
        if self.repeated == 1 and real:
            return Deed(option=self.pick(f"again{self.said}", real))
        return Deed("passer") if self.repeated < 4 else None

    def _to(self, topic: str, reply: Reply) -> Deed:
        self.given.add(topic)
        return ANSWERS[topic](self, reply)

    def choose(self, reply: Reply, option: str, text: str) -> Deed:
        """A button when they are one to press it and it is there, else words."""
        presses = self.lot.share(f"press{self.said}") < self.kind.presses
        return Deed(option=option) if presses and option in reply.options else Deed(text)


REPEATED: Final = frozenset({"more", "recap"})
"""Topics that may well come more than once: what else there is, and the recap after a change."""
REAL: Final = frozenset(
    {"kind", "any", "age", "barrier", "none", "part", "never", "yes", "way", "like", "done", "setting", "idea", "skip"}
)
"""Options that answer a question rather than leave it."""


# --- the answers, by topic ------------------------------------------------------------------------------------------


def _wish(p: Persona, r: Reply) -> Deed:
    if "wish" in p.kind.refuses:
        return p.choose(r, "unsure", p.says(words.UNDECIDED))
    p.told.append(p.facts.wish)
    return Deed(p.says(p.facts.wish))


def _contract(p: Persona, r: Reply) -> Deed:
    if "contract" in p.kind.refuses:
        return Deed(p.says(words.UNDECIDED))
    (code,) = p.facts.contract.means
    return p.choose(r, f"kind:{code}", p.says(p.facts.contract))


def _age(p: Persona, r: Reply) -> Deed:
    if "age" in p.kind.refuses:
        return p.choose(r, "skip", p.says(words.REFUSALS))
    return p.choose(r, f"age:{p.facts.band}", words.AGE_WORDS[p.kind.way].format(n=p.facts.age))


def _barriers(p: Persona, r: Reply) -> Deed:
    if "barriers" in p.kind.refuses:
        return p.choose(r, "quiet", p.says(words.QUIET))
    if not p.facts.barriers:
        p.given.add("more")
        return p.choose(r, "none", p.says(words.NOTHING))
    first = p.facts.barriers[0]
    p.told.append(first)
    return p.choose(r, f"barrier:{sorted(first.means)[0]}" if len(first.means) == 1 else "", p.says(first))


def _more(p: Persona, r: Reply) -> Deed:
    left = [b for b in p.facts.barriers if b not in p.told]
    if left:
        p.told.append(left[0])
        return Deed(p.says(left[0]))
    p.given.add("enough")
    return p.choose(r, "none", p.says(words.ENOUGH))


def _consent(p: Persona, r: Reply) -> Deed:
    yes = p.pick("consent", (True, False))
    return p.choose(r, "yes" if yes else "no", p.says(words.YES if yes else words.NO))


def _when(p: Persona, r: Reply) -> Deed:
    p.told.append(p.facts.when)
    parts = {half.partition(".")[2] for half in p.facts.when.means}
    option = (
        "part:any" if len(p.facts.when.means) == 10 else f"part:{parts.pop()}" if len(p.facts.when.means) == 5 else ""
    )
    return p.choose(r, option, p.says(p.facts.when))


def _hours(p: Persona, r: Reply) -> Deed:
    p.told.append(p.facts.hours)
    means = next(iter(p.facts.hours.means), "")
    return p.choose(r, f"never:{means}" if means else "none", p.says(p.facts.hours))


def _recap(p: Persona, r: Reply) -> Deed:
    if "recap" in p.kind.refuses and "changed" not in p.given:
        p.given.add("changed")
        p.wants_again = True
        return p.choose(r, "change", "non")
    return p.choose(r, "yes", p.says(words.YES))


_WAYS: Final = {
    "appointment": {PLAIN: "Un rendez-vous", SMS: "1 rdv", ENGLISH: "an appointment", ARABIC: "موعد"},
    "call": {PLAIN: "Appelez-moi", SMS: "appelé moi", ENGLISH: "call me", ARABIC: "اتصل بي"},
    "write": {PLAIN: "Par message", SMS: "par msg", ENGLISH: "by message", ARABIC: "رسالة"},
    "later": {PLAIN: "Plus tard", SMS: "plu tar", ENGLISH: "later", ARABIC: "لاحقا"},
}


def _how(p: Persona, r: Reply) -> Deed:
    ways = ("write",) if "phone" in p.kind.refuses else ("appointment", "appointment", "call", "write", "later")
    way = p.pick("way", ways)
    return p.choose(r, f"way:{way}", _WAYS[way].get(p.kind.way, _WAYS[way][PLAIN]))


def _secret(topic: str, value: Callable[[Facts], str]) -> Callable[[Persona, Reply], Deed]:
    def answer(p: Persona, r: Reply) -> Deed:
        if topic in p.kind.refuses:
            return p.choose(r, "skip", p.says(words.REFUSALS))
        return Deed(value(p.facts))

    return answer


def _pick_one(name: str, typed: Sequence[str]) -> Callable[[Persona, Reply], Deed]:
    def answer(p: Persona, r: Reply) -> Deed:
        offered = [option for option in r.options if option.startswith(f"{name}:")]
        return p.choose(r, p.pick(name, offered) if offered else "", p.pick(f"{name}?", typed))

    return answer


def _yes_no(topic: str, share: Callable[[Persona], bool]) -> Callable[[Persona, Reply], Deed]:
    def answer(p: Persona, r: Reply) -> Deed:
        yes = share(p)
        return p.choose(r, "yes" if yes else "no", p.says(words.YES if yes else words.NO))

    return answer


ANSWERS: Final[Mapping[str, Callable[[Persona, Reply], Deed]]] = {
    "wish": _wish,
    "contract": _contract,
    "likes": _pick_one("like", words.LIKES),
    "done": _pick_one("done", words.DONE),
    "setting": _pick_one("setting", words.SETTINGS),
    "idea": _pick_one("idea", ("la première", "aucune", "2", "jsp")),
    "age": _age,
    "recognised": _yes_no("recognised", lambda p: p.facts.recognised),
    "elsewhere": _yes_no("elsewhere", lambda p: p.pick("elsewhere", (True, True, False))),
    "barriers": _barriers,
    "more": _more,
    "consent": _consent,
    "when": _when,
    "hours": _hours,
    "recap": _recap,
    "how": _how,
    "phone": _secret("phone", lambda f: f.phone),
    "town": _secret("town", lambda f: f.postcode),
    "name": _secret("name", lambda f: f.name),
    "channel": _yes_no("channel", lambda p: not p.kind.refuses),
}


def _new_wish(p: Persona, r: Reply) -> Deed:
    p.wants_again = True
    return Deed(p.second_wish.words(p.kind.way))


DIALOGUES: Final[Mapping[str, Callable[[Persona, Reply], Deed]]] = {
    "wishes-ask-other": lambda p, r: Deed(p.second_wish.words(p.kind.way)),
    "recap-ask-change": lambda p, r: p.choose(r, "part:wishes", "mes envies"),
    "recap-ask-wishes": _new_wish,
    "rights-ask-erase": lambda p, r: Deed(p.says(words.NO)),
    "safety-ask": lambda p, r: p.choose(r, "go_on", "non ça va"),
}
