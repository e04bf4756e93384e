"""Who gets the floor: one inbound, one road, one step.

Several things want to answer a person at once. The order is fixed, and it is the table `ROADS` at the end of this file:
safety > STOP and rights > the adviser's lease > explicit command > answer to the open question > planned contacts. An
interrupted question is parked, then asked again. What no road understands is repaired in three grades: an example,
simpler choices, then skip or a person with the raw words on the adviser's list.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain.conversation import Conversation, Facts, Frame, Step
from bot.domain.effects import (
    Ask,
    CloseConversation,
    CountMiss,
    Effect,
    EraseMe,
    KeepLink,
    MarkSensitive,
    OpenTask,
    ResumeContact,
    Say,
    Skip,
)
from bot.domain.messages import Inbound, InboundKind, Option
from bot.domain.people import is_sensitive
from bot.flows.commands import RIGHTS, SMALL_TALK, command_of
from bot.flows.engine import FLOWS, Back, Turn, enter, follow, frame_of, option, trigger_of
from bot.flows.understanding import Lexicon, Reading, read

_INTERRUPTIONS: Final = frozenset({"common", "rights", "safety"})
_ASIDES: Final = _INTERRUPTIONS | {"meeting"}
"""Flows that give the floor back to what they interrupted; any other flow replaces it."""

_AFTER_WISHES: Final = frozenset({"scope", "barriers", "availability"})
"""Flows that ask of something else than wishes."""

_WORDS_IN_STOP: Final = frozenset({"human", "help", "who", "code"})
"""Commands still answered after STOP: a person who writes is answered, nothing leaves unprompted."""

LINK_LIFE: Final = timedelta(days=180)
_LINK_AT: Final = 3
"""The question that comes with the person's own link back: by then they have said enough to come back to."""

_HELP_AT: Final = 3
_REPAIR_OPTIONS: Final = (Option("skip", "common-button-skip"), Option("human", "common-button-human"))


@dataclass(frozen=True, slots=True)
class Moment:
    """One inbound with everything that decides its road."""

    conversation: Conversation
    inbound: Inbound
    reading: Reading
    facts: Facts
    now: datetime

    @property
    def command(self) -> str:
        """The command asked for, by button or in words; "" when none."""
        return command_of(self.inbound, self.reading)

    def turn(self, frame: Frame | None = None) -> Turn:
        """A turn of this inbound through the flow of `frame` (default: the one that has the floor)."""
        frame = frame or self.conversation.frame
        flow = FLOWS[frame.flow]
        return Turn(
            flow,
            frame.state,
            flow.load(frame.data),
            self.inbound,
            self.reading,
            self.facts,
            self.now,
            self.conversation,
        )


def respond(conversation: Conversation, inbound: Inbound, facts: Facts, now: datetime, lexicon: Lexicon) -> Step:
    """One step of a conversation. Never raises on content: what is not understood is repaired, then handed to a
    person.
    """
    moment = _moment(conversation, inbound, facts, now, lexicon)
    road = next((road for question, road in ROADS if question(moment)), _repair)
    return _marked(moment, _with_way_back(moment, road(moment)))


def _moment(conversation: Conversation, inbound: Inbound, facts: Facts, now: datetime, lexicon: Lexicon) -> Moment:
    """Read the words once; typing a button's words or number is pressing it."""
    if inbound.kind is not InboundKind.TEXT and not inbound.text:
        return Moment(conversation, inbound, Reading(), facts, now)
    reading = read(inbound.text, conversation.language, now, conversation, lexicon)
    if inbound.kind is not InboundKind.TEXT:  # a caption, a correction: for a person, and danger is heard
        said = Reading(danger=reading.danger, sensitive=reading.sensitive or bool(reading.danger))
        return Moment(conversation, inbound, said, facts, now)
    if reading.option and not reading.danger:
        inbound = replace(inbound, kind=InboundKind.OPTION, option=reading.option, turn=conversation.turn)
    return Moment(conversation, inbound, reading, facts, now)


# --- the questions ------------------------------------------------------------------------------------------------


