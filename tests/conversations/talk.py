"""A conversation played pure: no database, no clock, no network; what the house does between two steps is done here.

A transcript is a text file. Each line begins with who speaks:

    # a remark
    ~ channel telegram    sets the stage: channel, postcodes, age, wish or barrier (a referral told it), consent
    👤 words              the person writes
    👤 [label]            the person presses that button
    👤 (lien)             the link is opened; also (vocal), (photo), (sticker), (lieu), (contact), (corrige), (bloque) …
    🤖 words              the bot's answer holds these words, after those of the line before
    🤖 (rien)             the bot says nothing
    🔘 label              the open question has this button
    📋 kind               the step put this on the advisers' list
    ⏰ +3 days            time passes, what was planned comes due
    👩‍💼 (prend la parole)  an adviser takes the floor; (rend la parole) gives it back
"""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import bot.flows.understanding
from bot import texts
from bot.domain.conversation import AgencyFacts, Conversation, Facts, Step
from bot.domain.effects import (
    Ask,
    Consent,
    EraseMe,
    Forget,
    KeepLink,
    OpenTask,
    Remind,
    ResumeContact,
    Say,
    StopContact,
)
from bot.domain.messages import Channel, Inbound, InboundKind, Media
from bot.domain.people import Barrier, Wish
from bot.flows.conversation import respond
from bot.flows.understanding import Lexicon, load_lexicon

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AGENCY = AgencyFacts(
    name="Mission Locale de Valombre",
    slug="valombre",
    town="Valombre",
    adviser="Camille",
    answer_by="demain",
    notice_version="2",
)
KINDS = {
    "(lien)": Inbound(InboundKind.ARRIVED),
    "(vocal)": Inbound(InboundKind.VOICE, media=Media("voice", "v1", "audio/ogg", seconds=7)),
    "(photo)": Inbound(InboundKind.FILE, media=Media("photo", "p1", "image/jpeg")),
    "(sticker)": Inbound(InboundKind.STICKER),
    "(lieu)": Inbound(InboundKind.PLACE),
    "(contact)": Inbound(InboundKind.CONTACT),
    "(corrige)": Inbound(InboundKind.EDITED, text="la vente"),
    "(inconnu)": Inbound(InboundKind.UNSUPPORTED),
    "(bloque)": Inbound(InboundKind.BLOCKED),
    "(débloque)": Inbound(InboundKind.UNBLOCKED),
}
UNITS = {"minutes": "minutes", "hours": "hours", "days": "days", "weeks": "weeks"}


@cache
def lexicon() -> Lexicon:
    """The real lists, read once."""
    folder = Path(bot.flows.understanding.__file__).parent
    return load_lexicon(lambda name: (folder / name).read_bytes())


@dataclass
class Talk:
    """One person's conversation: `said` is the last answer, `heard` how often the person wrote or pressed."""

    facts: Facts = field(
        default_factory=lambda: Facts(AGENCY, public_url="https://chat.example.org", fresh="x" * 22, code="AB12CD34")
    )
    conversation: Conversation = field(default_factory=Conversation)
    now: datetime = START
    said: str = ""
    steps: list[Step] = field(default_factory=list)
    planned: dict[str, Remind] = field(default_factory=dict)
    tasks: list[OpenTask] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    heard: int = 0

    def take(self, inbound: Inbound) -> Step:
        """One step, then what the house does with it."""
        before = self.conversation
        step = respond(before, inbound, self.facts, self.now, lexicon())
        if inbound.kind is not InboundKind.TIMER:
            self.facts = replace(self.facts, last_heard=self.now)
        self.steps.append(step)
        self._keep(step)
        self.conversation = self._labelled(step)
        return step

    def write(self, words: str) -> Step:
        """The person writes words."""
        self.heard += 1
        return self.take(Inbound(InboundKind.TEXT, text=words))

    def press(self, label: str) -> Step:
        """The person presses the button with this label."""
        self.heard += 1
        options = {words: option for option, words in self.conversation.labels}
        assert label in options, f"no button {label!r} among {sorted(options)}"
        return self.take(Inbound(InboundKind.OPTION, option=options[label], turn=self.conversation.turn))

    def wait(self, time: timedelta) -> list[Step]:
        """Time passes; what comes due on the way fires in order."""
        until, steps = self.now + time, []
        while due := [r for r in self.planned.values() if r.at <= until]:
            first = min(due, key=lambda r: r.at)
            del self.planned[first.key]
            self.now = max(self.now, first.at)
            turn = self.conversation.turn if first.turn_bound else 0
            steps.append(self.take(Inbound(InboundKind.TIMER, reason=first.reason, turn=turn)))
        self.now = until
        return steps

    @property
    def buttons(self) -> tuple[str, ...]:
        """The open question's labels."""
        return tuple(label for _, label in self.conversation.labels)

    def _keep(self, step: Step) -> None:
        for effect in step.effects:
            match effect:
                case Remind(key=key):
                    self.planned[key] = effect
                case Forget(key):
                    self.planned.pop(key, None)
                case OpenTask():
                    self.tasks.append(effect)
                case StopContact() | ResumeContact():
                    self.facts = replace(self.facts, stopped=isinstance(effect, StopContact))
                case EraseMe():
                    self.facts = replace(Facts(AGENCY, channel=self.facts.channel), public_url=self.facts.public_url)
                case Say() | Ask() | KeepLink():
                    pass
                case _:
                    self.facts = self.facts.after(effect)

    def _labelled(self, step: Step) -> Conversation:
        spoken = [e for e in step.effects if isinstance(e, Say | Ask)]
        language = step.conversation.language
        self.said = "\n\n".join(texts.render(language, e.text, e.args) for e in spoken)
        asked = next((e for e in reversed(spoken) if isinstance(e, Ask)), None)
        if asked is None:
            return step.conversation
        self.asked.append(asked.text)
        labels = tuple((o.id, o.label or texts.render(language, o.text, o.args)) for o in asked.options)
        return replace(step.conversation, labels=labels)


