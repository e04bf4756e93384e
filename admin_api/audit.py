"""/audit: who did what to whom. For managers."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as InQuery

from admin_api import schemas, shapes
from admin_api.edge import Managing
from admin_api.errors import answers
from bot.store import desk as store

router = APIRouter(prefix="/audit", tags=["audit"])


class Filters(schemas.Query):
    """Which audit lines."""

    young_person_id: Annotated[int, InQuery(ge=1, lt=2**63)] | None = None
    cursor: schemas.Cursor = ""
    limit: schemas.Limit = 50


@router.get("", responses=answers("forbidden"))
async def list_(desk: Managing, filters: Annotated[Filters, InQuery()]) -> schemas.Page[schemas.AuditLine]:
    """Audit lines of the agency, the newest first."""
    before = shapes.decode_cursor(filters.cursor, int)
    rows = await store.audit_page(
        desk.conn, desk.actor.agency_id, filters.young_person_id, before[0] if before else None, filters.limit
    )
    last = shapes.encode_cursor(rows[-1].id) if len(rows) == filters.limit else None
    return schemas.Page(items=[schemas.AuditLine(**asdict(row)) for row in rows], next_cursor=last)