def _timer_is_stale(m: Moment) -> bool:
    return m.inbound.kind is InboundKind.TIMER and bool(m.inbound.turn) and m.inbound.turn != m.conversation.turn


def _in_danger(m: Moment) -> bool:
    return bool(m.reading.danger)


def _claims_a_right(m: Moment) -> bool:
    return m.command in RIGHTS


def _is_blocked(m: Moment) -> bool:
    return m.inbound.kind is InboundKind.BLOCKED


def _is_stopped(m: Moment) -> bool:
    return m.facts.stopped and m.command not in _WORDS_IN_STOP and m.conversation.frame.flow != "safety"


def _in_rights_dialogue(m: Moment) -> bool:
    answers = m.inbound.kind in {InboundKind.TEXT, InboundKind.OPTION} and m.command in {"", "skip", "back"}
    return answers and m.conversation.frame.flow == "rights"


def _adviser_has_floor(m: Moment) -> bool:
    return bool(m.facts.floor)


def _has_not_begun(m: Moment) -> bool:
    return m.conversation.frame.state == "start" and m.inbound.kind is not InboundKind.TIMER


def _floor_given_back(m: Moment) -> bool:
    return m.inbound.kind is InboundKind.RETURNED


def _came_back(m: Moment) -> bool:
    return m.inbound.kind in {InboundKind.ARRIVED, InboundKind.UNBLOCKED}


def _old_button(m: Moment) -> bool:
    if m.inbound.kind is not InboundKind.OPTION or m.command:
        return False
    asked = m.conversation.frame.asked
    if asked is None or m.inbound.option not in {o.id for o in asked.options}:
        return True
    return not (asked.since or m.conversation.turn) <= m.inbound.turn <= m.conversation.turn


def _flow_takes_command(m: Moment) -> bool:
    return bool(m.command) and FLOWS[m.conversation.frame.flow].handles(m.conversation.frame.state, option(m.command))


def _is_command(m: Moment) -> bool:
    return bool(m.command)


def _adds_a_wish(m: Moment) -> bool:
    """One more wish, said while something else is asked: it would be lost as an answer to that."""
    here = m.conversation.frame
    elsewhere = (
        here.flow in _AFTER_WISHES
        and (here.flow, here.state) != ("scope", "age")
        and not (m.reading.barriers or m.reading.availability)
    )
    return elsewhere and m.reading.wants and any(w.domains for w in m.reading.wishes)


def _flow_waits_for_it(m: Moment) -> bool:
    return FLOWS[m.conversation.frame.flow].handles(m.conversation.frame.state, trigger_of(m.inbound))


def _is_planned(m: Moment) -> bool:
    return m.inbound.kind is InboundKind.TIMER


def _is_not_words(m: Moment) -> bool:
    return m.inbound.kind not in {InboundKind.TEXT, InboundKind.OPTION}


def _is_small_talk(m: Moment) -> bool:
    return m.reading.intent in SMALL_TALK


# --- the roads ----------------------------------------------------------------------------------------------------


def _interrupt(flow: str) -> Callable[[Moment], Step]:
    """The road of an interruption: park the open question, run `flow` from its start."""

    def road(m: Moment) -> Step:
        turn = enter(flow, m.turn())
        return _settle(m, turn, _parked_with(m.conversation) if turn.flow.name in _ASIDES else ())

    return road


def _parked_with(conversation: Conversation) -> tuple[Frame, ...]:
    """Interrupting an interruption replaces it: only real questions are parked."""
    here = conversation.frame
    if here.flow in _INTERRUPTIONS:
        return conversation.parked
    return (*(f for f in conversation.parked if f.flow != here.flow), here)


def _begin(m: Moment) -> Step:
    return _settle(m, enter("welcome", m.turn()), parked=())


def _answer(m: Moment) -> Step:
    turn = m.turn()
    return (
        _settle(m, follow(turn), m.conversation.parked) if turn.flow.take(turn, trigger_of(m.inbound)) else _repair(m)
    )


def _command_in_flow(m: Moment) -> Step:
    turn = m.turn()
    taken = turn.flow.take(turn, option(m.command))
    return _settle(m, follow(turn), m.conversation.parked) if taken else _interrupt("common")(m)


