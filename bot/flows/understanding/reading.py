"""What one message was read as. Empty means unknown: the reader refuses rather than guesses."""

from dataclasses import dataclass, field

from bot.domain.people import Availability, Barrier, Wish


@dataclass(frozen=True, slots=True)
class Reading:
    """`intent` is one of: humain, stop, reprise, aide, retour, passer, plus_tard, recommencer, langue, mes_donnees, efface_moi, code, qui_es_tu,
    oui, non, peut_etre, je_sais_pas, merci, salutation, au_revoir, or "" (unknown). `danger` is a safety category, "" when none.

    `language` is set only when the person asked for one; `option` is the button whose words or number were typed.
    """

    folded: str = ""
    intent: str = ""
    danger: str = ""
    option: str = ""
    language: str = ""
    wishes: tuple[Wish, ...] = ()
    undecided: bool = False
    barriers: tuple[Barrier, ...] = ()
    availability: Availability | None = None
    age: str = ""
    phone: str = ""
    first_name: str = ""
    postcode: str = ""
    words: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words the reader knows, loaded once by `bot.resources` from the JSON files beside this module: table name -> folded form -> value."""

    tables: dict[str, dict[str, object]] = field(default_factory=dict)
