"""The heart: people with something waiting are claimed together, each takes their steps, and everything that follows
is one commit.

1. claim contacts (rows locked, passed over when another worker holds them) and load what their steps may know;
2. take the steps: pure, in order of arrival, one person after the other; a step that raises stays with its person;
3. write records, conversations, answers and what must leave: one transaction for all of them;
4. ring: somebody sends, open pages read again.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import asyncpg
import structlog

from bot import clock, texts
from bot.actions.deeds import Who, note_arrival, perform
from bot.actions.facts import Agencies, fresh_secrets
from bot.actions.ledger import Ledger
from bot.domain.conversation import Conversation, Facts, Step
from bot.domain.effects import Ask, EraseMe, KeepLink, Say, Skip
from bot.domain.messages import Button, Inbound, InboundKind
from bot.domain.words import SECRET_MARK
from bot.flows.conversation import respond
from bot.flows.understanding import Lexicon
from bot.resources import Resources, metrics
from bot.resources.secrets import outgoing_place
from bot.store.pool import DOWN, Connection
from bot.store.queries import load
from bot.work import rows
from bot.work.loop import attempt, where

_SQL = load("talk")
_log = structlog.get_logger()
MOST_PEOPLE = 64
_MOST_MESSAGES = 512
_TRIES = 3
_PASSES_FLOOR = frozenset({"safety", "rights"})


@dataclass(slots=True)
class Person:
    """One claimed contact: where the conversation stands, what is waiting, where to answer."""

    row: Any
    conversation: Conversation
    facts: Facts
    waiting: list[Any] = field(default_factory=list)
    address_id: int | None = None
    moved: bool = False


@dataclass(slots=True)
class Batch:
    """What a set of steps leaves behind, column by column as `save` wants it."""

    now: datetime
    ledger: Ledger = field(default_factory=Ledger)
    conversations: list[tuple[Any, ...]] = field(default_factory=list)
    answered: list[tuple[Any, ...]] = field(default_factory=list)
    outgoing: list[tuple[Any, ...]] = field(default_factory=list)
    timers: list[tuple[int, int, str, str]] = field(default_factory=list)
    failed: list[tuple[int, int]] = field(default_factory=list)
    topics: set[str] = field(default_factory=set)


class Converse:
    """The loop's body. One per process; several processes share the work by their claims."""

    def __init__(self, resources: Resources, lexicon: Lexicon) -> None:
        self._resources, self._lexicon = resources, lexicon
        self._agencies = Agencies(resources)
        self._most = MOST_PEOPLE

    async def once(self) -> int:
        """Answer one set of people; how many messages were dealt with. A set that cannot be written is taken again
        one person at a time.
        """
        try:
            batch = await self._turns(self._most)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
            if isinstance(error, DOWN):
                raise
            _log.warning("converse.set_failed", people=self._most, error=type(error).__name__, where=where(error))
            return await self._alone(error)
        self._most = min(MOST_PEOPLE, self._most * 2)
        self._resources.fanout.publish(batch.topics)
        metrics.answered.inc(len(batch.answered))
        return len(batch.answered) + len(batch.failed)

    async def _alone(self, error: Exception) -> int:
        """After a set failed: go on with one person; when that one fails, it is their message."""
        if self._most > 1:
            self._most = 1
            return 1
        async with self._resources.db.acquire(timeout=5) as conn, conn.transaction():
            people = await self._claim(conn, 1, clock.now())
            for person in people[:1]:
                await self._set_aside(conn, person.row["agency_id"], person.waiting[0]["id"], error)
        return 1

    async def _turns(self, most: int) -> Batch:
        now = clock.now()
        batch = Batch(now)
        async with self._resources.db.acquire(timeout=5) as conn, conn.transaction():
            for person in await self._claim(conn, most, now):
                self._talk(person, batch)
            await self._write(conn, batch)
        return batch

    # --- 1. claim and load --------------------------------------------------------------------------------------

    async def _claim(self, conn: Connection, most: int, now: datetime) -> list[Person]:
        claimed = await conn.fetch(_SQL.claim, most)
        if not claimed:
            return []
        ids = [row["contact_id"] for row in claimed]
        await self._agencies.load(conn, {row["agency_id"] for row in claimed}, now)
        people = {row["contact_id"]: self._person(row, now) for row in await conn.fetch(_SQL.people, ids)}
        for row in await conn.fetch(_SQL.waiting, ids, _MOST_MESSAGES):
            people[row["contact_id"]].waiting.append(row)
        await self._find_addresses(conn, people)
        return [person for person in people.values() if person.waiting]

    def _person(self, row: Any, now: datetime) -> Person:
        general = self._agencies.facts(row["agency_id"], row["language"], now)
        facts = rows.facts_about(row, general, self._resources.secrets)
        return Person(row, rows.conversation_of(row), facts)

    async def _find_addresses(self, conn: Connection, people: dict[int, Person]) -> None:
        """What comes from the house itself (a timer, the floor given back) is answered where the person last wrote."""
        homeless = [c for c, p in people.items() if any(w["address_id"] is None for w in p.waiting)]
        for row in await conn.fetch(_SQL.last_heard, homeless) if homeless else ():
            person = people[row["contact_id"]]
            person.address_id = row["address_id"]
            person.facts = replace(rows.at_address(person.facts, row["channel"]), last_heard=row["received_at"])

    # --- 2. the steps -------------------------------------------------------------------------------------------

    def _talk(self, person: Person, batch: Batch) -> None:
        for message in person.waiting:
            outcome = attempt(lambda message=message: self._step(person, message, batch))  # type: ignore[misc]
            if isinstance(outcome, Exception):
                batch.failed.append((person.row["agency_id"], message["id"]))
                _log.error(
                    "converse.step_failed", inbox=message["id"], error=type(outcome).__name__, where=where(outcome)
                )
                break
        if person.moved:
            key = (person.row["agency_id"], person.row["contact_id"])
            batch.conversations.append((*key, *rows.columns_of(person.conversation)))
        batch.topics |= {f"contact:{person.row['contact_id']}", f"agency:{person.row['agency_id']}", "outbox"}

    def _step(self, person: Person, message: Any, batch: Batch) -> None:
        """One message: pure until it succeeded, then its rows join the batch."""
        inbound = rows.inbound_of(message)
        if message["address_id"] is not None:
            person.address_id = message["address_id"]
            person.facts = rows.at_address(person.facts, message["channel"])
        fresh, code = fresh_secrets()
        person.facts = replace(person.facts, fresh=fresh, code=code)
        before = person.conversation
        step = _with_labels(respond(before, inbound, person.facts, batch.now, self._lexicon))
        outgoing = self._in_words(person, message, step)
        batch.ledger.merge(self._records(person, message, inbound, step, batch.now))
        _move_on(person, step)
        batch.outgoing += outgoing
        if message["timer_id"] is not None and not outgoing:
            batch.timers.append((person.row["agency_id"], message["timer_id"], *_end_of_plan(step)))
        label = _pressed(before, inbound, step)
        outcome = "answered" if outgoing else "heard"
        batch.answered.append((person.row["agency_id"], message["id"], outcome, label))

    def _records(self, person: Person, message: Any, inbound: Inbound, step: Step, now: datetime) -> Ledger:
        """The rows of one step's effects, apart until the step succeeded."""
        ledger, agency_id = Ledger(), person.row["agency_id"]
        who = Who(
            agency_id,
            person.row["contact_id"],
            message["id"],
            step.conversation.turn,
            now,
            self._agencies.calendar(agency_id),
            self._resources.secrets,
        )
        note_arrival(ledger, who, inbound)
        for effect in step.effects:
            perform(ledger, who, effect)
        return ledger

    def _in_words(self, person: Person, message: Any, step: Step) -> list[tuple[Any, ...]]:
        """All that a step says and asks is one message."""
        spoken = [e for e in step.effects if isinstance(e, Say | Ask)]
        if not spoken:
            return []
        row, language = person.row, step.conversation.language
        flow = spoken[0].text.partition("-")[0]
        turn, labels = step.conversation.turn, step.conversation.labels if isinstance(spoken[-1], Ask) else ()
        words = "\n\n".join(texts.render(language, e.text, e.args) for e in spoken)
        words, secret = self._sealed(words, step, message["id"])
        return [
            (
                row["agency_id"],
                row["contact_id"],
                person.address_id,
                message["id"],
                flow,
                spoken[-1].text,
                words,
                rows.as_json([Button(f"{turn}:{option}", label) for option, label in labels]),
                language,
                flow in _PASSES_FLOOR,
                message["timer_id"] is None,
                message["timer_id"],
                None,
                secret,
            )
        ]

    def _sealed(self, words: str, step: Step, inbox_id: int) -> tuple[str, bytes | None]:
        """The words with a mark where a new link or code stands, and that secret sealed."""
        for kept in (e.secret for e in step.effects if isinstance(e, KeepLink)):
            if kept in words:
                place = outgoing_place(inbox_id)
                return words.replace(kept, SECRET_MARK), self._resources.secrets.seal(kept.encode(), place)
        return words, None

    # --- 3. one commit ------------------------------------------------------------------------------------------

    async def _write(self, conn: Connection, batch: Batch) -> None:
        await batch.ledger.write(conn)
        if batch.answered:
            answered, outgoing = _columns(batch.answered, 4), _columns(batch.outgoing, 14)
            await conn.execute(
                _SQL.save, *_columns(batch.conversations, 12), *answered[:3], *outgoing[:13], answered[3], outgoing[13]
            )
        if batch.timers:
            await conn.execute(_SQL.settle_timer, *_columns(batch.timers, 4))
        for agency_id, inbox_id in batch.failed:
            await self._set_aside(conn, agency_id, inbox_id, None)

    async def _set_aside(self, conn: Connection, agency_id: int, inbox_id: int, error: Exception | None) -> None:
        """Count a failure. After the third the message is parked and shown, the person is told, the next one
        answered.
        """
        row = await conn.fetchrow(_SQL.failed, agency_id, inbox_id, _TRIES)
        if row is None or not row["set_aside"]:
            return
        metrics.failing.inc()
        _log.error("converse.set_aside", inbox=inbox_id, error=type(error).__name__ if error else "step")
        ledger = Ledger()
        ledger.add("open_task", agency_id, row["contact_id"], kind="failing_update", words="", due_on=None)
        await ledger.write(conn)
        sorry = texts.render(row["language"], "common-failed")
        await conn.execute(_SQL.apologise, agency_id, inbox_id, sorry, row["language"])


