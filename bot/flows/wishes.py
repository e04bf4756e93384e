"""Les envies. For everybody: what would you like to do? It comes before anything else.

The person's words are kept as they are. Jobs found in them are a guess that can be refused. Who has no idea is asked
about real things: what they like, what they have already done, with hands or with people, inside or outside. Never a
form, never a test, never "that is not realistic".

    🤖 Qu'est-ce que tu aimerais faire ?
    👤 vendeuse ou coiffure
    🤖 « vendeuse ou coiffure », c'est noté. Tu cherches plutôt quoi ?
    👤 Une alternance
    🤖 Camille lit tes messages … Tu as quel âge ?
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.domain.effects import Ask, DropWish, Effect, KeepSkill, KeepWish, Say, SwitchLanguage
from bot.domain.messages import Option
from bot.domain.people import Skill, Wish
from bot.flows.engine import ENTER, TEXT, Flow, Go, Note, Row, Turn, option
from bot.flows.shared import (
    HUMAN,
    LANGUAGES,
    MEET,
    SKIP,
    language_button,
    means,
    pressed,
    quote,
    says_something,
    volunteered,
    who_answers,
)


class State(StrEnum):
    """What we are waiting for."""

    START = "start"
    WISH = "wish"
    CONTRACT = "contract"
    LIKES = "likes"
    DONE = "done"
    SETTING = "setting"
    IDEA = "idea"


@dataclass(frozen=True, slots=True)
class Data:
    """Nothing to remember: the card is the memory."""


CONTRACTS: Final = ("emploi", "alternance", "formation", "immersion", "interim")
LIKES: Final = ("caring", "making", "cooking", "selling", "nature", "screens")
DONE: Final = ("family", "team", "repairs", "meals", "small_jobs", "children")
SETTINGS: Final = ("hands_inside", "hands_outside", "people", "screens")
IDEAS: Final = {
    "hands_inside": ("G16", "N11", "H29"),
    "hands_outside": ("A12", "F17", "K23"),
    "people": ("D12", "G12", "K13"),
    "screens": ("M16", "M18", "E12"),
}
"""Three first ideas for each setting, as ROME domains: starting points to say yes or no to, never a result."""

UNSURE: Final = Option("unsure", "wishes-button-unsure")
Effects = Iterator[Effect | Note]


# --- questions ------------------------------------------------------------------------------------------------------


def names_a_wish(turn: Turn) -> bool:
    """Does the message say a wish, whether or not a job is recognised in it?"""
    named = any(w.domains and not w.refused for w in turn.reading.wishes)
    return named or (says_something(turn) and turn.reading.wants)


def already_told(turn: Turn) -> bool:
    """Did a referral tell it, and does the person not come back to change it?"""
    return any(not w.refused for w in turn.facts.card.wishes) and not turn.inbound.option and not turn.reading.intent


def has_no_idea(turn: Turn) -> bool:
    """Is "I do not know" the answer?"""
    return turn.reading.undecided or turn.reading.intent in {"je_sais_pas", "peut_etre"}


def says_contract(turn: Turn) -> bool:
    """Is the kind of contract said with the wish?"""
    return says_something(turn) and any(w.contract for w in turn.reading.wishes)


def only_contract(turn: Turn) -> bool:
    """Is the kind of contract all that is said?"""
    return says_contract(turn) and not any(w.domains for w in turn.reading.wishes)


def only_personal(turn: Turn) -> bool:
    """Is it about the person's own health or the like, and no wish?"""
    reading = turn.reading
    about_me = reading.sensitive and not _ABOUT_ME.isdisjoint(reading.folded.split())
    return about_me and not (reading.wants or reading.wishes)


def is_over(turn: Turn) -> bool:
    """Is there nothing to add?"""
    return turn.reading.intent in {"non", "oui", "peut_etre", "je_sais_pas"}


_ABOUT_ME: Final = frozenset({"je", "j", "suis", "jsuis", "chui", "ai", "jai", "moi", "mon", "ma", "mes", "i", "my"})
"""Words of a sentence about oneself: "psychologue" alone is a wish."""


# --- acts -----------------------------------------------------------------------------------------------------------


def ask_wish(turn: Turn) -> Effects:
    """The first question of all."""
    french = () if turn.facts.language == LANGUAGES[0] else (language_button(LANGUAGES[0]),)
    yield Ask("wishes-ask", options=(UNSURE, HUMAN, *french))


