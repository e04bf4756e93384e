"""/tasks: what a human must do; closing with an outcome, and opening again."""

from typing import Annotated, Literal

from fastapi import APIRouter, Header, Response
from fastapi import Query as InQuery

from admin_api import schemas, shapes
from admin_api.access import access_task
from admin_api.edge import Reading, etag, expected_version
from admin_api.errors import Problem, answers
from bot.actions.desk import close_task, reopen_task
from bot.store import desk as store

router = APIRouter(prefix="/tasks", tags=["tasks"])

_STATES: dict[str, bool | None] = {"open": True, "closed": False, "all": None}


class Filters(schemas.Query):
    """Which tasks."""

    state: Literal["open", "closed", "all"] = "open"
    kind: schemas.Text = ""
    young_person_id: Annotated[int, InQuery(ge=1, lt=2**63)] | None = None
    cursor: schemas.Cursor = ""
    limit: schemas.Limit = 50


@router.get("", responses=answers())
async def list_(desk: Reading, filters: Annotated[Filters, InQuery()]) -> schemas.Page[schemas.Task]:
    """Tasks of the agency, in the order they were opened."""
    after = shapes.decode_cursor(filters.cursor, int)
    wanted = store.TaskFilter(
        open=_STATES[filters.state],
        kind=filters.kind,
        person_id=filters.young_person_id,
        after=after[0] if after else 0,
        limit=filters.limit,
    )
    rows = await store.tasks_page(desk.conn, desk.actor.agency_id, wanted)
    last = shapes.encode_cursor(rows[-1].id) if len(rows) == filters.limit else None
    return schemas.Page(items=[shapes.task(row) for row in rows], next_cursor=last)


@router.get("/{task_id}", responses=answers("not_found"))
async def get(desk: Reading, task_id: int, response: Response) -> schemas.Task:
    """One task."""
    task = await access_task(desk, task_id)
    response.headers.update(etag(task.version))
    return shapes.task(task)


@router.patch("/{task_id}", responses=answers("not_found", "conflict", "changed", "precondition_required"))
async def change(
    desk: Reading,
    task_id: int,
    wanted: schemas.TaskChange,
    response: Response,
    if_match: Annotated[str, Header(description="The ETag of the task you read", examples=['"v1"'])] = "",
) -> schemas.Task:
    """Close a task with its outcome, or open it again. Answers 412 when it changed since it was read."""
    before = await access_task(desk, task_id)
    version = expected_version(if_match)
    if before.version != version:
        raise Problem("changed")
    if wanted.state == "closed":
        await close_task(desk.conn, desk.actor, task_id, wanted.outcome, version)
    else:
        await reopen_task(desk.conn, desk.actor, task_id, version)
    desk.changed(before.contact_id)
    after = await access_task(desk, task_id)
    response.headers.update(etag(after.version))
    return shapes.task(after)
