"""What can be asked for at any moment, by a button or in words: one name for both."""

from typing import Final

from bot.domain.messages import Inbound, InboundKind
from bot.flows.understanding import Reading

COMMAND_OF_INTENT: Final = {
    "humain": "human",
    "rdv_prendre": "meet",
    "appel": "meet",
    "ecrit": "meet",
    "aide": "help",
    "retour": "back",
    "passer": "skip",
    "plus_tard": "later",
    "recommencer": "restart",
    "langue": "language",
    "mes_donnees": "data",
    "efface_moi": "erase",
    "code": "code",
    "qui_es_tu": "who",
    "stop": "stop",
    "reprise": "resume",
}
"""An intent understood in words is the same as its button."""

COMMANDS: Final = frozenset(COMMAND_OF_INTENT.values())

SMALL_TALK: Final = frozenset({"merci", "salutation", "au_revoir", "insulte"})
"""What is answered in kind, whatever is being asked."""

RIGHTS: Final = frozenset({"data", "erase", "stop", "resume"})
"""Commands that no adviser's lease and no open question may hold back."""


def command_of(inbound: Inbound, reading: Reading) -> str:
    """The command asked for, "" when none. A pressed button is itself; words that chose an open button are that button
    and nothing else.
    """
    if inbound.kind is InboundKind.OPTION:
        name = inbound.option.partition(":")[0]
        return name if name in COMMANDS else ""
    return COMMAND_OF_INTENT.get(reading.intent, "") if not reading.option else ""
