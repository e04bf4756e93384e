"""The doors to rows. Each condition stands on its own line. "Not yours" and "not there" are one answer, in the same
words.

A row of another agency cannot even be read here (row-level security); the conditions below say what an adviser of
the right agency may have.
"""

from admin_api.edge import Desk
from admin_api.errors import Problem
from bot.actions.desk import Opened, note_reading, open_barrier, open_file
from bot.store import desk as store

MOST_ID = 2**63 - 1


async def access_person(desk: Desk, contact_id: int) -> store.Person:
    """A young person of the adviser's agency who was not erased. Raises Problem(not_found)."""
    if not 0 < contact_id <= MOST_ID:
        raise Problem("not_found")
    person = await store.person(desk.conn, desk.actor.agency_id, contact_id)
    if person is None:
        raise Problem("not_found")
    if person.erased_at is not None:
        raise Problem("not_found")
    return person


async def access_card(desk: Desk, contact_id: int) -> store.Card:
    """The card, without what the person hid. The reading is on the record."""
    person = await access_person(desk, contact_id)
    await note_reading(desk.conn, desk.actor, contact_id, "card")
    return await store.card(desk.conn, person, desk.actor.agency_id)


async def access_conversation(desk: Desk, contact_id: int) -> store.ConversationRow:
    """Where the conversation stands, to read or to take part in. The reading is on the record."""
    await access_person(desk, contact_id)
    conversation = await store.conversation(desk.conn, desk.actor.agency_id, contact_id)
    if conversation is None:
        raise Problem("not_found")
    await note_reading(desk.conn, desk.actor, contact_id, "conversation")
    return conversation


async def access_task(desk: Desk, task_id: int) -> store.TaskRow:
    """A task of the adviser's agency."""
    if not 0 < task_id <= MOST_ID:
        raise Problem("not_found")
    task = await store.task(desk.conn, desk.actor.agency_id, task_id)
    if task is None:
        raise Problem("not_found")
    return task


async def access_file(desk: Desk, media_id: int) -> store.FileRow:
    """A stored voice message or file of a person who was not erased. The opening is on the record."""
    if not 0 < media_id <= MOST_ID:
        raise Problem("not_found")
    file = await store.file(desk.conn, desk.actor.agency_id, media_id)
    if file is None:
        raise Problem("not_found")
    if file.content is None:
        raise Problem("not_found")
    await access_person(desk, file.contact_id)
    await open_file(desk.conn, desk.actor, file.contact_id, media_id)
    return file


async def access_barrier(desk: Desk, contact_id: int, barrier_id: int) -> Opened:
    """What a barrier says, if the person shares it. The opening is on the record."""
    person = await access_person(desk, contact_id)
    if not 0 < barrier_id <= MOST_ID:
        raise Problem("not_found")
    if "barriers" in person.hidden:
        raise Problem("not_found")
    opened = await open_barrier(desk.conn, desk.resources.secrets, desk.actor, contact_id, barrier_id)
    if opened is None:
        raise Problem("not_found")
    return opened


async def access_list_item(desk: Desk, contact_id: int) -> store.PersonLine | None:
    """The list's line of one person, None when they are not on it."""
    lines = await store.people_page(desk.conn, desk.actor.agency_id, store.Filter(person_id=contact_id, limit=1))
    return lines[0] if lines else None
