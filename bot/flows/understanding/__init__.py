"""Understanding: one reading of a message, `read(text, language, now, asked, lexicon) -> Reading`. Pure; its data is loaded by `bot.resources`."""

from bot.flows.understanding.reader import read
from bot.flows.understanding.reading import Lexicon, Reading

__all__ = ["Lexicon", "Reading", "read"]
