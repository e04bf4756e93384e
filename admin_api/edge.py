"""One request = one transaction. `Desk` is what a deed or a reading gets: who acts, a connection that sees their
agency, and the bells to ring.

The API enters by a bearer token, the console by its session; from there on both are the same.
"""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from fastapi import Depends, Header
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.requests import Request

from admin_api.errors import Problem
from bot.actions.desk import Actor
from bot.resources import Resources
from bot.resources.secrets import hashed
from bot.store import advisers as store
from bot.store.desk import see_agency
from bot.store.pool import Connection, transaction

CALLS_A_MINUTE: Final = 600
MANAGER: Final = "manager"


class Replayed(Exception):
    """This POST was answered before: the same answer goes out again and nothing is done."""

    def __init__(self, kept: store.KeptAnswer) -> None:
        super().__init__("replayed")
        self.kept = kept


@dataclass(slots=True)
class Desk:
    """An adviser at work. `bells` are rung once the transaction is committed; `key` is the claimed Idempotency-Key."""

    actor: Actor
    conn: Connection
    resources: Resources
    bells: set[str] = field(default_factory=set)
    key: str = ""

    def changed(self, contact_id: int | None, *loops: str) -> None:
        """Open pages about this person must look again, and these loops (inbox, outbox) have work."""
        self.bells |= {f"agency:{self.actor.agency_id}", *loops}
        if contact_id is not None:
            self.bells.add(f"contact:{contact_id}")

    async def answer(self, model: BaseModel, status: int = 200) -> JSONResponse:
        """The answer of a POST, kept under its Idempotency-Key when there is one."""
        body = model.model_dump(mode="json")
        if self.key:
            who = (self.actor.agency_id, self.actor.adviser_id)
            await self.conn.execute(store.SQL.keep_answer, *who, self.key, status, body)
        return JSONResponse(body, status)


async def api_actor(request: Request, conn: Connection) -> tuple[Actor, int]:
    """Who a bearer token speaks for, and the token's id; afterwards `conn` sees their agency. Raises Problem (401)."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    found = await store.find_token(conn, hashed(token)) if scheme.lower() == "bearer" and token else None
    if found is None:
        raise Problem("unauthenticated", headers={"WWW-Authenticate": "Bearer"})
    await see_agency(conn, found.agency_id)
    return Actor(found.adviser_id, found.agency_id, found.name, found.role), found.id


async def _reading(request: Request) -> AsyncIterator[Desk]:
    resources: Resources = request.app.state.resources
    async with transaction(resources.db) as conn:
        actor, token_id = await api_actor(request, conn)
        if not await resources.throttle(f"api:{token_id}", CALLS_A_MINUTE, 60):
            raise Problem("too_many", headers={"Retry-After": "60"})
        await conn.execute(store.SQL.token_used, actor.agency_id, token_id)
        desk = Desk(actor, conn, resources)
        yield desk
    resources.fanout.publish(desk.bells)


async def _posting(
    request: Request,
    desk: Annotated[Desk, Depends(_reading, scope="function")],
    idempotency_key: Annotated[
        str,
        Header(
            max_length=200, description="The same key within a day gives the same answer, and the deed is done once."
        ),
    ] = "",
) -> Desk:
    if idempotency_key:
        asked = f"{request.method} {request.url.path}\n".encode() + await request.body()
        print_ = hashlib.sha256(asked).hexdigest()
        desk.key = idempotency_key.replace("\x00", "")
        kept = await store.claim_key(desk.conn, desk.actor.agency_id, desk.actor.adviser_id, desk.key, print_)
        if kept is not None and kept.request != print_:
            raise Problem("key_reused")
        if kept is not None:
            raise Replayed(kept)
    return desk


async def _managing(desk: Annotated[Desk, Depends(_reading, scope="function")]) -> Desk:
    if desk.actor.role != MANAGER:
        raise Problem("forbidden")
    return desk


# Rights are parameter types: a route says by its parameter who may come in.
Reading = Annotated[Desk, Depends(_reading, scope="function")]
Posting = Annotated[Desk, Depends(_posting, scope="function")]
Managing = Annotated[Desk, Depends(_managing, scope="function")]


async def on_replayed(request: Request, error: Exception) -> JSONResponse:
    """Handler of Replayed."""
    assert isinstance(error, Replayed)
    body: Any = error.kept.body
    return JSONResponse(body, error.kept.status or 200, {"Idempotent-Replayed": "true"})


def expected_version(if_match: str) -> int:
    """The version named by an If-Match header. Raises Problem (428 when absent, 400 when it is not one of ours)."""
    if not if_match:
        raise Problem("precondition_required")
    version = if_match.strip().removeprefix('"v').removesuffix('"')
    if not (version.isascii() and version.isdecimal() and len(version) <= 9):
        raise Problem("bad_etag")
    return int(version)


def etag(version: int) -> dict[str, str]:
    """The ETag header of a version."""
    return {"ETag": f'"v{version}"'}
