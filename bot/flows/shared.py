"""What several flows share: buttons, questions asked of a turn, and the person's words made fit to repeat."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.domain.effects import DropBarrier, Effect, KeepAvailability, KeepBarrier, KeepProfile, Remind
from bot.domain.messages import InboundKind, Option
from bot.domain.people import GENERAL, AgeBand, Answered, Barrier, is_sensitive
from bot.flows.engine import Guard, Turn

MEET: Final = Option("meet", "common-button-meet")
HUMAN: Final = Option("human", "common-button-human")
SKIP: Final = Option("skip", "common-button-skip")
YES: Final = Option("yes", "common-button-yes")
NO: Final = Option("no", "common-button-no")

LANGUAGES: Final = ("fr", "en", "ar")
"""The languages a person can choose. What one of them lacks is said in French."""

SILENCES: Final = (timedelta(days=1), timedelta(days=3), timedelta(days=14))
"""How long a silence earns the first nudge, the second, and the end."""

_NUDGE_WINDOW = timedelta(days=3)

_MOST_QUOTED = 120


def quote(text: str) -> str:
    """The person's words on one line, short enough to be repeated to them."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST_QUOTED else line[:_MOST_QUOTED].rstrip() + "…"


def words_to_keep(turn: Turn) -> str:
    """The person's words as the card keeps them: none when they name something sensitive."""
    return "" if turn.reading.sensitive else quote(turn.inbound.text)


def pressed(turn: Turn) -> str:
    """The words of the pressed button as the person read them; its argument when they are not known."""
    return dict(turn.conversation.labels).get(turn.inbound.option) or turn.argument


def means(*intents: str) -> Guard:
    """Did the person mean one of these?"""
    return lambda turn: turn.reading.intent in intents


def chose(argument: str) -> Guard:
    """Was the button with this argument pressed?"""
    return lambda turn: turn.argument == argument


def says_something(turn: Turn) -> bool:
    """Is there anything in these words beyond small talk?"""
    return bool(turn.reading.folded) and not turn.reading.intent


def goes_back(turn: Turn) -> bool:
    """Did the person ask for the question before?"""
    return turn.inbound.option == "back" or turn.reading.intent == "retour"


def is_private(turn: Turn) -> bool:
    """May a sensitive category be named on this channel?"""
    return turn.facts.channel.private


def kind_is(kind: InboundKind) -> Guard:
    """Did this kind of thing arrive?"""
    return lambda turn: turn.inbound.kind is kind


def language_button(code: str) -> Option:
    """A button that changes the language, in that language's own name."""
    return Option(f"language:{code}", f"common-language-{code}")


def who_answers(turn: Turn) -> dict[str, str | int]:
    """The named human and the honest time of their answer, as a text's arguments."""
    agency = turn.facts.agency
    return {"adviser": agency.adviser or agency.name, "answer_by": agency.answer_by}


def nudge(turn: Turn, after: timedelta) -> Remind:
    """A planned nudge: not bound to the turn, because it looks at how long the person has been silent when it comes."""
    return Remind("nudge", "nudge", turn.now + after, _NUDGE_WINDOW, turn_bound=False)


def plain_barriers(turn: Turn) -> tuple[Barrier, ...]:
    """What is named that may be kept without asking, with its words."""
    plain = (b for b in turn.reading.barriers if not is_sensitive(b.category))
    return tuple(replace(b, words=words_to_keep(turn)) for b in plain)


def keep_barriers(turn: Turn, *barriers: Barrier) -> Iterator[Effect]:
    """Keep these; "nothing is in the way" is over once something is. Under 15, a person hears them instead."""
    for barrier in barriers if turn.facts.profile.age != AgeBand.UNDER_15 else ():
        said_none = any(b.category == GENERAL and b.value is Answered.NO for b in turn.facts.card.barriers)
        if said_none and barrier.value is Answered.YES:
            yield DropBarrier(GENERAL)
        yield KeepBarrier(barrier)


def volunteered(turn: Turn) -> Iterator[Effect]:
    """What a sentence says beside the answer is kept, so that it is not asked later."""
    reading, known = turn.reading, turn.facts.profile
    for name, said in (("age", reading.age), ("phone", reading.phone), ("first_name", reading.first_name)):
        if said and not getattr(known, name):
            yield KeepProfile(name, said)
    if reading.availability and turn.facts.card.availability is None:
        yield KeepAvailability(replace(reading.availability, words=words_to_keep(turn)))
    yield from keep_barriers(turn, *plain_barriers(turn))
