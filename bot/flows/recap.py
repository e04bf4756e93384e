"""Ce que j'ai compris. For everybody who reached it: what was understood, in the person's words, to change in place.

The person decides what the adviser sees, one kind of thing at a time. Nothing is scored, nothing is guessed here that
was not said. The yes opens the adviser's task: a first proposal for this wish.

    🤖 Voici ce que j'ai compris. Ton envie : « cuisine ». … C'est bien ça ?
    👤 Changer quelque chose
    🤖 Qu'est-ce que tu veux changer ?
    👤 Mes horaires
    🤖 Tu es libre quand ?
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.domain.effects import (
    Ask,
    CloseConversation,
    DropBarrier,
    DropSkill,
    DropWish,
    Effect,
    HideFromAdviser,
    KeepAvailability,
    KeepSkill,
    KeepWish,
    MarkSensitive,
    OpenTask,
    Say,
)
from bot.domain.messages import Option
from bot.domain.people import GENERAL, Answered, Availability, Card, Skill, Wish, is_sensitive
from bot.flows.engine import ENTER, TEXT, Flow, Go, Note, Row, Turn, option
from bot.flows.shared import (
    HUMAN,
    SKIP,
    chose,
    is_private,
    keep_barriers,
    means,
    plain_barriers,
    quote,
    says_something,
    who_answers,
    words_to_keep,
)
from bot.flows.wishes import CONTRACTS, says_contract

ITEMS: Final = ("wishes", "barriers", "skills", "availability")
PARTS: Final = ("wishes", "contract", "barriers", "skills", "availability")
FIRST_PROPOSAL_DAYS: Final = 5
_MOST_LISTED = 8
_GENERAL_SAID: Final[dict[object, str]] = {
    Answered.NO: "recap-barrier-general-no",
    Answered.NOT_DISCUSSED: "recap-barrier-general-quiet",
    True: "recap-barrier-general-person",
}


class State(StrEnum):
    """What we are waiting for."""

    START = "start"
    CHECK = "check"
    CHANGE = "change"
    WISHES = "wishes"
    CONTRACT = "contract"
    BARRIERS = "barriers"
    SKILLS = "skills"
    AVAILABILITY = "availability"
    SHARING = "sharing"


@dataclass(frozen=True, slots=True)
class Data:
    """Nothing to remember: the card is the memory."""


Effects = Iterator[Effect | Note]


# --- questions ------------------------------------------------------------------------------------------------------


def agrees(turn: Turn) -> bool:
    """Is it right?"""
    return turn.reading.intent in {"oui", "merci"}


def says_more(turn: Turn) -> bool:
    """Is one more wish said, something in the way, or another time?"""
    reading = turn.reading
    return any(w.domains for w in reading.wishes) or bool(reading.barriers) or reading.availability is not None


def names_personal(turn: Turn) -> bool:
    """Is something sensitive said, and no wish beside it?"""
    return turn.reading.sensitive and not any(w.domains for w in turn.reading.wishes)


def says_plainly(turn: Turn) -> bool:
    """Is something said that is not sensitive?"""
    return says_something(turn) and not turn.reading.sensitive


def names_plain_barrier(turn: Turn) -> bool:
    """Is something in the way named, which may be kept without asking?"""
    return bool(turn.reading.barriers) and not any(is_sensitive(b.category) for b in turn.reading.barriers)


# --- acts: showing --------------------------------------------------------------------------------------------------


def show(turn: Turn) -> Effects:
    """Everything that was understood, in the person's words."""
    yield Say("recap-intro")
    yield from _lines(turn)
    change = Option("change", "recap-button-change")
    sharing = Option("sharing", "recap-button-sharing", args=who_answers(turn))
    yield Ask("recap-ask", options=(Option("yes", "recap-button-yes"), change, sharing, HUMAN))


def _lines(turn: Turn) -> Effects:
    card = turn.facts.card
    yield from _wish_lines(card)
    for barrier in card.barriers[:_MOST_LISTED]:
        if barrier.category == GENERAL:
            yield Say(_GENERAL_SAID[barrier.to_a_person or barrier.value])
        elif barrier.value is Answered.YES and (is_private(turn) or not is_sensitive(barrier.category)):
            yield Say(f"recap-barrier-{barrier.category.replace('_', '-')}")
            yield from _marked(barrier.category)
    if card.skills:
        yield Say("recap-skills", {"words": ", ".join(s.words for s in card.skills[:_MOST_LISTED])})
    if card.availability and card.availability.words:
        yield Say("recap-availability", {"words": card.availability.words})
    if card.hidden:
        yield Say("recap-hidden", who_answers(turn))


def _marked(category: str) -> Effects:
    """What shows a sensitive category ends as soon as the words that told it."""
    if is_sensitive(category):
        yield MarkSensitive()