def ask_other_wish(turn: Turn) -> Effects:
    """Several wishes are welcome."""
    yield Ask("wishes-ask-other", options=(SKIP, HUMAN))


def keep_wish(turn: Turn) -> Effects:
    """Keep each wish, and say it back in the person's words."""
    for wish in turn.reading.wishes or (Wish(quote(turn.inbound.text)),):
        yield KeepWish(wish)
    yield from volunteered(turn)
    if turn.reading.speaks and turn.reading.speaks != turn.facts.language:
        yield SwitchLanguage(turn.reading.speaks)
    kept = [w.words for w in turn.reading.wishes if not w.refused]
    yield Say(
        "wishes-reflect", {"words": ", ".join(kept) if turn.reading.sensitive and kept else quote(turn.inbound.text)}
    )


def leave_personal(turn: Turn) -> Effects:
    """Something personal is no wish: a person hears it, nothing is kept, the wish is asked again."""
    yield Say("recap-personal", who_answers(turn))
    yield from ask_wish(turn)


def reflect_and_ask_contract(turn: Turn) -> Effects:
    """Say it back, then ask what kind of way in they look for."""
    yield from keep_wish(turn)
    yield _contract_question(guess=_guess_of(turn))


def tell_what_is_known(turn: Turn) -> Effects:
    """What the referral said is not asked again."""
    words = ", ".join(w.words for w in turn.facts.card.wishes if not w.refused)
    yield Say("wishes-known", {"words": quote(words)})
    yield _contract_question(guess="")


def refuse_guess(turn: Turn) -> Effects:
    """The jobs were guessed wrong: only the person's words stay."""
    for wish in turn.facts.card.wishes:
        yield KeepWish(replace(wish, domains=(), label=""))
    yield Say("wishes-guess-refused")
    yield _contract_question(guess="")


def keep_contract(turn: Turn) -> Effects:
    """The kind of contract belongs to every wish said so far."""
    said = turn.argument or next((w.contract for w in turn.reading.wishes if w.contract), "")
    wishes = [w for w in turn.facts.card.wishes if not w.refused]
    for wish in wishes or [Wish(pressed(turn) if turn.argument else quote(turn.inbound.text))]:
        yield KeepWish(replace(wish, contract=said))


def ask_likes(turn: Turn) -> Effects:
    """No idea is a fine start: real things first."""
    yield Say("wishes-no-idea")
    yield Ask("wishes-ask-likes", options=_choices("like", LIKES))


def ask_done(turn: Turn) -> Effects:
    """Real life counts as experience."""
    yield Ask("wishes-ask-done", options=_choices("done", DONE))


def keep_like_and_ask_done(turn: Turn) -> Effects:
    """What they like, then what they have already done."""
    yield from _keep_skill(turn)
    yield from ask_done(turn)


def ask_setting(turn: Turn) -> Effects:
    """With hands or with people, inside or outside?"""
    yield Ask("wishes-ask-setting", options=_choices("setting", SETTINGS))


def keep_done_and_ask_setting(turn: Turn) -> Effects:
    """What they have already done, then where they see themselves."""
    yield from _keep_skill(turn)
    yield from ask_setting(turn)


def propose_ideas(turn: Turn) -> Effects:
    """Three ideas to say yes or no to."""
    setting = turn.argument if turn.argument in IDEAS else "people"
    ideas = tuple(Option(f"idea:{code}", f"wishes-idea-{code}") for code in IDEAS[setting])
    yield Ask("wishes-ask-idea", options=(*ideas, Option("none", "wishes-button-none"), MEET, HUMAN))


def keep_idea(turn: Turn) -> Effects:
    """The idea becomes a wish in the words of its button."""
    yield KeepWish(Wish(pressed(turn), domains=(turn.argument,)))
    yield Say("wishes-reflect", {"words": pressed(turn)})


def leave_open(turn: Turn) -> Effects:
    """No idea fits: it is left for the talk with a person."""
    yield Say("wishes-left-open", who_answers(turn))


def start_again(turn: Turn) -> Effects:
    """The first question again, the wishes wiped."""
    for wish in turn.facts.card.wishes:
        yield DropWish(wish.words)
    yield from ask_wish(turn)


def _keep_skill(turn: Turn) -> Effects:
    if turn.argument:
        yield KeepSkill(Skill(pressed(turn), turn.argument))
    elif says_something(turn) and not turn.reading.sensitive:
        yield KeepSkill(Skill(quote(turn.inbound.text)))


