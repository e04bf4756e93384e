"""The measuring side: chats that talk, and what came of every turn.

A turn is an update pushed and the message it led to. Acknowledge = from the moment the update was due until the bot's
200; reply = from the same moment until the bot's message reached the Bot API. Nothing is assumed about the bot: a
message nobody waited for is `doubled`, an update without its message is `lost`, a question older than one already
asked is `out of order`.
"""

import asyncio
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.bot_api import BotApi, Message, Trouble, Webhook, now
from bench.personas import Persona

FIRST_CHAT = 1_000_001


async def until(done: Callable[[], bool], seconds: float) -> bool:
    """Looks every 10 ms until `done`; False when the seconds ran out first."""
    deadline = now() + seconds
    while not (over := done()):
        await asyncio.sleep(0.01)
        if now() > deadline:
            break
    return over


def percentile(sorted_values: "array[float]", share: float) -> float:
    """The value below which `share` of them lie (0 when there are none)."""
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * share))] if sorted_values else 0.0


@dataclass
class Tally:
    """What happened between two moments. Latencies in milliseconds."""

    turns: int = 0
    conversations: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    acknowledged: "array[float]" = field(default_factory=lambda: array("d"))
    replied: "array[float]" = field(default_factory=lambda: array("d"))

    def add_late(self, other: "Tally") -> None:
        """What landed after the end belongs to the latencies and to the faults, not to the throughput."""
        self.lost += other.lost
        self.doubled += other.doubled
        self.disordered += other.disordered
        self.acknowledged.extend(other.acknowledged)
        self.replied.extend(other.replied)

    def latencies(self) -> dict[str, float]:
        """p50, p95, p99 of both clocks."""
        figures = {}
        for name, values in (("ack", self.acknowledged), ("reply", self.replied)):
            ordered = array("d", sorted(values))
            for share in (0.5, 0.95, 0.99):
                figures[f"{name}_p{round(share * 100)}_ms"] = round(percentile(ordered, share), 1)
        return figures


@dataclass(slots=True)
class Chat:
    """One persona's chat: since when it waits for an answer (0 = it does not), the last message, the highest question
    seen.
    """

    id: int
    persona: Persona
    since: float = 0.0
    open: int = 0
    last: Message | None = None
    turn: int = -1
    heard: list[str] = field(default_factory=list)


class Driver:
    """Chats against one bot. `api` is its Bot API, `webhook` its way in."""

    def __init__(self, trouble: Trouble | None = None, first: int = FIRST_CHAT) -> None:
        self.first = first  # chats and updates are numbered from here: two runs on one database never share a number
        self.trouble = trouble or Trouble()
        self.api = BotApi(self.trouble, self._on_message)
        self.webhook: Webhook = Webhook(0, "/")
        self.chats: dict[int, Chat] = {}
        self.tally = Tally()
        self.finished: list[int] = []
        self.meter: Callable[[], dict[str, float]] = dict  # read at both ends of what is measured
        self.aside: Callable[[Message], bool] = lambda message: False  # messages that answer nobody: an adviser's
        self.enough = False  # ends a steady load before its time
        self.spent: dict[str, float] = {}
        self.trace: dict[int, list[str]] | None = None  # every text a chat received, in its order, when kept
        self._next_chat = first
        self._ready: Callable[[Chat], None] = lambda chat: None

    # --- talking ------------------------------------------------------------------------------------------------

    def new_chat(self) -> Chat:
        """A new person opens the bot: /start."""
        chat = Chat(self._next_chat, Persona(self._next_chat))
        self._next_chat += 1
        self.chats[chat.id] = chat
        self.say(chat, "/start")
        return chat

    def say(self, chat: Chat, text: str) -> int:
        """The person types; returns the update id."""
        self._waits(chat)
        return self.webhook.text(chat.id, text, self._taken)

    def act(self, chat: Chat) -> bool:
        """The persona's next thing; False when their conversation is over."""
        assert chat.last is not None
        answer = chat.persona.answer(chat.last)
        if answer is None:
            self.tally.conversations += 1
            self.finished.append(chat.id)
            del self.chats[chat.id]
            return False
        if answer.data:
            self._waits(chat)
            self.webhook.press(chat.last, answer.data, self._taken)
        else:
            self.say(chat, answer.text)
        return True

    def _waits(self, chat: Chat) -> None:
        chat.open += 1
        chat.since = now()

    def _taken(self, due: float, taken: float) -> None:
        self.tally.acknowledged.append((taken - due) * 1000)

    def _on_message(self, message: Message) -> None:
        if self.trace is not None:
            self.trace.setdefault(message.chat, []).append(message.text)
        chat = self.chats.get(message.chat)
        if self.aside(message):
            return
        if chat is None or not chat.open:
            self.tally.doubled += 1
            return
        turn = int(message.buttons[0][0].partition(":")[0]) if message.buttons else chat.turn + 1
        if turn <= chat.turn:
            self._again(chat, turn)
            return
        chat.open -= 1
        chat.last, chat.turn = message, turn if message.buttons else chat.turn
        self.tally.turns += 1
        self.tally.replied.append((message.at - chat.since) * 1000)
        self._ready(chat)

    def _again(self, chat: Chat, turn: int) -> None:
        """A question that the chat has seen: the same copy again, or an older one after a newer one."""
        if turn == chat.turn:
            self.tally.doubled += 1
        else:
            self.tally.disordered += 1

    # --- loads --------------------------------------------------------------------------------------------------

    async def closed(self, chats: int, seconds: float, warm: float = 2.0) -> tuple[Tally, float]:
        """`chats` people answer as fast as the bot does; who finishes is replaced. Returns the tally of `seconds` after
        `warm`, and the time it took.
        """
        self._ready = self._go_on
        for _ in range(chats):
            self.new_chat()
        await asyncio.sleep(warm)
        self.tally, began, before = Tally(), now(), self.meter()
        await asyncio.sleep(seconds)
        tally, took = self.tally, now() - began
        self._count(before)
        tally.add_late(await self.quiet())
        return tally, took

    async def quiet(self, patience: float = 30.0) -> Tally:
        """Lets the open turns land without new ones; what does not land within `patience` seconds is lost."""
        self.silent()
        after = self.tally = Tally()
        await until(lambda: not self._open(), patience)
        await asyncio.sleep(0.3)  # a doubled message would come now
        after.lost += self._open()
        self.chats.clear()
        return after

    async def steady(self, rate: float, seconds: float, patience: float = 30.0) -> tuple[Tally, float]:
        """Updates leave at `rate` a second whatever the bot does: the next step of somebody who got an answer, else a
        newcomer.
        """
        idle: list[Chat] = []
        self._ready = idle.append
        self.tally, began, pushed, before = Tally(), now(), 0, self.meter()
        while (passed := now() - began) < seconds and not self.enough:
            while pushed < passed * rate:
                pushed += 1
                if not idle or not self.act(idle.pop()):
                    self.new_chat()
            await asyncio.sleep(0.002)
        tally, took = self.tally, now() - began
        self._count(before)
        late = await self.quiet(patience)
        tally.turns += late.turns
        tally.add_late(late)
        return tally, took

    def _count(self, before: dict[str, float]) -> None:
        self.spent = {name: value - before.get(name, 0.0) for name, value in self.meter().items()}

    def silent(self) -> None:
        """From now on nobody answers what they receive."""
        self._ready = lambda chat: None

    def _open(self) -> int:
        return sum(chat.open for chat in self.chats.values()) + self.webhook.waiting

    def _go_on(self, chat: Chat) -> None:
        if not self.act(chat):
            self.new_chat()