# --- transcripts ----------------------------------------------------------------------------------------------------


class Mismatch(AssertionError):
    """The conversation went another way than the transcript."""


def play(transcript: str) -> Talk:
    """Play a transcript. Raises Mismatch at the first line that does not hold."""
    talk = Talk()
    for number, line in enumerate(transcript.splitlines(), 1):
        who, _, words = line.strip().partition(" ")
        if not who or who == "#":
            continue
        try:
            _LINES[who](talk, words.strip())
        except AssertionError as error:
            raise Mismatch(f"line {number}: {line.strip()}\n{error}\nthe bot said:\n{talk.said}") from error
    return talk


def _person(talk: Talk, words: str) -> None:
    talk.tasks.clear()
    if words in KINDS:
        talk.take(KINDS[words])
    elif words.startswith("["):
        talk.press(words.strip("[]"))
    else:
        talk.write(words)


def _bot(talk: Talk, words: str) -> None:
    if words == "(rien)":
        assert talk.said == "", "it was expected to say nothing"
        return
    at = talk.said.find(words)
    assert at >= 0, "it was expected to say this, after what came before"
    talk.said = talk.said[at + len(words) :]


def _button(talk: Talk, label: str) -> None:
    assert label in talk.buttons, f"the buttons are {talk.buttons}"


def _task(talk: Talk, kind: str) -> None:
    assert kind in [task.kind for task in talk.tasks], f"the tasks are {talk.tasks}"


def _clock(talk: Talk, words: str) -> None:
    found = re.fullmatch(r"\+(\d+) (minutes|hours|days|weeks)", words)
    assert found, "time is written as +3 days"
    talk.tasks.clear()
    spoken = []
    for _ in talk.wait(timedelta(**{UNITS[found.group(2)]: int(found.group(1))})):
        spoken.append(talk.said)
    talk.said = "\n\n".join(filter(None, spoken))


def _adviser(talk: Talk, words: str) -> None:
    if words == "(prend la parole)":
        talk.facts = replace(talk.facts, floor="Camille")
    else:
        talk.facts = replace(talk.facts, floor="")
        talk.take(Inbound(InboundKind.RETURNED))


def _stage(talk: Talk, words: str) -> None:
    name, _, value = words.partition(" ")
    card, agency = talk.facts.card, talk.facts.agency
    stages = {
        "channel": lambda: replace(talk.facts, channel=Channel(value)),
        "postcodes": lambda: replace(talk.facts, agency=replace(agency, postcodes=tuple(value.split()))),
        "wish": lambda: replace(talk.facts, card=replace(card, wishes=(Wish(value),))),
        "barrier": lambda: replace(talk.facts, card=replace(card, barriers=(Barrier(value),))),
        "consent": lambda: talk.facts.after(Consent(value, given=True)),
        "age": lambda: replace(talk.facts, profile=replace(talk.facts.profile, age=value)),
    }
    talk.facts = stages[name]()


_LINES = {"👤": _person, "🤖": _bot, "🔘": _button, "📋": _task, "⏰": _clock, "👩‍💼": _adviser, "~": _stage}