def _move_on(person: Person, step: Step) -> None:
    """The person's next message finds what this one left."""
    for effect in step.effects:
        if not isinstance(effect, Say | Ask):
            person.facts = person.facts.after(effect)
    person.moved = person.moved or step.conversation != person.conversation
    person.conversation = step.conversation


def _pressed(before: Conversation, inbound: Inbound, step: Step) -> str:
    """The words of the button that was pressed, as the person read them; none once they asked to be erased."""
    if inbound.kind is not InboundKind.OPTION or any(isinstance(effect, EraseMe) for effect in step.effects):
        return ""
    return dict(before.labels).get(inbound.option, "")


def _end_of_plan(step: Step) -> tuple[str, str]:
    """A planned contact that says nothing ends here, (outcome, reason); one that speaks ends when its message does."""
    reason = next((e.reason for e in step.effects if isinstance(e, Skip)), "nothing_to_say")
    return ("superseded" if reason == "superseded" else "skipped"), reason


def _with_labels(step: Step) -> Step:
    """The step, its conversation remembering the open question's buttons in words."""
    asked = next((e for e in reversed(step.effects) if isinstance(e, Ask)), None)
    if asked is None:
        return step
    language = step.conversation.language
    labels = tuple((o.id, o.label or texts.render(language, o.text, o.args)) for o in asked.options)
    return replace(step, conversation=replace(step.conversation, labels=labels))


def _columns(table: list[tuple[Any, ...]], width: int) -> list[list[Any]]:
    """Rows turned into columns, one array each."""
    return [list(column) for column in zip(*table, strict=True)] if table else [[] for _ in range(width)]
