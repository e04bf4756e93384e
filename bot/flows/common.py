"""À tout moment. For everybody, whatever is being asked: help, a person, a pause, another language, a photo, a voice.

It interrupts, answers in one message, and gives the parked question back. It never decides anything about the person,
and it never takes the floor for longer than one answer, the choice of a language apart.

    🤖 Tu as quel âge ?
    👤 je veux parler à quelqu'un
    🤖 Camille est prévenue et te répond demain avant midi. … Tu as quel âge ?
    👤 17
    🤖 …
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.effects import Ask, CloseConversation, Effect, KeepLink, KeepWish, OpenTask, Say, Skip, SwitchLanguage
from bot.domain.messages import InboundKind
from bot.flows.commands import command_of
from bot.flows.engine import BACK, ENTER, QUIET, TEXT, Flow, Go, Guard, Note, Row, Turn, option
from bot.flows.shared import LANGUAGES, SILENCES, kind_is, language_button, nudge, quote, who_answers

CODE_LIFE: Final = timedelta(minutes=15)
_MOST_NUDGES: Final = 2
_LONG_AGO: Final = timedelta(days=365)


class State(StrEnum):
    """What we are waiting for."""

    START = "start"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Data:
    """Nothing to remember."""


Effects = Iterator[Effect | Note]


# --- questions ------------------------------------------------------------------------------------------------------


def asks(command: str) -> Guard:
    """Was this command given, by button or in words?"""
    return lambda turn: command_of(turn.inbound, turn.reading) == command


def adds_a_wish(turn: Turn) -> bool:
    """Is one more wish said, in the middle of something else?"""
    return turn.reading.wants and any(w.domains for w in turn.reading.wishes)


def is_nudge(turn: Turn) -> bool:
    """Did a nudge come due?"""
    return turn.inbound.kind is InboundKind.TIMER and turn.inbound.reason == "nudge"


def wrote_lately(turn: Turn) -> bool:
    """Did the person write since, so that the silence is not long enough yet?"""
    return is_nudge(turn) and _next_nudge(turn) > turn.now


def waits_for_nothing(turn: Turn) -> bool:
    """Is there no open question to remind of?"""
    return is_nudge(turn) and (turn.conversation.frame.asked is None or bool(turn.conversation.outcome))


def has_had_two(turn: Turn) -> bool:
    """Were both nudges said?"""
    return is_nudge(turn) and turn.conversation.nudges >= _MOST_NUDGES


def is_planned(turn: Turn) -> bool:
    """Did something planned come due that nobody waits for?"""
    return turn.inbound.kind is InboundKind.TIMER


def names_language(turn: Turn) -> bool:
    """Is the language named at once, in words or by a button such as `language:en`?"""
    return (turn.argument or turn.reading.language) in LANGUAGES


def _next_nudge(turn: Turn) -> datetime:
    """When the person's silence will have lasted long enough for what comes next."""
    silent_since = turn.facts.last_heard or turn.now - _LONG_AGO
    return silent_since + SILENCES[min(turn.conversation.nudges, _MOST_NUDGES)]


# --- acts -----------------------------------------------------------------------------------------------------------


def call_person(turn: Turn) -> Effects:
    """A person is told at once; nothing is asked for that."""
    yield OpenTask("asked_for_person", turn.inbound.text)
    yield Say("common-human", who_answers(turn))


def explain(turn: Turn) -> Effects:
    """What can be said at any moment."""
    yield Say("common-help")


def present(turn: Turn) -> Effects:
    """A bot, of this Mission Locale, read by people."""
    yield Say("common-who", {"agency": turn.facts.agency.name, **who_answers(turn)})


def pause(turn: Turn) -> Effects:
    """No hurry; it resumes at the same place."""
    yield Say("common-later")


def cannot_go_back(turn: Turn) -> Effects:
    """There is no question before this one."""
    yield Say("common-no-back")


def cannot_skip(turn: Turn) -> Effects:
    """There is nothing to skip."""
    yield Say("common-no-skip")


def restart(turn: Turn) -> Effects:
    """From the wish again."""
    yield Say("common-restart")


def give_code(turn: Turn) -> Effects:
    """A code to type on another device."""
    yield KeepLink("device", turn.facts.code, CODE_LIFE)
    yield Say("common-code", {"code": turn.facts.code, "link": f"{turn.facts.public_url}/chat/code"})


def ask_language(turn: Turn) -> Effects:
    """Which language?"""
    yield Ask("common-ask-language", options=tuple(language_button(code) for code in LANGUAGES))