def _superseded(m: Moment) -> Step:
    return Step(m.conversation, (Skip("superseded"),))


def _silent(m: Moment) -> Step:
    """The adviser speaks, or the person closed the door: the bot listens. What was planned says why it did not come."""
    why = (Skip("floor"),) if m.inbound.kind is InboundKind.TIMER else ()
    return Step(m.conversation, why)


def _stopped(m: Moment) -> Step:
    if m.inbound.kind is InboundKind.TIMER:
        return Step(m.conversation, (Skip("stopped"),))
    return Step(m.conversation, (Say("common-still-stopped"),))


def _repeat_old(m: Moment) -> Step:
    return _repeat(m.conversation, (Say("common-old-button"),))


def _resume_where_left(m: Moment) -> Step:
    return _repeat(m.conversation, (Say("common-welcome-back"),))


def _resume_after_adviser(m: Moment) -> Step:
    return _repeat(m.conversation, (Say("common-returned"),))


def _greet(m: Moment) -> Step:
    return _repeat(m.conversation, (Say(f"common-{m.reading.intent.replace('_', '-')}"),))


def _repair(m: Moment) -> Step:
    """Grade 1: an example. 2: simpler choices. 3: skip or a person, and the raw words on the adviser's list."""
    if m.inbound.kind is InboundKind.TIMER:
        return Step(m.conversation, (Skip("superseded"),))
    if _is_small_talk(m):
        return _greet(m)
    asked = m.conversation.frame.asked
    if asked is None:
        return _interrupt("common")(m)
    misses = m.conversation.misses + 1
    effects: list[Effect] = [CountMiss(asked.text, m.inbound.text)]
    if misses >= _HELP_AT:
        effects += [OpenTask("not_understood", m.inbound.text), Say("common-repair-person")]
        again = replace(asked, options=_with_repair(asked.options))
    else:
        effects += [Say(f"{asked.text}-{'example' if misses == 1 else 'simple'}")]
        again = asked
    return _asked_again(replace(m.conversation, misses=misses), again, effects)


def _with_repair(options: tuple[Option, ...]) -> tuple[Option, ...]:
    ids = {o.id for o in options}
    return (*options, *(o for o in _REPAIR_OPTIONS if o.id not in ids))


# --- what a turn leaves behind ------------------------------------------------------------------------------------


def _settle(m: Moment, turn: Turn, parked: tuple[Frame, ...]) -> Step:
    """The conversation after `turn`: a question asked becomes the open one; a flow that is over gives way to what was
    parked.
    """
    conversation = _kept(m, turn, parked)
    if any(isinstance(effect, EraseMe) for effect in turn.effects):
        return Step(Conversation(language=conversation.language), tuple(turn.effects))
    if isinstance(turn.target, Back):
        silent = m.facts.stopped and not any(isinstance(effect, ResumeContact) for effect in turn.effects)
        return _give_back(conversation, turn.effects, asks=turn.target.asks and not silent)
    asked = _first_asked(_last_question(turn.effects), conversation.turn + 1)
    kept = m.conversation.frame.asked if _same_place(m.conversation.frame, turn) else None
    frame = replace(frame_of(turn), asked=asked or kept)
    step = replace(conversation, frame=frame, turn=conversation.turn + (asked is not None))
    return Step(step, tuple(turn.effects))


def _kept(m: Moment, turn: Turn, parked: tuple[Frame, ...]) -> Conversation:
    """What stays of the conversation whatever is asked next."""
    outcomes = [e.outcome for e in turn.effects if isinstance(e, CloseConversation)]
    nudged = m.inbound.kind is InboundKind.TIMER and any(isinstance(e, Say) for e in turn.effects)
    return replace(
        m.conversation,
        parked=parked,
        misses=0,
        nudges=m.conversation.nudges + nudged,
        language=turn.facts.language,
        outcome=outcomes[-1] if outcomes else m.conversation.outcome,
    )


def _same_place(frame: Frame, turn: Turn) -> bool:
    return (frame.flow, frame.state) == (turn.flow.name, turn.state)


