"""What advisers read, as frozen rows. Every function takes a connection that sees one agency, and names that agency
again in its statement.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from bot.store.pool import Connection, array_text
from bot.store.queries import load

_SQL = load("desk")
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One line of the list. `reason` is why a human is needed ("" = nobody waits), `since` its clock, `rank` and
    `clock` the sort keys.
    """

    id: int
    first_name: str
    age: str
    town: str
    language: str
    last_heard_at: datetime | None
    created_at: datetime
    stopped: bool
    reason: str | None
    since: datetime | None
    due_on: date | None
    reasons: int
    rank: int
    clock: float
    floor_adviser_id: int | None
    floor_name: str
    floor_until: datetime | None
    referent_id: int | None
    referent: str
    wish: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Which lines: of one adviser (referent, or holder of the floor), only who waits, one reason, a search, one
    person. `after` is a cursor.
    """

    adviser_id: int | None = None
    waiting: bool = False
    reason: str = ""
    search: str = ""
    person_id: int | None = None
    after: tuple[int, float, int] | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Person:
    """Who the person is, as far as they chose to say and to show. `version` changes with what advisers change."""

    id: int
    first_name: str
    age: str
    phone: str
    town: str
    disability_recognised: bool
    referral: str
    hidden: list[str]
    notice_version: str | None
    notice_at: datetime | None
    notice_minor: bool
    referent_id: int | None
    referent: str
    version: int
    language: str
    stopped_at: datetime | None
    erased_at: datetime | None
    last_heard_at: datetime | None
    created_at: datetime
    source: str
    channels: list[str]


@dataclass(frozen=True, slots=True)
class WishRow:
    """A wish in the person's words; `refused` is what they do not want."""

    id: int
    words: str
    label: str
    domains: list[str]
    contract: str
    refused: bool
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class BarrierRow:
    """A barrier; its words are sealed. `shared` is whether the person lets the adviser see it."""

    id: int
    category: str
    value: str
    sealed: bytes | None
    to_a_person: bool
    shared: bool
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class SkillRow:
    """Something the person can do."""

    words: str
    kind: str
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class AvailabilityRow:
    """When the person is free: `slots` are [weekday, part] pairs, None = nothing said."""

    words: str
    slots: list[list[str]] | None
    constraints: list[list[str]]
    work: list[list[Any]]
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """The last word on one extra."""

    purpose: str
    given: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A line on the advisers' list; `words` are the person's own."""

    id: int
    contact_id: int | None
    kind: str
    words: str
    count: int
    due_on: date | None
    opened_at: datetime
    closed_at: datetime | None
    closed_by: int | None
    closer: str
    outcome: str
    version: int
    first_name: str


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """Where a conversation stands, and who has the floor (nobody when `floor_until` is past)."""

    contact_id: int
    flow: str
    state: str
    turn: int
    outcome: str
    started_at: datetime
    closed_at: datetime | None
    parked: int
    question_open: bool
    floor_adviser_id: int | None
    floor_name: str
    floor_until: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class FileRow:
    """A voice message or a file, with its bytes once they are here."""

    id: int
    contact_id: int
    kind: str
    name: str
    mime: str
    size: int
    seconds: int
    state: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """Who did what to whom. `adviser` is a name when the actor is an adviser."""

    id: int
    at: datetime
    actor: str
    actor_id: int | None
    adviser: str
    deed: str
    subject: str
    subject_id: int | None
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """The adviser's own agency; `zone` is its IANA time zone."""

    id: int
    slug: str
    name: str
    town: str
    phone: str
    address: str
    zone: str


@dataclass(frozen=True, slots=True)
class AdviserRow:
    """A colleague."""

    id: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts beside the filters."""

    waiting: int
    mine: int
    people: int
    incidents: int


@dataclass(frozen=True, slots=True)
class Incident:
    """Something the machine could not finish: unreadable update, delivery of unknown outcome, message that keeps
    failing.
    """

    kind: str
    id: int
    contact_id: int | None
    first_name: str
    channel: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Card:
    """Everything beside the conversation. What the person hid is left out here, before anybody could show it."""

    person: Person
    wishes: list[WishRow]
    barriers: list[BarrierRow]
    skills: list[SkillRow]
    availability: AvailabilityRow | None
    consents: list[ConsentRow]
    tasks: list[TaskRow]


async def see_agency(conn: Connection, agency_id: int) -> None:
    """From here to the end of the transaction the connection sees this agency's rows."""
    await conn.execute(_SQL.see_agency, array_text([agency_id]))


