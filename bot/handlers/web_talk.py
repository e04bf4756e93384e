"""A conversation, read for its page: what to show, what is new, and when an answer has come."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from bot import clock, texts
from bot.actions.facts import Agencies
from bot.domain.conversation import Conversation
from bot.domain.effects import Ask, Say
from bot.domain.messages import Button, Inbound, InboundKind
from bot.flows.conversation import respond
from bot.flows.understanding import Lexicon
from bot.handlers.web_pages import FRENCH, words
from bot.handlers.web_view import Bubble, answers, bubbles, cursor
from bot.resources import Resources
from bot.store import web
from bot.store.pool import transaction
from bot.store.thread import Line, revealed, thread
from bot.store.web import ChatAgency, Standing, Visitor

_PAUSES = (0.015, 0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.2, 0.3, 0.3, 0.3, 0.3)
"""Seconds between two looks for an answer: two seconds in all, for a form without JavaScript."""

PAGE = 60
"""Lines of a page; the older ones come when asked for."""

WHOLE = 2_000
"""Lines of a page that shows everything."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What a page shows of a conversation. `after` is how far it has read; `live`: the browser may hold a stream;
    `fresh`: nobody has written yet, and `source` is what led here; `word` is a word from the page itself.
    """

    lines: list[Bubble]
    answers: tuple[Button, ...]
    after: int = 0
    floor: str = ""
    erased: bool = False
    language: str = FRENCH
    fresh: bool = False
    live: bool = False
    older: bool = False
    source: str = ""
    word: str = ""


class Talks:
    """Reads conversations. One per process."""

    def __init__(self, resources: Resources) -> None:
        self._resources, self._agencies = resources, Agencies(resources)

    async def read(self, visitor: Visitor, after: int = 0, most: int = PAGE) -> Talk:
        """The newest lines, of which the page knows those up to `after` already."""
        async with transaction(self._resources.db, [visitor.agency_id]) as conn:
            standing = await web.standing(conn, visitor)
            lines = await thread(conn, visitor.agency_id, visitor.contact_id, limit=most + 1)
            if len(lines) > most and lines[0].id > after > 0:
                lines = await thread(conn, visitor.agency_id, visitor.contact_id, after=after, limit=WHOLE)
        lines = [revealed(line, self._resources.secrets) for line in lines]
        older, lines = len(lines) > most, lines if after else lines[-most:]
        return Talk(
            [bubble for bubble in bubbles(lines, words(standing.language)) if bubble.id > after],
            () if standing.erased else answers(lines),
            cursor(lines, clock.now(), after),
            standing.floor,
            standing.erased,
            standing.language,
            older=older and not after,
        )

    async def standing(self, visitor: Visitor) -> Standing:
        """How the conversation stands."""
        async with transaction(self._resources.db, [visitor.agency_id]) as conn:
            return await web.standing(conn, visitor)

    async def opening(self, agency: ChatAgency, language: str, source: str) -> Talk:
        """The first message before anybody is known: what the conversation itself will say."""
        now = clock.now()
        async with transaction(self._resources.db, [agency.id]) as conn:
            await self._agencies.load(conn, [agency.id], now)
        facts = self._agencies.facts(agency.id, Conversation().language, now)
        step = respond(Conversation(), Inbound(InboundKind.ARRIVED, language=language), facts, now, Lexicon())
        spoken, asked = step.conversation.language, step.conversation.frame.asked
        said = [texts.render(spoken, one.text, one.args) for one in step.effects if isinstance(one, Say | Ask)]
        buttons = tuple(
            Button(f"{step.conversation.turn}:{one.id}", one.label or texts.render(spoken, one.text, one.args))
            for one in (asked.options if asked else ())
        )
        line = Line(0, now, "bot", "", "message", "\n\n".join(said), buttons, "sent")
        return Talk(bubbles([line], words(spoken)), buttons, language=spoken, fresh=True, source=source)

    async def until_answered(self, visitor: Visitor | None, inbox_id: int) -> bool:
        """Wait a moment for what the message causes; False when it takes longer. Asks the record itself, so that it
        works as well while Redis is away.
        """
        if visitor is None or not inbox_id:
            return True
        for pause in _PAUSES:
            async with transaction(self._resources.db, [visitor.agency_id]) as conn:
                if await web.is_answered(conn, visitor.agency_id, inbox_id):
                    return True
            await asyncio.sleep(pause)
        return False

    def ticks(self, visitor: Visitor) -> AsyncGenerator[bool]:
        """A tick each time something may have changed for this person; False: most likely nothing has."""
        return self._resources.fanout.subscribe(f"contact:{visitor.contact_id}")
