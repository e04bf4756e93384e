"""/young-people: the list in the order of need, the card, the referent, the opening of a sensitive barrier."""

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Response
from fastapi import Query as InQuery
from fastapi.responses import JSONResponse

from admin_api import schemas, shapes
from admin_api.access import access_barrier, access_card, access_list_item, access_person
from admin_api.edge import Posting, Reading, etag, expected_version
from admin_api.errors import Problem, answers
from bot import clock
from bot.actions.desk import choose_referent
from bot.store import desk as store

router = APIRouter(prefix="/young-people", tags=["young people"])


class Filters(schemas.Query):
    """Which young people."""

    scope: Literal["agency", "mine"] = "agency"
    waiting: bool = False
    reason: schemas.Text = ""
    q: Annotated[
        schemas.Text,
        InQuery(max_length=100, description="First name, town, phone or wish; accents and case do not matter"),
    ] = ""
    cursor: schemas.Cursor = ""
    limit: schemas.Limit = 50


@router.get("", responses=answers())
async def list_(desk: Reading, filters: Annotated[Filters, InQuery()]) -> schemas.Page[schemas.YoungPersonLine]:
    """Whoever waits comes first: by reason (danger, a person asked for, …), then by how long; then the others, the last
    heard first.
    """
    after = shapes.decode_cursor(filters.cursor, int, float, int)
    wanted = store.Filter(
        adviser_id=desk.actor.adviser_id if filters.scope == "mine" else None,
        waiting=filters.waiting,
        reason=filters.reason,
        search=filters.q,
        after=(after[0], after[1], after[2]) if after else None,
        limit=filters.limit,
    )
    rows = await store.people_page(desk.conn, desk.actor.agency_id, wanted)
    more = len(rows) == filters.limit
    last = shapes.encode_cursor(rows[-1].rank, rows[-1].clock, rows[-1].id) if more else None
    return schemas.Page(items=[shapes.line(row, clock.now()) for row in rows], next_cursor=last)


@router.get("/{young_person_id}", responses=answers("not_found"))
async def get(desk: Reading, young_person_id: int, response: Response) -> schemas.YoungPerson:
    """The card. What the person hid is absent; sensitive barriers are masked. The reading is on the record."""
    card = await access_card(desk, young_person_id)
    response.headers.update(etag(card.person.version))
    return shapes.card(card, desk.resources.secrets)


@router.patch("/{young_person_id}", responses=answers("not_found", "changed", "precondition_required"))
async def change(
    desk: Reading,
    young_person_id: int,
    wanted: schemas.ReferentChange,
    response: Response,
    if_match: Annotated[str, Header(description="The ETag of the card you read", examples=['"v3"'])] = "",
) -> schemas.YoungPersonLine:
    """Choose who accompanies the person. Answers 412 when the card changed since it was read."""
    await access_person(desk, young_person_id)
    expected = expected_version(if_match)
    version = await choose_referent(desk.conn, desk.actor, young_person_id, wanted.referent_id, expected)
    desk.changed(young_person_id)
    row = await access_list_item(desk, young_person_id)
    if row is None:
        raise Problem("not_found")
    response.headers.update(etag(version))
    return shapes.line(row, clock.now())


@router.post(
    "/{young_person_id}/barriers/{barrier_id}/opening",
    response_model=schemas.OpenedBarrier,
    responses=answers("not_found", "key_reused"),
)
async def open_barrier(desk: Posting, young_person_id: int, barrier_id: int) -> JSONResponse:
    """Read a sensitive barrier. The opening is on the record, which the person can read."""
    opened = await access_barrier(desk, young_person_id, barrier_id)
    return await desk.answer(schemas.OpenedBarrier(id=barrier_id, **asdict(opened)))
