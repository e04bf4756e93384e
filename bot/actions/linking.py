"""One person, several addresses: a browser joins the conversation that a personal link or a code names.

When the browser already had a conversation of its own in the agency, the older person stays: the newer one's
addresses move over, what only the newer card knew is copied, its conversation is parked. The audit line lists the
addresses moved, so that a mistake can be undone.
"""

from dataclasses import dataclass
from typing import Final

from bot.actions.deeds import barrier_place
from bot.resources.secrets import SealBroken, SecretBox
from bot.store.pool import Connection
from bot.store.queries import load
from bot.store.web import FoundLink

_SQL = load("web")
_CARRIED: Final = ("profile", "wishes", "barriers", "skills", "availability", "tasks", "links")


@dataclass(frozen=True, slots=True)
class Linked:
    """Whose conversation the browser now opens."""

    agency_id: int
    contact_id: int


async def join(conn: Connection, secrets: SecretBox, link: FoundLink, identifier: str) -> Linked:
    """Make the browser `identifier` an address of the link's person. Locks the contacts concerned; the caller's
    transaction sees the agency.
    """
    holder = await conn.fetchval(_SQL.holder, link.agency_id, identifier)
    if holder is None or holder == link.contact_id:
        await conn.execute(_SQL.add_address, link.agency_id, link.contact_id, identifier)
        return Linked(link.agency_id, link.contact_id)
    newer, older = await _by_age(conn, link.agency_id, [holder, link.contact_id])
    await _move(conn, link.agency_id, newer, older)
    await _seal_again(conn, secrets, link.agency_id, newer, older)
    return Linked(link.agency_id, older)


async def _by_age(conn: Connection, agency_id: int, contacts: list[int]) -> tuple[int, int]:
    """(newer, older), both rows locked in ascending order."""
    rows = await conn.fetch(_SQL.lock_contacts, agency_id, contacts)
    older, newer = sorted(rows, key=lambda row: (row["created_at"], row["id"]))
    return newer["id"], older["id"]


async def _move(conn: Connection, agency_id: int, newer: int, older: int) -> None:
    moved = [row["id"] for row in await conn.fetch(_SQL.move_addresses, agency_id, newer, older)]
    for what in _CARRIED:
        await conn.execute(getattr(_SQL, f"carry_{what}"), agency_id, newer, older)
    await conn.execute(_SQL.park_conversation, agency_id, newer)
    await conn.execute(_SQL.end_plans, agency_id, newer)
    for contact, other in ((older, newer), (newer, older)):
        await conn.execute(_SQL.note_link, agency_id, contact, {"with": other, "kept": older, "addresses": moved})


async def _seal_again(conn: Connection, secrets: SecretBox, agency_id: int, newer: int, older: int) -> None:
    """Words about a barrier are sealed for the person they were said as: the older person gets them sealed anew."""
    for row in await conn.fetch(_SQL.sealed_barriers, agency_id, newer):
        try:
            words = secrets.open(row["sealed"], barrier_place(newer, row["category"]))
        except SealBroken:  # another key: the category is carried, its words cannot be
            continue
        sealed = secrets.seal(words, barrier_place(older, row["category"]))
        await conn.execute(_SQL.seal_barrier, agency_id, older, row["category"], sealed)