def _wish_lines(card: Card) -> Effects:
    wanted = [w for w in card.wishes if not w.refused][:_MOST_LISTED]
    refused = [w.words for w in card.wishes if w.refused]
    yield Say("recap-wishes", {"words": ", ".join(w.words for w in wanted)}) if wanted else Say("recap-no-wish")
    contracts = {w.contract for w in wanted if w.contract}
    for contract in sorted(contracts):
        yield Say(f"recap-contract-{contract.replace('_', '-')}")
    if refused:
        yield Say("recap-refused", {"words": ", ".join(refused)})


# --- acts: agreeing -------------------------------------------------------------------------------------------------


def agree(turn: Turn) -> Effects:
    """The adviser gets the task of a first proposal; the first conversation is over."""
    wishes = ", ".join(w.words for w in turn.facts.card.wishes if not w.refused)
    yield OpenTask("first_proposal", wishes, FIRST_PROPOSAL_DAYS)
    yield CloseConversation("recap")
    yield Say("recap-thanks", who_answers(turn))


# --- acts: changing -------------------------------------------------------------------------------------------------


def ask_change(turn: Turn) -> Effects:
    """Which part?"""
    parts = tuple(Option(f"part:{part}", f"recap-change-{part}") for part in PARTS)
    yield Ask("recap-ask-change", options=(*parts, Option("done", "recap-button-back"), HUMAN))


def ask_wishes(turn: Turn) -> Effects:
    """Take one back by its button, or write a new one."""
    drops = tuple(
        Option(f"drop:{n}", "recap-button-drop", args={"words": w.words[:40]})
        for n, w in enumerate(turn.facts.card.wishes)
    )
    yield Ask("recap-ask-wishes", options=(*drops[:_MOST_LISTED], Option("done", "recap-button-back")))


def drop_wish(turn: Turn) -> Effects:
    """Take back the wish of this number."""
    wishes = turn.facts.card.wishes
    if turn.argument.isdigit() and int(turn.argument) < len(wishes):
        yield DropWish(wishes[int(turn.argument)].words)


def drop_wish_and_ask(turn: Turn) -> Effects:
    """Take it back, and stay for the next change."""
    yield from drop_wish(turn)
    yield from ask_wishes(turn)


def add_wish(turn: Turn) -> Effects:
    """A new wish in the person's words."""
    for wish in turn.reading.wishes or (Wish(quote(turn.inbound.text)),):
        yield KeepWish(wish)
    yield from show(turn)


def add_more(turn: Turn) -> Effects:
    """Whatever is said beside the question is kept, and shown."""
    for wish in turn.reading.wishes:
        if wish.domains:
            yield KeepWish(wish)
    yield from keep_barriers(turn, *plain_barriers(turn))
    if turn.reading.availability:
        yield KeepAvailability(replace(turn.reading.availability, words=words_to_keep(turn)))
    yield from show(turn)


def personal_beside(turn: Turn) -> Effects:
    """A person hears it; the question stays."""
    yield Say("recap-personal", who_answers(turn))
    yield from show(turn)


def ask_contract(turn: Turn) -> Effects:
    """What kind of way in?"""
    kinds = tuple(Option(f"kind:{code}", f"wishes-contract-{code}") for code in CONTRACTS)
    yield Ask("recap-ask-contract", options=(*kinds, Option("done", "recap-button-back")))


def change_contract(turn: Turn) -> Effects:
    """The kind of contract belongs to every wish."""
    said = turn.argument or next((w.contract for w in turn.reading.wishes if w.contract), "")
    for wish in turn.facts.card.wishes:
        yield KeepWish(replace(wish, contract=wish.contract if wish.refused else said))
    yield from show(turn)


def ask_barriers(turn: Turn) -> Effects:
    """Take one back by its button, or write a new one."""
    kept = [b.category for b in turn.facts.card.barriers if is_private(turn) or not is_sensitive(b.category)]
    drops = tuple(Option(f"drop:{c}", f"recap-drop-{c.replace('_', '-')}") for c in kept)
    yield from (mark for category in kept for mark in _marked(category))
    yield Ask("recap-ask-barriers", options=(*drops, Option("done", "recap-button-back")))


def drop_barrier_and_ask(turn: Turn) -> Effects:
    """Take it back, and stay for the next change."""
    yield DropBarrier(turn.argument)
    yield from ask_barriers(turn)


def add_barriers(turn: Turn) -> Effects:
    """New ones, none of them sensitive."""
    yield from keep_barriers(turn, *plain_barriers(turn))
    yield from show(turn)


def personal_elsewhere(turn: Turn) -> Effects:
    """A personal thing is not added in passing: a person hears it."""
    yield Say("recap-personal", who_answers(turn))
    yield from ask_barriers(turn)


def skill_elsewhere(turn: Turn) -> Effects:
    """A personal thing is not added in passing: a person hears it."""
    yield Say("recap-personal", who_answers(turn))
    yield from ask_skills(turn)


def ask_skills(turn: Turn) -> Effects:
    """Take one back by its button, or write a new one."""
    drops = tuple(
        Option(f"drop:{n}", "recap-button-drop", args={"words": s.words[:40]})
        for n, s in enumerate(turn.facts.card.skills)
    )
    yield Ask("recap-ask-skills", options=(*drops[:_MOST_LISTED], Option("done", "recap-button-back")))


