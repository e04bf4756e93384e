"""Scripted young people: given a bot's message, what they press or type next. All fictional, the same ones for every
bot measured.

A persona knows nothing of the flow: it reads the buttons of the question. It presses its favourite among those it
finds, types its own words where only ways out are offered, and is done when the message asks nothing more.
"""

from dataclasses import dataclass, field
from itertools import cycle
from typing import Final

from bench.bot_api import Message

WAYS_OUT: Final = frozenset(
    {"human", "help", "back", "skip", "later", "restart", "language", "data", "erase", "code", "who", "stop", "resume"}
)
"""Options that every question offers: not an answer."""

WISHES: Final = (
    "vendeuse ou coiffure",
    "travailler dans la cuisine",
    "chauffeur livreur",
    "m'occuper d'enfants",
    "jsp un truc avec les animaux",
    "mécanique auto",
)
ASKED_IN_WORDS: Final = {"numéro": "06 39 98 00 01", "appelle": "Camille", "prénom": "Camille", "ville": "Bourg-Fictif"}
"""What is typed when the bot's words hold the key: a number, a name, a town."""

WORDS: Final = ("lundi et mardi matin", "plutôt l'après-midi", "tous les jours", "je préfère en parler")
FAVOURITES: Final = (
    ("kind:emploi", "age:18_25", "none", "part:matin", "yes", "way:call"),
    (
        "kind:alternance",
        "age:16_17",
        "barrier:mobilite",
        "none",
        "part:apres_midi",
        "never:nuit",
        "yes",
        "way:appointment",
    ),
    ("any", "age:18_25", "barrier:logement", "none", "part:any", "yes", "way:write"),
    ("kind:formation", "age:18_25", "barrier:administratif", "none", "part:matin", "yes", "way:call"),
)


@dataclass(slots=True)
class Answer:
    """What the persona does: presses `data`, or types `text`."""

    data: str = ""
    text: str = ""


@dataclass
class Persona:
    """The n-th young person. `turns` counts what they sent; after `most` they stop whatever the bot asks."""

    number: int
    most: int = 25
    turns: int = 0
    pressed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._favourites = FAVOURITES[self.number % len(FAVOURITES)]
        self._words = cycle((WISHES[self.number % len(WISHES)], *WORDS))

    def answer(self, message: Message) -> Answer | None:
        """The next thing they do; None = their conversation is over."""
        self.turns += 1
        if not message.buttons or self.turns >= self.most:
            return None
        choices = {data.partition(":")[2]: data for data, _ in message.buttons}
        real = [option for option in choices if option not in WAYS_OUT and option != "unsure"]
        if not real:
            return Answer(text=self._say(message.text))
        option = self._choose(real)
        self.pressed.add(option)
        return Answer(data=choices[option])

    def _say(self, question: str) -> str:
        known = (text for key, text in ASKED_IN_WORDS.items() if key in question and self.turns > 1)
        return next(known, "") or next(self._words)

    def _choose(self, real: list[str]) -> str:
        """The favourite, else the first one not pressed yet: a list where several may be chosen comes to its end."""
        fresh = [option for option in real if option not in self.pressed or option == "none"]
        for wanted in self._favourites:
            if wanted in fresh:
                return wanted
        return (fresh or real)[0]