def _guess_of(turn: Turn) -> str:
    return next((w.label for w in turn.reading.wishes if w.domains and not w.refused), "")


def _contract_question(guess: str) -> Ask:
    wrong = (Option("wrong", "wishes-button-wrong", args={"guess": guess}),) if guess else ()
    more = Option("more", "wishes-button-more")
    return Ask("wishes-ask-contract", options=(*_kinds(), Option("any", "wishes-button-any"), more, *wrong, HUMAN))


def _kinds() -> tuple[Option, ...]:
    return tuple(Option(f"kind:{code}", f"wishes-contract-{code}") for code in CONTRACTS)


def _choices(name: str, codes: tuple[str, ...]) -> tuple[Option, ...]:
    return (*(Option(f"{name}:{code}", f"wishes-{name}-{code}") for code in codes), SKIP, HUMAN)


S = State
SCOPE: Final = Go("scope")
FLOW: Final = Flow(
    "wishes",
    State,
    Data,
    (
        Row(S.START, ENTER, means("recommencer"), start_again, S.WISH),
        Row(S.START, ENTER, lambda turn: turn.inbound.option == "restart", start_again, S.WISH),
        Row(S.START, ENTER, only_personal, leave_personal, S.WISH),
        Row(S.START, ENTER, says_contract, keep_wish, SCOPE),
        Row(S.START, ENTER, names_a_wish, reflect_and_ask_contract, S.CONTRACT),
        Row(S.START, ENTER, already_told, tell_what_is_known, S.CONTRACT),
        Row(S.START, ENTER, None, ask_wish, S.WISH),
        Row(S.WISH, option("unsure"), None, ask_likes, S.LIKES),
        Row(S.WISH, option("skip"), None, leave_open, SCOPE),
        Row(S.WISH, TEXT, has_no_idea, ask_likes, S.LIKES),
        Row(S.WISH, TEXT, only_personal, leave_personal, S.WISH),
        Row(S.WISH, TEXT, says_contract, keep_wish, SCOPE),
        Row(S.WISH, TEXT, says_something, reflect_and_ask_contract, S.CONTRACT),
        Row(S.CONTRACT, option("kind"), None, keep_contract, SCOPE),
        Row(S.CONTRACT, (option("any"), option("skip")), None, None, SCOPE),
        Row(S.CONTRACT, option("more"), None, ask_other_wish, S.WISH),
        Row(S.CONTRACT, option("wrong"), None, refuse_guess, S.CONTRACT),
        Row(S.CONTRACT, option("back"), None, ask_wish, S.WISH),
        Row(S.CONTRACT, TEXT, only_personal, leave_personal, S.WISH),
        Row(S.CONTRACT, TEXT, only_contract, keep_contract, SCOPE),
        Row(S.CONTRACT, TEXT, says_contract, keep_wish, SCOPE),
        Row(S.CONTRACT, TEXT, is_over, None, SCOPE),
        Row(S.CONTRACT, TEXT, says_something, reflect_and_ask_contract, S.CONTRACT),
        Row(S.LIKES, (option("like"), option("skip")), None, keep_like_and_ask_done, S.DONE),
        Row(S.LIKES, option("back"), None, ask_wish, S.WISH),
        Row(S.LIKES, TEXT, names_a_wish, reflect_and_ask_contract, S.CONTRACT),
        Row(S.LIKES, TEXT, None, keep_like_and_ask_done, S.DONE),
        Row(S.DONE, (option("done"), option("skip")), None, keep_done_and_ask_setting, S.SETTING),
        Row(S.DONE, option("back"), None, ask_likes, S.LIKES),
        Row(S.DONE, TEXT, None, keep_done_and_ask_setting, S.SETTING),
        Row(S.SETTING, (option("setting"), option("skip")), None, propose_ideas, S.IDEA),
        Row(S.SETTING, option("back"), None, ask_done, S.DONE),
        Row(S.SETTING, TEXT, None, propose_ideas, S.IDEA),
        Row(S.IDEA, option("idea"), None, keep_idea, SCOPE),
        Row(S.IDEA, (option("none"), option("skip")), None, leave_open, SCOPE),
        Row(S.IDEA, option("back"), None, ask_setting, S.SETTING),
        Row(S.IDEA, TEXT, means("non", "je_sais_pas", "peut_etre"), leave_open, SCOPE),
        Row(S.IDEA, TEXT, says_something, reflect_and_ask_contract, S.CONTRACT),
    ),
)
