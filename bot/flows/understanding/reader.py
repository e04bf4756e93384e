"""The reader, first version: closed lists, with accents, SMS spelling and small typing errors folded. Bounded time
whatever the length.

What may be meant depends on what was asked: a number is an age only after the question of age, a word names a job only
where wishes are spoken of.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.domain.conversation import Conversation
from bot.domain.people import is_sensitive
from bot.flows.understanding import particulars
from bot.flows.understanding.choices import choose, exact
from bot.flows.understanding.fold import SEPARATOR, plain, tokens
from bot.flows.understanding.jobs import names_personal, read_wishes, without_personal
from bot.flows.understanding.phrases import scan
from bot.flows.understanding.reading import Lexicon, Reading
from bot.flows.understanding.troubles import read_barriers, read_beside
from bot.flows.understanding.when import read_availability
from bot.flows.understanding.words import Words

_MOST_READ: Final = 2_000
_SPEAK_OF_WISHES: Final = frozenset({"welcome", "wishes", "scope", "recap", "home"})
_SPEAK_OF_BARRIERS: Final = frozenset({"barriers", "scope", "recap"})
_SPEAK_OF_TIME: Final = frozenset({"scope", "availability", "recap", "home"})
_SIGNS: Final = {
    "👍": "oui",
    "✅": "oui",
    "👌": "oui",
    "🆗": "oui",
    "✔": "oui",
    "👎": "non",
    "❌": "non",
    "🙅": "non",
    "🙏": "merci",
    "❤": "merci",
    "👋": "salutation",
}
_SMALL_TALK: Final = frozenset({"merci", "salutation", "au_revoir", "oui", "non", "peut_etre"})
_DATED: Final = frozenset({"dispo", "disponibl", "libr"})
"""Stems that say, wherever they stand, that the sentence is about free time."""


def read(text: str, language: str, now: datetime, asked: Conversation, lexicon: Lexicon) -> Reading:
    """Read `text` (any length, any script) as an answer to the open question of `asked`, at `now` (aware UTC)."""
    cut = text[:_MOST_READ]
    found = tokens(cut)
    folded = " ".join(t for t in found if t != SEPARATOR)
    if not folded:
        return Reading(intent=next((intent for sign, intent in _SIGNS.items() if sign in cut), ""))
    words = lexicon.speller.of_tokens(found)
    if pressed := exact(folded, asked.labels):
        return Reading(folded=folded, option=pressed)
    reading = Reading(folded=folded, danger=_danger(words, lexicon))
    if option := choose(folded, words, asked.labels, lexicon.speller):
        return replace(reading, option=option)
    intent, language_asked = _intent(words, lexicon)
    reading = replace(reading, intent=intent, language=language_asked, speaks=particulars.language_of(cut, folded))
    return _with_content(_with_particulars(reading, cut, now, asked), cut, words, asked, lexicon)


def _danger(words: Words, lexicon: Lexicon) -> str:
    """The first danger named that is no set idiom."""
    return next((f.value for f in scan(words.bare, lexicon.dangers) if f.value), "")


def _intent(words: Words, lexicon: Lexicon) -> tuple[str, str]:
    """The intent and the language asked for."""
    if code := lexicon.languages.get(words.full):
        return "langue", code
    return _whole(words.full, lexicon) or next((f.value for f in scan(words.bare, lexicon.inside)), ""), ""


def _whole(said: tuple[str, ...], lexicon: Lexicon) -> str:
    """The intent of a message that says nothing else; small words after it leave it as it is: "oui c'est bien ça"."""
    for end in range(len(said), 0, -1):
        if intent := lexicon.whole.get(said[:end]):
            return intent
        if said[end - 1] not in lexicon.tails:
            break
    return ""


def _with_particulars(reading: Reading, text: str, now: datetime, asked: Conversation) -> Reading:
    question = asked.frame.asked.text if asked.frame.asked else ""
    has_digits = any(c.isdigit() for c in reading.folded)
    return replace(
        reading,
        age=particulars.read_age(reading.folded, now, asked=question.startswith("scope-ask-age")),
        phone=particulars.read_phone(text) if has_digits else "",
        postcode=particulars.read_postcode(text) if has_digits else "",
        first_name=particulars.read_first_name(text, asked=question == "meeting-ask-name"),
    )


def _with_content(reading: Reading, text: str, words: Words, asked: Conversation, lexicon: Lexicon) -> Reading:
    """What the open question makes likely. A small word beside real content is only politeness."""
    flow = asked.frame.flow
    wants = not lexicon.wanting.isdisjoint(words.full)
    named = read_barriers(words, lexicon)
    barriers = named if flow in _SPEAK_OF_BARRIERS else read_beside(words, lexicon) if named else ()
    speaks_of_wishes = flow in _SPEAK_OF_WISHES or (wants and not barriers)
    wishes = read_wishes(text, words, lexicon) if speaks_of_wishes else ()
    sensitive = any(is_sensitive(b.category) for b in named) and (
        flow in _SPEAK_OF_BARRIERS or not wishes or names_personal(words, lexicon)
    )
    if sensitive:
        wishes = tuple(without_personal(wish, lexicon) for wish in wishes)
    availability = (
        read_availability(plain(text), lexicon.when) if flow in _SPEAK_OF_TIME or _DATED & set(words.full) else None
    )
    polite = reading.intent in _SMALL_TALK and bool(wishes or barriers or availability)
    return replace(
        reading,
        intent="" if polite else reading.intent,
        wishes=wishes,
        wants=wants,
        undecided=reading.intent == "je_sais_pas" and not any(w.domains for w in wishes),
        barriers=barriers,
        sensitive=sensitive,
        availability=availability,
    )