def drop_skill_and_ask(turn: Turn) -> Effects:
    """Take back the skill of this number, and stay for the next change."""
    skills = turn.facts.card.skills
    if turn.argument.isdigit() and int(turn.argument) < len(skills):
        yield DropSkill(skills[int(turn.argument)].words)
    yield from ask_skills(turn)


def add_skill(turn: Turn) -> Effects:
    """One more, in the person's words."""
    yield KeepSkill(Skill(quote(turn.inbound.text)))
    yield from show(turn)


def ask_availability(turn: Turn) -> Effects:
    """A sentence replaces what was said."""
    yield Ask("recap-ask-availability", options=(Option("done", "recap-button-back"), SKIP))


def replace_availability(turn: Turn) -> Effects:
    """The new sentence is the new answer."""
    said = turn.reading.availability or Availability()
    yield KeepAvailability(replace(said, words=words_to_keep(turn)))
    yield from show(turn)


# --- acts: choosing what is seen ------------------------------------------------------------------------------------


def ask_sharing(turn: Turn) -> Effects:
    """Each kind of thing can be hidden and shown again."""
    hidden = turn.facts.card.hidden
    switches = tuple(Option(f"switch:{item}", f"recap-{'show' if item in hidden else 'hide'}-{item}") for item in ITEMS)
    yield Ask("recap-ask-sharing", who_answers(turn), (*switches, Option("done", "recap-button-back")))


def switch(turn: Turn) -> Effects:
    """Hidden becomes shown, shown becomes hidden."""
    hidden, item = turn.facts.card.hidden, turn.argument
    yield HideFromAdviser(tuple(i for i in hidden if i != item) if item in hidden else (*hidden, item))
    yield from ask_sharing(turn)


S = State
TO_PERSON: Final = Go("meeting")
DONE: Final = (option("done"), option("skip"), option("back"))
FLOW: Final = Flow(
    "recap",
    State,
    Data,
    (
        Row(S.START, ENTER, None, show, S.CHECK),
        Row(S.CHECK, (option("yes"), option("skip")), None, agree, TO_PERSON),
        Row(S.CHECK, TEXT, agrees, agree, TO_PERSON),
        Row(S.CHECK, option("change"), None, ask_change, S.CHANGE),
        Row(S.CHECK, option("sharing"), None, ask_sharing, S.SHARING),
        Row(S.CHECK, option("back"), None, None, Go("availability")),
        Row(S.CHECK, TEXT, means("non"), ask_change, S.CHANGE),
        Row(S.CHECK, option("meet"), None, agree, TO_PERSON),
        Row(S.CHECK, TEXT, names_personal, personal_beside, S.CHECK),
        Row(S.CHECK, TEXT, says_more, add_more, S.CHECK),
        Row(S.CHECK, TEXT, says_something, ask_change, S.CHANGE),
        Row(S.CHANGE, option("part"), chose("wishes"), ask_wishes, S.WISHES),
        Row(S.CHANGE, option("part"), chose("contract"), ask_contract, S.CONTRACT),
        Row(S.CHANGE, option("part"), chose("barriers"), ask_barriers, S.BARRIERS),
        Row(S.CHANGE, option("part"), chose("skills"), ask_skills, S.SKILLS),
        Row(S.CHANGE, option("part"), chose("availability"), ask_availability, S.AVAILABILITY),
        Row(S.CHANGE, DONE, None, show, S.CHECK),
        Row(S.WISHES, option("drop"), None, drop_wish_and_ask, S.WISHES),
        Row(S.WISHES, DONE, None, show, S.CHECK),
        Row(S.WISHES, TEXT, says_something, add_wish, S.CHECK),
        Row(S.CONTRACT, option("kind"), None, change_contract, S.CHECK),
        Row(S.CONTRACT, DONE, None, show, S.CHECK),
        Row(S.CONTRACT, TEXT, says_contract, change_contract, S.CHECK),
        Row(S.BARRIERS, option("drop"), None, drop_barrier_and_ask, S.BARRIERS),
        Row(S.BARRIERS, DONE, None, show, S.CHECK),
        Row(S.BARRIERS, TEXT, names_plain_barrier, add_barriers, S.CHECK),
        Row(S.BARRIERS, TEXT, says_something, personal_elsewhere, S.BARRIERS),
        Row(S.SKILLS, option("drop"), None, drop_skill_and_ask, S.SKILLS),
        Row(S.SKILLS, DONE, None, show, S.CHECK),
        Row(S.SKILLS, TEXT, says_plainly, add_skill, S.CHECK),
        Row(S.SKILLS, TEXT, says_something, skill_elsewhere, S.SKILLS),
        Row(S.AVAILABILITY, DONE, None, show, S.CHECK),
        Row(S.AVAILABILITY, TEXT, says_something, replace_availability, S.CHECK),
        Row(S.SHARING, option("switch"), None, switch, S.SHARING),
        Row(S.SHARING, DONE, None, show, S.CHECK),
    ),
)
