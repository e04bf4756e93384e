"""One persona's conversation as their phone showed it, and what the record holds afterwards."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

from bench.people_house import ADVISER, House, Reply, Voice
from bench.people_personas import AWAY, TOPICS, Deed, Persona

MOST: Final = 45
"""Own messages after which a conversation counts as stuck."""

_PROMISED: Final = re.compile(
    r"aujourd'hui|demain|lundi|mardi|mercredi|jeudi|vendredi|dès que possible|today|tomorrow|monday|tuesday|wednesday"
    r"|thursday|friday|as soon as|اليوم|غد|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة",
    re.IGNORECASE,
)
_FACT: Final = re.compile(
    r"0 800 \d|\b(?:115|119|3919|3114|39 49|3018|112)\b|\bCIO\b|des aides|On cherche avec toi|avec toi\."
)
_WAY_ON: Final = re.compile(rf"\?|؟|{ADVISER}|écri[st]|REPRISE|reviens|prends ton temps|write|اكتب", re.IGNORECASE)
_PEOPLE: Final = frozenset(
    {"asked_for_person", "appointment_wanted", "call_back", "write_back", "outside_scope", "danger"}
)
_ENDS: Final = frozenset({"scope-farewell", "rights-erased"})
"""Last words to somebody who wants nothing more: the right place was named, or everything is erased."""


@dataclass
class Transcript:
    """`lines` are (me or bot, words). `useful` is the bot message that first helped, `recap` the own messages before
    the recap; 0 = never. `twice` and `dead` say what went wrong, in words.
    """

    persona: Persona
    lines: list[tuple[str, str]] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    heard: int = 0
    useful: int = 0
    recap: int = 0
    twice: list[str] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    missed: int = 0
    nudges: int = 0
    record: dict[str, Any] = field(default_factory=dict)

    @property
    def reached(self) -> bool:
        """Did they come to the recap, or to a person?"""
        return bool(self.recap) or bool(_PEOPLE & set(self.record["tasks"])) or bool(_ENDS & set(self.questions))

    def shown(self) -> str:
        """For a reader."""
        p = self.persona
        came = f"own messages {p.said}, recap after {self.recap}, useful {self.useful}"
        head = f"# {p.place:03} {p.kind.name}, {p.phone}, {p.facts.band}; {came}"
        marks = [f"!! asked twice: {one}" for one in self.twice] + [f"!! dead end: {one}" for one in self.dead]
        said = [f"{'👤' if who == 'me' else '🤖'} " + text.replace("\n", "\n   ") for who, text in self.lines]
        return "\n".join([head, *marks, *said, f"   {self.record}", ""])

    def hear(self, reply: Reply) -> None:
        """What the phone shows now."""
        buttons = f"   [{' | '.join(label for _, label in reply.buttons)}]" if reply.buttons else ""
        self.lines.append(("bot", f"{reply.text}\n{buttons}".rstrip()))
        self.questions.append(reply.question)
        self.heard += 1
        if not self.useful and _is_useful(reply.text):
            self.useful = self.heard
        if not self.recap and reply.question == "recap-ask":
            self.recap = self.persona.said
        self.missed += "Je n'ai pas compris" in reply.text

    def judge(self, reply: Reply) -> None:
        """Was something asked that was already given? Is there a way on?"""
        topic = TOPICS.get(reply.question, "")
        if self.persona.has_given(topic) and not self.persona.wants_again:
            self.twice.append(f"{topic} after {self.lines[-2][1]!r}")
        if not reply.text:
            self.dead.append(f"no answer to {self.lines[-1][1]!r}")
        elif not reply.buttons and not _WAY_ON.search(reply.text) and not self.persona.thanked:
            self.dead.append(f"nothing to go on with: {reply.text!r}")


def _is_useful(text: str) -> bool:
    return bool((ADVISER in text and _PROMISED.search(text)) or _FACT.search(text))


async def meet(house: House, persona: Persona, voice: Voice) -> Transcript:
    """The whole conversation of one persona."""
    transcript = Transcript(persona)
    reply = await voice.open(persona.language)
    transcript.hear(reply)
    while (deed := persona.answer(reply)) is not None:
        if deed.away:
            await _stay_away(house, transcript, voice)
            continue
        transcript.lines.append(("me", deed.text or reply.options[deed.option]))
        reply = await _do(voice, reply, deed)
        transcript.hear(reply) if reply.text else None
        transcript.judge(reply)
        if persona.said >= MOST:
            transcript.dead.append("no end")
            break
    transcript.record = await _record(house, voice.contact)
    await voice.close()
    return transcript


async def _do(voice: Voice, reply: Reply, deed: Deed) -> Reply:
    return await (voice.press(reply, deed.option) if deed.option else voice.say(deed.text))


async def _stay_away(house: House, transcript: Transcript, voice: Voice) -> None:
    for time in AWAY:
        said = await house.time_passes(voice.contact, time)
        transcript.nudges += len(said)
        transcript.lines += [("bot", f"(after {time}) {one.text}") for one in said]


async def _record(house: House, contact: int) -> dict[str, Any]:
    """What the record holds of them."""
    queries = {
        "outcome": "select outcome from conversation where contact_id = $1",
        "tasks": "select kind from task where contact_id = $1 order by kind",
        "domains": "select distinct unnest(domains) from wish where contact_id = $1 and not refused order by 1",
        "contracts": "select distinct contract from wish"
        " where contact_id = $1 and not refused and contract <> '' order by 1",
        "barriers": "select category from barrier where contact_id = $1 and value = 'yes' order by 1",
        "slots": "select array_to_string(array("
        "select s->>0 || '.' || (s->>1) from jsonb_array_elements(slots) s order by 1), ' ')"
        " from availability where contact_id = $1 and slots is not null",
        "work": "select w->>0 from availability a, jsonb_array_elements(a.work) w where a.contact_id = $1 order by 1",
        "profile": "select unnest(array[age, first_name, phone, town]) from young_person where id = $1",
    }
    return {name: [row[0] for row in await house.owner.fetch(query, contact)] for name, query in queries.items()}
