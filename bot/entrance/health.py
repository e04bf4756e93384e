"""Is the process alive, can it store, what has it counted: `/healthz`, `/readyz`, `/metrics`."""

import asyncio

import asyncpg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.resources import metrics
from bot.store.inbox import figures

READY_SECONDS = 2
_NO_ANSWER = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)


def create_app(db: asyncpg.Pool) -> Starlette:
    """The three routes. `/readyz` answers 503 when the database has not answered within two seconds; `/metrics` then
    holds this process's counters, and NaN for the queues.
    """

    async def ready(_: Request) -> Response:
        try:
            async with asyncio.timeout(READY_SECONDS):
                await db.fetchval("SELECT 1")
        except _NO_ANSWER:
            return PlainTextResponse("cannot store\n", 503, {"Retry-After": "5"})
        return PlainTextResponse("ready\n")

    async def counted(_: Request) -> Response:
        try:
            async with asyncio.timeout(READY_SECONDS):
                metrics.queues(await figures(db))
        except _NO_ANSWER:
            metrics.queues({})
        return Response(metrics.page(), media_type=metrics.MEDIA_TYPE)

    return Starlette(routes=[Route("/healthz", _alive), Route("/readyz", ready), Route("/metrics", counted)])


async def _alive(_: Request) -> Response:
    return PlainTextResponse("alive\n")