async def people_page(conn: Connection, agency_id: int, wanted: Filter) -> list[PersonLine]:
    """Lines in the list's order, at most `wanted.limit`."""
    after = wanted.after or (None, None, None)
    search = _pattern(wanted.search)
    rows = await conn.fetch(
        _SQL.people_page,
        agency_id,
        wanted.adviser_id,
        wanted.waiting,
        wanted.reason,
        search,
        *after,
        wanted.limit,
        wanted.person_id,
    )
    return _all(PersonLine, rows)


async def person(conn: Connection, agency_id: int, contact_id: int) -> Person | None:
    """The person, or None when this agency has no such row."""
    return _one(Person, await conn.fetchrow(_SQL.person, agency_id, contact_id))


async def card(conn: Connection, someone: Person, agency_id: int) -> Card:
    """The card of `someone`, without what they chose to hide."""
    hidden, who = set(someone.hidden), (agency_id, someone.id)
    barriers = [] if "barriers" in hidden else await conn.fetch(_SQL.barriers, *who)
    availability = None if "availability" in hidden else await conn.fetchrow(_SQL.availability, *who)
    return Card(
        person=someone,
        wishes=[] if "wishes" in hidden else _all(WishRow, await conn.fetch(_SQL.wishes, *who)),
        barriers=[row for row in _all(BarrierRow, barriers) if row.shared],
        skills=[] if "skills" in hidden else _all(SkillRow, await conn.fetch(_SQL.skills, *who)),
        availability=_one(AvailabilityRow, availability),
        consents=_all(ConsentRow, await conn.fetch(_SQL.consents, *who)),
        tasks=_all(TaskRow, await conn.fetch(_SQL.tasks_of_person, *who)),
    )


async def conversation(conn: Connection, agency_id: int, contact_id: int) -> ConversationRow | None:
    """Where the conversation stands, or None."""
    return _one(ConversationRow, await conn.fetchrow(_SQL.conversation, agency_id, contact_id))


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks: open (True), closed (False) or all (None), one kind, one person; `after` is the last id seen."""

    open: bool | None = None
    kind: str = ""
    person_id: int | None = None
    after: int = 0
    limit: int = 50


async def tasks_page(conn: Connection, agency_id: int, wanted: TaskFilter) -> list[TaskRow]:
    """Tasks by id."""
    arguments = (wanted.open, wanted.kind, wanted.person_id, wanted.after, wanted.limit)
    return _all(TaskRow, await conn.fetch(_SQL.tasks_page, agency_id, *arguments))


async def task(conn: Connection, agency_id: int, task_id: int) -> TaskRow | None:
    """One task, or None."""
    return _one(TaskRow, await conn.fetchrow(_SQL.task, agency_id, task_id))


async def file(conn: Connection, agency_id: int, media_id: int) -> FileRow | None:
    """One file, or None."""
    return _one(FileRow, await conn.fetchrow(_SQL.media, agency_id, media_id))


async def audit_page(
    conn: Connection, agency_id: int, contact_id: int | None, before: int | None, limit: int
) -> list[AuditRow]:
    """Audit lines, the newest first; of one person when `contact_id` is given."""
    return _all(AuditRow, await conn.fetch(_SQL.audit_page, agency_id, contact_id, before, limit))


async def agency(conn: Connection, agency_id: int) -> AgencyRow:
    """The agency the connection sees."""
    found = _one(AgencyRow, await conn.fetchrow(_SQL.agency, agency_id))
    assert found is not None, "an adviser's agency exists by foreign key"
    return found


async def advisers(conn: Connection, agency_id: int) -> list[AdviserRow]:
    """Colleagues still here, by name."""
    return _all(AdviserRow, await conn.fetch(_SQL.advisers, agency_id))


async def figures(conn: Connection, agency_id: int, adviser_id: int) -> Figures:
    """Counts for the filters of one adviser."""
    row: Any = await conn.fetchrow(_SQL.figures, agency_id, adviser_id)
    return Figures(**row)


async def incidents(conn: Connection, agency_id: int, limit: int = 50) -> list[Incident]:
    """What the machine could not finish, the newest first, at most `limit` of each kind."""
    return _all(Incident, await conn.fetch(_SQL.incidents, agency_id, limit))


def _one(kind: type[_Row], row: Any) -> _Row | None:
    return None if row is None else kind(**row)


def _all(kind: type[_Row], rows: Iterable[Any]) -> list[_Row]:
    return [kind(**row) for row in rows]


def _pattern(search: str) -> str:
    """A LIKE pattern that finds `search` anywhere; what LIKE would read as a joker is taken as it stands."""
    words = search.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{words}%" if words else ""