def switch_language(turn: Turn) -> Effects:
    """From now on in this language."""
    yield SwitchLanguage(_language(turn))
    yield Say("common-language-changed")


def _language(turn: Turn) -> str:
    """The language of a `language:en` button, or the one named in words."""
    return turn.argument if turn.inbound.option.startswith("language:") else turn.reading.language


def add_wish(turn: Turn) -> Effects:
    """One more wish on the card; the open question comes back."""
    for wish in turn.reading.wishes:
        yield KeepWish(wish)
    yield Say("home-wish", {"words": quote(turn.inbound.text), **who_answers(turn)})


def set_voice_aside(turn: Turn) -> Effects:
    """The bot cannot listen: the urgent numbers, an honest time, and an urgent task."""
    yield OpenTask("unplayed_voice")
    yield Say("common-voice", who_answers(turn))


def pass_file_on(turn: Turn) -> Effects:
    """The adviser will see it."""
    yield OpenTask("file_received", turn.inbound.text)
    yield Say("common-file", who_answers(turn))


def explain_kind(turn: Turn) -> Effects:
    """What a sticker, a place, a contact or an edited message means here."""
    yield Say(f"common-{turn.inbound.kind}")


def not_understood(turn: Turn) -> Effects:
    """Words with no open question: a person reads them."""
    yield OpenTask("write_back", turn.inbound.text)
    yield Say("home-passed-on", who_answers(turn))


def wait_longer(turn: Turn) -> Effects:
    """The person is there: the same nudge, counted from their last message."""
    yield nudge(turn, _next_nudge(turn) - turn.now)
    yield Skip("active")


def say_nudge(turn: Turn) -> Effects:
    """One short word, then the same question."""
    yield nudge(turn, SILENCES[turn.conversation.nudges + 1])
    yield Say("common-nudge-again" if turn.conversation.nudges else "common-nudge")


def fall_silent(turn: Turn) -> Effects:
    """Two nudges were said: the rest is silence, and the door stays open."""
    yield CloseConversation("abandoned")
    yield Skip("two_nudges")


def nothing_to_say(turn: Turn) -> Effects:
    """Due, and not useful any more."""
    yield Skip("nothing_open")


S = State
NOT_WORDS: Final = (
    InboundKind.EDITED,
    InboundKind.PLACE,
    InboundKind.CONTACT,
    InboundKind.STICKER,
    InboundKind.UNSUPPORTED,
)
FLOW: Final = Flow(
    "common",
    State,
    Data,
    (
        Row(S.START, ENTER, asks("human"), call_person, BACK),
        Row(S.START, ENTER, asks("meet"), None, Go("meeting")),
        Row(S.START, ENTER, asks("help"), explain, BACK),
        Row(S.START, ENTER, asks("who"), present, BACK),
        Row(S.START, ENTER, asks("later"), pause, QUIET),
        Row(S.START, ENTER, asks("back"), cannot_go_back, BACK),
        Row(S.START, ENTER, asks("skip"), cannot_skip, BACK),
        Row(S.START, ENTER, asks("restart"), restart, Go("wishes")),
        Row(S.START, ENTER, asks("code"), give_code, BACK),
        Row(S.START, ENTER, names_language, switch_language, BACK),
        Row(S.START, ENTER, asks("language"), ask_language, S.LANGUAGE),
        Row(S.START, ENTER, adds_a_wish, add_wish, BACK),
        Row(S.START, ENTER, kind_is(InboundKind.VOICE), set_voice_aside, BACK),
        Row(S.START, ENTER, kind_is(InboundKind.FILE), pass_file_on, BACK),
        Row(S.START, ENTER, lambda turn: turn.inbound.kind in NOT_WORDS, explain_kind, BACK),
        Row(S.START, ENTER, waits_for_nothing, nothing_to_say, QUIET),
        Row(S.START, ENTER, wrote_lately, wait_longer, QUIET),
        Row(S.START, ENTER, has_had_two, fall_silent, QUIET),
        Row(S.START, ENTER, is_nudge, say_nudge, BACK),
        Row(S.START, ENTER, is_planned, nothing_to_say, QUIET),
        Row(S.START, ENTER, None, not_understood, BACK),
        Row(S.LANGUAGE, option("language"), names_language, switch_language, BACK),
        Row(S.LANGUAGE, (option("skip"), option("back")), None, None, BACK),
        Row(S.LANGUAGE, TEXT, names_language, switch_language, BACK),
    ),
)
