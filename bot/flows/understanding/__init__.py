"""Understanding: one reading of a message, `read(text, language, now, asked, lexicon) -> Reading`.

Pure: `load_lexicon` is handed a function that reads the JSON files beside this module, so that files stay outside the
core.
"""

from bot.flows.understanding.reader import read
from bot.flows.understanding.reading import Lexicon, Reading
from bot.flows.understanding.tables import load_lexicon

__all__ = ["Lexicon", "Reading", "load_lexicon", "read"]