def _give_back(conversation: Conversation, effects: list[Effect], *, asks: bool) -> Step:
    """Resume the newest parked frame, asking its question again when `asks`; when none is parked, the conversation
    rests.
    """
    if conversation.parked:
        *rest, frame = conversation.parked
        if frame != conversation.frame:  # another question came in between: only new buttons count
            frame = replace(frame, asked=_first_asked(frame.asked, conversation.turn + 1))
        conversation = replace(conversation, frame=frame, parked=tuple(rest))
    else:
        conversation = replace(conversation, frame=Frame("home", "resting"))
    return _repeat(conversation, effects) if asks else Step(conversation, tuple(effects))


def _repeat(conversation: Conversation, effects: Iterable[Effect]) -> Step:
    """Say `effects`, then ask the open question again, if there is one and nothing newer was asked."""
    asked = conversation.frame.asked
    if asked is None or _last_question(effects := list(effects)):
        return Step(conversation, tuple(effects))
    return _asked_again(conversation, asked, effects)


def _asked_again(conversation: Conversation, asked: Ask, effects: Iterable[Effect]) -> Step:
    frame = replace(conversation.frame, asked=asked)
    return Step(replace(conversation, frame=frame, turn=conversation.turn + 1), (*effects, asked))


def _with_way_back(m: Moment, step: Step) -> Step:
    """The third question on the web chat comes with a personal link: who loses the page finds the place again."""
    reached = m.conversation.turn < _LINK_AT <= step.conversation.turn and step.conversation.frame.flow != "safety"
    question = _last_question(step.effects)
    used = any(isinstance(e, KeepLink) for e in step.effects)
    if not (reached and question and m.facts.channel.private and m.facts.fresh) or used:
        return step
    others = tuple(e for e in step.effects if e is not question)
    link = Say("common-personal-link", {"link": f"{m.facts.public_url}/chat/l/{m.facts.fresh}"})
    return replace(step, effects=(*others, KeepLink("personal", m.facts.fresh, LINK_LIFE), link, question))


def _marked(m: Moment, step: Step) -> Step:
    """Whatever the road, sensitive words are known as such, so that they end sooner."""
    marked = any(isinstance(e, MarkSensitive) for e in step.effects)
    return replace(step, effects=(*step.effects, MarkSensitive())) if _is_sensitive(m) and not marked else step


def _is_sensitive(m: Moment) -> bool:
    """Words or a button that name it, whatever is said while safety listens, and the answer to "may I keep it?"."""
    here = m.conversation.frame
    listens = here.flow == "safety" or (here.flow, here.state) == ("barriers", "consent")
    names = bool(m.reading.danger) or m.reading.sensitive or is_sensitive(m.inbound.option.partition(":")[2])
    return names or (listens and m.inbound.kind is not InboundKind.TIMER)


def _first_asked(asked: Ask | None, turn: int) -> Ask | None:
    """The question, asked for the first time in this turn."""
    return replace(asked, since=turn) if asked else None


def _last_question(effects: Iterable[Effect]) -> Ask | None:
    return next((e for e in reversed(list(effects)) if isinstance(e, Ask)), None)


ROADS: Final[tuple[tuple[Callable[[Moment], bool], Callable[[Moment], Step]], ...]] = (
    (_timer_is_stale, _superseded),
    (_in_danger, _interrupt("safety")),
    (_claims_a_right, _interrupt("rights")),
    (_is_blocked, _silent),
    (_in_rights_dialogue, _answer),
    (_is_stopped, _stopped),
    (_adviser_has_floor, _silent),
    (_has_not_begun, _begin),
    (_floor_given_back, _resume_after_adviser),
    (_came_back, _resume_where_left),
    (_old_button, _repeat_old),
    (_flow_takes_command, _command_in_flow),
    (_is_command, _interrupt("common")),
    (_adds_a_wish, _interrupt("common")),
    (_flow_waits_for_it, _answer),
    (_is_planned, _interrupt("common")),
    (_is_not_words, _interrupt("common")),
    (_is_small_talk, _greet),
)
