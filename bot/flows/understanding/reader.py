"""The reader, first version: closed lists, accents and typos folded."""

import re
from datetime import datetime

from bot.domain.conversation import Conversation
from bot.domain.people import Wish
from bot.flows.understanding.fold import fold
from bot.flows.understanding.reading import Lexicon, Reading

_MOST_READ = 2_000


def read(text: str, language: str, now: datetime, asked: Conversation, lexicon: Lexicon) -> Reading:
    """Read `text` (any length, any script) as an answer to the open question of `asked`, at `now` (aware UTC)."""
    folded = fold(text[:_MOST_READ])
    intent = str(lexicon.tables.get("intents", {}).get(folded, ""))
    option = _option(folded, asked)
    wishes = (Wish(text.strip()[:120]),) if folded and not intent and not option else ()
    age = _age(folded)
    return Reading(folded=folded, intent=intent, option=option, wishes=wishes, age=age)


def _option(folded: str, asked: Conversation) -> str:
    for option, label in asked.labels:
        if fold(label) == folded:
            return option
    return ""


def _age(folded: str) -> str:
    found = re.search(r"\b(\d{2})\b", folded)
    if not found:
        return ""
    years = int(found.group(1))
    for limit, band in ((14, "under_15"), (15, "15"), (17, "16_17"), (25, "18_25"), (29, "26_29")):
        if years <= limit:
            return band
    return "over_29"
