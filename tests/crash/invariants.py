"""What must hold after any crash, each as a named look at the database and at what the provider received.

Every function returns its violations, readable; none means that it holds. They look as the database's owner, across
agencies.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import asyncpg

Violations = list[str]


@dataclass
class Seen:
    """What the outside knows: updates answered with 2xx, and every message the provider accepted, as (chat, text), in
    its order.
    """

    acknowledged: Sequence[int]
    received: Sequence[tuple[int, str]]
    crashes: int = 0
    letters: Sequence[str] = ()
    logs: Sequence[str] = ()
    private_words: Sequence[str] = field(default_factory=tuple)


Check = Callable[[Any, Seen], Awaitable[Violations]]


async def no_acknowledged_update_is_lost(db: Any, seen: Seen) -> Violations:
    """Every update that was answered 2xx has its row, and the row is done."""
    rows = await db.fetch("select external_id, done_at is not null as done from inbox where timer_id is null")
    done = {row["external_id"]: row["done"] for row in rows}
    return [f"update {id_}: {done.get(str(id_), 'no row')}" for id_ in seen.acknowledged if not done.get(str(id_))]


async def every_update_has_its_answer(db: Any, seen: Seen) -> Violations:
    """What a person wrote led to a message; none was set aside as failing."""
    rows = await db.fetch(
        "select i.id, i.outcome from inbox i where i.timer_id is null and not exists"
        " (select 1 from outbox o where o.agency_id = i.agency_id and o.cause_id = i.id)"
    )
    return [f"inbox {row['id']}: {row['outcome'] or 'waiting'}" for row in rows]


async def nothing_is_answered_twice(db: Any, seen: Seen) -> Violations:
    """One step per update: never two messages of the bot for one cause."""
    rows = await db.fetch(
        "select cause_id, count(*) as n from outbox where author = 'bot' and cause_id is not null"
        " group by agency_id, contact_id, cause_id having count(*) > 1"
    )
    return [f"inbox {row['cause_id']}: {row['n']} answers" for row in rows]


async def answers_follow_arrivals(db: Any, seen: Seen) -> Violations:
    """Per person, answers stand in the order of what they answer."""
    rows = await db.fetch(
        "select id, cause_id from"
        " (select id, cause_id, lag(cause_id) over (partition by contact_id order by id) as before"
        " from outbox where cause_id is not null) x where before > cause_id"
    )
    return [f"outbox {row['id']} answers {row['cause_id']} too late" for row in rows]


async def arrivals_keep_their_order(db: Any, seen: Seen) -> Violations:
    """Per person, updates stand in the order in which the provider numbered them."""
    rows = await db.fetch(
        "select id from (select id, external_id::bigint as number,"
        " lag(external_id::bigint) over (partition by contact_id order by id) as before"
        " from inbox where external_id ~ '^[0-9]+$') x where before > number"
    )
    return [f"inbox {row['id']}" for row in rows]


async def every_outgoing_row_ended(db: Any, seen: Seen) -> Violations:
    """Nothing is left to send, nothing is leased by a dead sender."""
    rows = await db.fetch("select id, state from outbox where state in ('queued', 'leased')")
    return [f"outbox {row['id']}: {row['state']}" for row in rows]


async def copies_keep_their_promise(db: Any, seen: Seen) -> Violations:
    """Class A reached the provider at most once, class B at least once and at most once per attempt.

    Texts repeat (two people read the same question), so copies are counted per chat and text, against the rows of that
    chat and text.
    """
    rows = await db.fetch(
        "select d.identifier, o.body, o.class, count(*) as rows, sum(o.attempts) as attempts,"
        " count(*) filter (where o.state in ('sent', 'delivered', 'read')) as sent"
        " from outbox o join address d on d.agency_id = o.agency_id and d.id = o.address_id"
        " where d.channel = 'telegram' and d.state = 'active' group by 1, 2, 3"
    )
    copies = Counter(seen.received)
    found = []
    for row in rows:
        got = copies[int(row["identifier"]), row["body"]]
        most = row["rows"] if row["class"] == "A" else row["attempts"]
        if not row["sent"] <= got <= most:
            found.append(f"chat {row['identifier']} class {row['class']}: {got} copies of {row['rows']} rows")
    return found


async def attempts_stay_within_the_crashes(db: Any, seen: Seen) -> Violations:
    """One attempt, and at most one more for each crash (a provider that misbehaves counts as one)."""
    rows = await db.fetch("select id, attempts from outbox where attempts > $1", 1 + seen.crashes)
    return [f"outbox {row['id']}: {row['attempts']} attempts" for row in rows]


async def an_unknown_letter_is_shown(db: Any, seen: Seen) -> Violations:
    """A class A message that may or may not have arrived ends as unknown or sent, never as lost."""
    rows = await db.fetch("select body, state from outbox where class = 'A'")
    states = {row["body"]: row["state"] for row in rows}
    return [
        f"{letter}: {states.get(letter)}" for letter in seen.letters if states.get(letter) not in {"sent", "unknown"}
    ]


async def people_read_messages_in_order(db: Any, seen: Seen) -> Violations:
    """What a chat received is the order of its rows: copies apart, and what may or may not have arrived."""
    rows = await db.fetch(
        "select d.identifier, o.body, o.state from outbox o"
        " join address d on d.agency_id = o.agency_id and d.id = o.address_id"
        " where o.state in ('sent', 'unknown') order by o.contact_id, o.id"
    )
    wanted: dict[int, list[str]] = {}
    uncertain = {(int(row["identifier"]), row["body"]) for row in rows if row["state"] == "unknown"}
    for row in rows:
        if row["state"] == "sent":
            wanted.setdefault(int(row["identifier"]), []).append(row["body"])
    received: dict[int, list[str]] = {}
    for chat, text in seen.received:
        if (chat, text) not in uncertain:
            received.setdefault(chat, []).append(text)
    return [f"chat {chat}" for chat, texts in wanted.items() if not _follows(texts, received.get(chat, []))]


def _follows(wanted: list[str], received: list[str]) -> bool:
    """True when `wanted` is what was received, but for copies of what came just before."""
    position = 0
    for text in received:
        if position < len(wanted) and text == wanted[position]:
            position += 1
        elif text not in wanted[max(0, position - 1) : position]:
            return False
    return position == len(wanted)


async def no_row_crosses_agencies(db: Any, seen: Seen) -> Violations:
    """A message belongs to the agency of its person."""
    found = []
    for table in ("inbox", "outbox", "conversation", "timer", "wish", "barrier", "task"):
        rows = await db.fetch(
            f"select t.contact_id from {table} t join contact c on c.id = t.contact_id where c.agency_id <> t.agency_id"
        )
        found += [f"{table} of contact {row['contact_id']}" for row in rows]
    return found


async def every_fired_plan_has_an_outcome(db: Any, seen: Seen) -> Violations:
    """A planned contact that came due ended as something."""
    rows = await db.fetch(
        "select t.id from timer t where t.fired_at is not null and t.outcome is null and not exists"
        " (select 1 from inbox i where i.agency_id = t.agency_id and i.timer_id = t.id and i.done_at is null)"
        " and not exists (select 1 from outbox o where o.agency_id = t.agency_id and o.timer_id = t.id)"
    )
    return [f"timer {row['id']}" for row in rows]


async def nobody_leaves_a_record_twice(db: Any, seen: Seen) -> Violations:
    """One person per address, one open task per kind, one conversation each."""
    rows = await db.fetch(
        "select identifier from address where channel = 'telegram' group by account_id, identifier having count(*) > 1"
        " union all select kind from task where closed_at is null group by agency_id, contact_id, kind"
        " having count(*) > 1"
        " union all select c.id::text from contact c left join conversation v on v.contact_id = c.id"
        " where v.contact_id is null"
    )
    return [row[0] for row in rows]


async def no_personal_word_in_the_logs(db: Any, seen: Seen) -> Violations:
    """Logs carry ids and numbers."""
    return [f"“{word}” in a log" for word in seen.private_words for log in seen.logs if word in log]


INVARIANTS: Final[tuple[Check, ...]] = (
    no_acknowledged_update_is_lost,
    every_update_has_its_answer,
    nothing_is_answered_twice,
    answers_follow_arrivals,
    arrivals_keep_their_order,
    every_outgoing_row_ended,
    copies_keep_their_promise,
    attempts_stay_within_the_crashes,
    an_unknown_letter_is_shown,
    people_read_messages_in_order,
    no_row_crosses_agencies,
    every_fired_plan_has_an_outcome,
    nobody_leaves_a_record_twice,
    no_personal_word_in_the_logs,
)


async def violations(database_url: str, seen: Seen) -> dict[str, Violations]:
    """Every invariant that does not hold, by name, with its first ten violations."""
    db = await asyncpg.connect(database_url)
    try:
        found = {check.__name__: await check(db, seen) for check in INVARIANTS}
    finally:
        await db.close()
    return {name: some[:10] for name, some in found.items() if some}
