"""/agencies/me, /advisers, /incidents: the agency itself, its people, what its machine could not finish."""

from dataclasses import asdict

from fastapi import APIRouter

from admin_api import schemas
from admin_api.edge import Reading
from admin_api.errors import answers
from bot.store import desk as store

router = APIRouter(tags=["agency"])


@router.get("/agencies/me", responses=answers())
async def me(desk: Reading) -> schemas.Agency:
    """The agency of the token."""
    return schemas.Agency(**asdict(await store.agency(desk.conn, desk.actor.agency_id)))


@router.get("/advisers", responses=answers())
async def advisers(desk: Reading) -> list[schemas.Adviser]:
    """Colleagues of the agency, by name."""
    return [schemas.Adviser(**asdict(row)) for row in await store.advisers(desk.conn, desk.actor.agency_id)]


@router.get("/incidents", responses=answers())
async def incidents(desk: Reading) -> list[schemas.IncidentLine]:
    """Unreadable updates, deliveries of unknown outcome, messages that keep failing; the newest 50 of each kind."""
    rows = await store.incidents(desk.conn, desk.actor.agency_id)
    return [schemas.IncidentLine(**asdict(row), young_person_id=row.contact_id) for row in rows]
