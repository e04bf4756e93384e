"""The reader's tables, from JSON."""

import json
from collections.abc import Callable

from bot.flows.understanding.fold import fold
from bot.flows.understanding.reading import Lexicon


def load_lexicon(read_file: Callable[[str], bytes]) -> Lexicon:
    """The tables of the reader. `read_file` is given the name of a file beside this module and answers its bytes."""
    intents = json.loads(read_file("intents.json"))
    return Lexicon({"intents": {fold(form): intent for intent, forms in intents.items() for form in forms}})
