"""One person: the card beside the live conversation; take the floor, answer, give it back; what is to do."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from admin_api import shapes
from admin_api.access import access_barrier, access_card, access_conversation, access_file, access_person, access_task
from admin_api.console.pages import go_to, html, page
from admin_api.console.people import Watch
from admin_api.console.session import Console, already_done, at_desk, resources_of
from admin_api.errors import Problem
from admin_api.files import attachment
from admin_api.live import streamed
from bot import clock
from bot.actions.desk import (
    MOST_WRITTEN,
    DeedRefused,
    Outcome,
    choose_referent,
    close_task,
    give_back,
    reopen_task,
    take_floor,
    write_message,
)
from bot.store import desk as store
from bot.store.thread import thread

OUTCOMES: Final = list(Outcome)
_FEW, _MANY = 60, 1000

Deed = Callable[[Console, int, FormData], Awaitable[None]]


async def show(request: Request) -> Response:
    """The page."""
    async with at_desk(request) as desk:
        return await _page(request, desk, _id(request))


def _id(request: Request, name: str = "id") -> int:
    """The id in the address. What is not one is not there."""
    text = str(request.path_params[name])
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Problem("not_found")
    return int(text)


async def _page(request: Request, desk: Console, contact_id: int, **more: Any) -> Response:
    values = await _values(desk, contact_id, _most(request))
    tab = "card" if request.query_params.get("tab") == "card" else "talk"
    extra: dict[str, Any] = {"notice": "", "draft": "", "opened": {}, "tab": tab, "key": clock.token()}
    status = int(more.pop("status", 200))
    return page("person.html", status, viewer=desk.actor, csrf=desk.csrf, **(extra | values | more))


def _most(request: Request) -> int:
    return _MANY if request.query_params.get("all") else _FEW


async def _values(desk: Console, contact_id: int, most: int) -> dict[str, Any]:
    """Everything the page shows, read anew."""
    card = await access_card(desk, contact_id)
    conversation = await access_conversation(desk, contact_id)
    now = clock.now()
    return {
        "card": shapes.card(card, desk.resources.secrets),
        "stopped": card.person.stopped_at is not None,
        "talk": shapes.conversation(conversation, now),
        "lines": await thread(desk.conn, desk.actor.agency_id, contact_id, limit=most),
        "most": most,
        "agency": await store.agency(desk.conn, desk.actor.agency_id),
        "advisers": await store.advisers(desk.conn, desk.actor.agency_id),
        "me": desk.actor,
        "outcomes": OUTCOMES,
        "most_written": MOST_WRITTEN,
    }


async def live(request: Request) -> Response:
    """The thread, the floor and the tasks again, whenever something changed for this person."""
    contact_id, most = _id(request), _most(request)
    async with at_desk(request) as desk:
        await access_person(desk, contact_id)

    async def parts(desk: Console) -> dict[str, str]:
        values = await _values(desk, contact_id, most) | {"csrf": desk.csrf, "opened": {}, "now": clock.now()}
        return {
            "#thread": html("parts/thread.html", **values),
            "#floor": html("parts/floor.html", **values),
            "#tasks": html("parts/tasks.html", **values),
            "#facts": html("parts/facts.html", **values),
        }

    return streamed(resources_of(request), [f"contact:{contact_id}"], Watch(request, parts).look)


def _deed(work: Deed) -> Callable[[Request], Awaitable[Response]]:
    """A form of the page: do, then show the page again. What was refused is said there; typed words are kept."""

    async def view(request: Request) -> Response:
        form, contact_id = await request.form(), _id(request)
        try:
            async with at_desk(request) as desk:
                await access_person(desk, contact_id)
                if not await already_done(desk, form, request.url.path):
                    await work(desk, contact_id, form)
        except DeedRefused as refused:
            async with at_desk(request) as desk:
                words = str(form.get("text", ""))[: MOST_WRITTEN * 2]
                return await _page(request, desk, contact_id, notice=refused.reason, draft=words, status=409)
        return go_to(request, f"/console/people/{contact_id}")

    return view


async def _write(desk: Console, contact_id: int, form: FormData) -> None:
    await write_message(desk.conn, desk.actor, contact_id, str(form.get("text", "")).replace("\r\n", "\n"))
    desk.changed(contact_id, "outbox")


async def _take(desk: Console, contact_id: int, form: FormData) -> None:
    await take_floor(desk.conn, desk.actor, contact_id)
    desk.changed(contact_id)


async def _give(desk: Console, contact_id: int, form: FormData) -> None:
    await give_back(desk.conn, desk.actor, contact_id, form.get("resume") == "yes")
    desk.changed(contact_id, "inbox")


async def _close(desk: Console, contact_id: int, form: FormData) -> None:
    task_id, outcome = await _task(desk, contact_id, form), str(form.get("outcome", ""))
    await close_task(desk.conn, desk.actor, task_id, Outcome(outcome) if outcome in set(Outcome) else Outcome.DONE)
    desk.changed(contact_id)


async def _reopen(desk: Console, contact_id: int, form: FormData) -> None:
    await reopen_task(desk.conn, desk.actor, await _task(desk, contact_id, form))
    desk.changed(contact_id)


async def _task(desk: Console, contact_id: int, form: FormData) -> int:
    """The task a form names, if it is this person's."""
    named = str(form.get("task", ""))
    task = await access_task(desk, int(named) if named.isascii() and named.isdecimal() and len(named) < 19 else 0)
    if task.contact_id != contact_id:
        raise Problem("not_found")
    return task.id


async def _referent(desk: Console, contact_id: int, form: FormData) -> None:
    chosen, version = (str(form.get(name, "")) for name in ("referent", "version"))
    if not all(value.isascii() and (value.isdecimal() and len(value) < 10) for value in (chosen or "0", version)):
        raise DeedRefused("no_adviser")
    await choose_referent(desk.conn, desk.actor, contact_id, int(chosen) if chosen else None, int(version))
    desk.changed(contact_id)


async def open_barrier(request: Request) -> Response:
    """Unmask one sensitive barrier, in this answer only: the next page shows it masked again."""
    contact_id, barrier_id = _id(request), _id(request, "barrier")
    async with at_desk(request) as desk:
        opened = await access_barrier(desk, contact_id, barrier_id)
        return await _page(request, desk, contact_id, opened={barrier_id: opened}, tab="card")


async def file(request: Request) -> Response:
    """Download a voice message or a file."""
    async with at_desk(request) as desk:
        return attachment(await access_file(desk, _id(request)))


async def _nothing(request: Request) -> Response:
    """A form's address typed by hand: the page it belongs to is the answer."""
    if request.method not in {"GET", "HEAD"}:
        raise HTTPException(405)
    return go_to(request, f"/console/people/{_id(request)}")


_PERSON: Final = "/console/people/{id}"
_DEEDS: Final = {
    "messages": _write,
    "floor": _take,
    "floor/return": _give,
    "tasks/closing": _close,
    "tasks/reopening": _reopen,
    "referent": _referent,
}
ROUTES: Final = (
    Route(_PERSON, show),
    Route(f"{_PERSON}/live", live),
    *(Route(f"{_PERSON}/{path}", _deed(work), methods=["POST"]) for path, work in _DEEDS.items()),
    *(Route(f"{_PERSON}/{path}", _nothing) for path in _DEEDS),
    Route(f"{_PERSON}/barriers/{{barrier}}", open_barrier, methods=["POST"]),
    Route("/console/files/{id}", file),
)
