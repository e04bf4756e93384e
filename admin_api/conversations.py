"""/conversations/{young_person_id}: the thread, live; writing as a human; the floor, taken and given back."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi import Query as InQuery
from fastapi.responses import JSONResponse
from starlette.responses import StreamingResponse

from admin_api import schemas, shapes
from admin_api.access import access_conversation
from admin_api.edge import Desk, Posting, Reading, api_actor
from admin_api.errors import Answers, Problem, answers
from admin_api.live import event, streamed
from bot import clock
from bot.actions.desk import give_back, take_floor, write_message
from bot.resources import Resources
from bot.store.pool import transaction
from bot.store.thread import Line, earlier, thread

router = APIRouter(prefix="/conversations", tags=["conversations"])

_STREAM: Answers = {200: {"content": {"text/event-stream": {"example": "event: message\nid: 42\ndata: {…}\n\n"}}}}


class Lines(schemas.Query):
    """Which lines of a thread: the newest after one id, or those just before another."""

    after: Annotated[int, InQuery(ge=0, lt=2**62)] = 0
    before: Annotated[int, InQuery(ge=1, lt=2**62)] | None = None
    limit: schemas.Limit = 50


@router.get("/{young_person_id}", responses=answers("not_found"))
async def get(desk: Reading, young_person_id: int) -> schemas.Conversation:
    """Where the conversation stands, and who has the floor. The reading is on the record."""
    return shapes.conversation(await access_conversation(desk, young_person_id), clock.now())


@router.get("/{young_person_id}/messages", responses=answers("not_found"))
async def messages(
    desk: Reading, young_person_id: int, wanted: Annotated[Lines, InQuery()]
) -> schemas.Page[schemas.Message]:
    """Lines of every channel, oldest first. `next_cursor` is the id to give as `before` for older ones."""
    await access_conversation(desk, young_person_id)
    who = (desk.actor.agency_id, young_person_id)
    if wanted.before is None:
        lines = await thread(desk.conn, *who, wanted.after, wanted.limit)
    else:
        lines = await earlier(desk.conn, *who, wanted.before, wanted.limit)
    older = str(lines[0].id) if len(lines) == wanted.limit else None
    return schemas.Page(items=[shapes.message(line) for line in lines], next_cursor=older)


@router.get("/{young_person_id}/events", response_class=StreamingResponse, responses=answers("not_found") | _STREAM)
async def events(
    request: Request,
    desk: Reading,
    young_person_id: int,
    last_event_id: Annotated[int, Header(ge=0, lt=2**62, description="The id of the last line received")] = 0,
) -> StreamingResponse:
    """New lines and changed delivery states, as server-sent events named `message`, each a Message in JSON.

    Starts with the lines after `Last-Event-ID` (at most 100). A closing `signed-out` event: the token is no longer
    valid.
    """
    await access_conversation(desk, young_person_id)
    follower = _Follower(request, desk.resources, young_person_id, last_event_id)
    return streamed(desk.resources, [f"contact:{young_person_id}"], follower.look)


@router.post(
    "/{young_person_id}/messages",
    status_code=201,
    response_model=schemas.Written,
    responses=answers("not_found", "conflict"),
)
async def write(desk: Posting, young_person_id: int, words: schemas.NewMessage) -> JSONResponse:
    """Write as a human. Takes the floor, or keeps it longer. Refused (409) after a STOP, or while a colleague has the
    floor.
    """
    await access_conversation(desk, young_person_id)
    written = await write_message(desk.conn, desk.actor, young_person_id, words.text)
    desk.changed(young_person_id, "outbox")
    now = shapes.conversation(await access_conversation(desk, young_person_id), clock.now())
    return await desk.answer(schemas.Written(id=written, floor=now.floor), 201)


@router.post(
    "/{young_person_id}/floor", response_model=schemas.Conversation, responses=answers("not_found", "conflict")
)
async def take(desk: Posting, young_person_id: int, wanted: schemas.FloorWanted) -> JSONResponse:
    """Take the floor: the bot says nothing to this person until it is given back, or the time is over."""
    await access_conversation(desk, young_person_id)
    await take_floor(desk.conn, desk.actor, young_person_id, wanted.minutes)
    desk.changed(young_person_id)
    return await desk.answer(shapes.conversation(await access_conversation(desk, young_person_id), clock.now()))


@router.delete("/{young_person_id}/floor", responses=answers("not_found", "conflict"))
async def give(
    desk: Reading,
    young_person_id: int,
    resume: Annotated[bool, InQuery(description="The bot asks its open question again")] = True,
) -> schemas.Conversation:
    """Give the floor back to the bot."""
    await access_conversation(desk, young_person_id)
    await give_back(desk.conn, desk.actor, young_person_id, resume)
    desk.changed(young_person_id, "inbox")
    return shapes.conversation(await access_conversation(desk, young_person_id), clock.now())


class _Follower:
    """What one stream has seen: the delivery state of each line it sent."""

    def __init__(self, request: Request, resources: Resources, contact_id: int, after: int) -> None:
        self._request, self._resources, self._contact_id, self._after = request, resources, contact_id, after
        self._states: dict[int, str] = {}

    async def look(self) -> Iterable[str] | None:
        try:
            async with transaction(self._resources.db) as conn:
                actor, _ = await api_actor(self._request, conn)
                desk = Desk(actor, conn, self._resources)
                await access_conversation(desk, self._contact_id)
                lines = await thread(conn, desk.actor.agency_id, self._contact_id, self._after)
        except Problem:
            return None
        return self._news(lines)

    def _news(self, lines: list[Line]) -> list[str]:
        fresh = [line for line in lines if self._states.get(line.id) != line.state]
        self._states |= {line.id: line.state for line in fresh}
        return [event(shapes.message(line).model_dump_json(), "message", str(line.id)) for line in fresh]
