"""Is the process alive, can it store, what has it counted: `/healthz`, `/readyz`, `/metrics`."""

import asyncio

import asyncpg
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

READY_SECONDS = 2


def create_app(db: asyncpg.Pool) -> Starlette:
    """The three routes. `/readyz` answers 503 when the database has not answered within two seconds."""

    async def ready(_: Request) -> Response:
        try:
            async with asyncio.timeout(READY_SECONDS):
                await db.fetchval("SELECT 1")
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return PlainTextResponse("cannot store\n", 503, {"Retry-After": "5"})
        return PlainTextResponse("ready\n")

    return Starlette(routes=[Route("/healthz", _alive), Route("/readyz", ready), Route("/metrics", _metrics)])


async def _alive(_: Request) -> Response:
    return PlainTextResponse("alive\n")


async def _metrics(_: Request) -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
