"""The long commands: `demo`, `serve`, `web`, `work`, `admin`. One process, one event loop, and an orderly end."""

import asyncio
import contextlib
import errno
import gc
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace

import uvicorn
from starlette.applications import Starlette

from bot.entrance.database import bring_up_to_date, expect_tables, reach
from bot.entrance.front import Front
from bot.local_services import ServiceError, local_services
from bot.resources import Resources, open_resources
from bot.settings import Settings

GRACE_SECONDS = 5  # how long an open page's stream may hold the end up
BACKLOG = 2048
EXIT_PORT = 69
_COLLECT = (50_000, 20, 100)
"""A set of people's turns makes thousands of short-lived objects that need no collector: its default rhythm took a
fifth of the CPU of `web` and `work`.
"""


@dataclass(frozen=True)
class Roles:
    """What one process does."""

    web: bool = False
    work: bool = False
    admin: bool = False
    migrates: bool = False
    sample: bool = False


def run(settings: Settings, roles: Roles, progress: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM, then stops everything in order. Raises ServiceError with a sentence to print."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(_listen(settings)) if roles.web or roles.admin else None
        services = stack.enter_context(
            local_services(settings.data_dir, settings.database_url, settings.redis_url, progress)
        )
        own = replace(settings, database_url=services.database_url, redis_url=services.redis_url)
        roles = replace(roles, migrates=roles.migrates or settings.embedded_database)
        runner = stack.enter_context(asyncio.Runner(loop_factory=_event_loop()))
        runner.run(_serve(own, roles, listener, progress))


def _event_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # there is none for Windows
        return None
    return uvloop.new_event_loop


@contextlib.contextmanager
def _listen(settings: Settings) -> Iterator[socket.socket]:
    """Takes the port first: when it is not free, nothing else has been started. Early visitors wait in its queue."""
    family = socket.AF_INET6 if ":" in settings.http_host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.http_host, settings.http_port))
            listener.listen(BACKLOG)
            listener.setblocking(False)  # uvloop leaves a given socket as it is, and would wait in accept
        except OSError as error:
            raise _port_error(error, settings) from error
        yield listener


def _port_error(error: OSError, settings: Settings) -> ServiceError:
    why = {
        errno.EADDRINUSE: "est déjà pris par un autre programme",
        errno.EACCES: "est réservé à l'administrateur du système",
        errno.EADDRNOTAVAIL: "ne peut pas s'ouvrir sur cette adresse",
    }.get(error.errno or 0, f"ne peut pas s'ouvrir ({error.strerror})")
    return ServiceError(
        f"Le port {settings.http_port} ({settings.http_host}) {why}. "
        "Choisissez-en un autre, par exemple : ALLERVERS_HTTP_PORT=8081 ./allervers demo",
        EXIT_PORT,
    )


async def _serve(
    settings: Settings, roles: Roles, listener: socket.socket | None, progress: Callable[[str], None]
) -> None:
    await reach(settings.database_url)
    if roles.migrates:
        progress("Mise à jour des tables")
        await bring_up_to_date(settings.database_url)
    else:
        await expect_tables(settings.database_url)
    async with open_resources(settings) as resources, asyncio.TaskGroup() as group:
        if roles.sample:
            await _sample(resources, progress)
        stop = _stop_on_signals()
        if roles.work:
            from bot.work import run as work

            group.create_task(work(resources, stop))
        if listener is not None:
            group.create_task(_http(resources, roles, listener, stop))
            _announce(settings, roles, progress)
            await _hint(resources, progress)
        gc.collect()
        gc.freeze()  # what is loaded now stays: the collector need not walk it at every turn
        gc.set_threshold(*_COLLECT)


async def _sample(resources: Resources, progress: Callable[[str], None]) -> None:
    from bot.entrance.sample import seed

    progress("Données d'exemple")
    logins = await seed(resources)
    if logins:
        progress(logins)


async def _hint(resources: Resources, progress: Callable[[str], None]) -> None:
    """A product without an agency answers nobody: say which command makes one."""
    if await resources.db.fetchval("select not exists (select 1 from find_agency(''))"):
        progress('Aucune agence pour l\'instant : ./allervers agency create --name "Mission Locale de …"')


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def _announce(settings: Settings, roles: Roles, progress: Callable[[str], None]) -> None:
    if roles.web:
        progress(f"Pour les jeunes       : {settings.public_url}/chat")
    if roles.admin:
        progress(f"Pour les conseillers  : {settings.public_url}/console")
        progress(f"Pour les programmes   : {settings.public_url}/api/v1/openapi.json")
    progress("Ctrl-C pour arrêter.")


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers: the whole process stops together."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _http(resources: Resources, roles: Roles, listener: socket.socket, stop: asyncio.Event) -> None:
    """Answers requests until `stop`, then lets those under way end."""
    settings = resources.settings
    async with _front(resources, roles) as app:
        config = uvicorn.Config(
            app,
            http="httptools",
            lifespan="off",  # the apps' own lifespans are entered in _front
            access_log=False,
            server_header=False,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=settings.trusted_proxies or None,
            timeout_graceful_shutdown=GRACE_SECONDS,
            log_config=None,
            backlog=BACKLOG,
        )
        server = _Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await serving
        stop.set()
        await stopping


@contextlib.asynccontextmanager
async def _front(resources: Resources, roles: Roles) -> AsyncIterator[Front]:
    """The apps of these roles behind one door, alive for the length of the block."""
    from bot.entrance import health

    front = Front(health.create_app(resources.db), _web(resources, roles), _admin(resources, roles))
    async with contextlib.AsyncExitStack() as stack:
        for app in front.apps:
            await stack.enter_async_context(app.router.lifespan_context(app))
        yield front


def _web(resources: Resources, roles: Roles) -> Starlette | None:
    if not roles.web:
        return None
    from bot.handlers.app import create_app

    return create_app(resources)


def _admin(resources: Resources, roles: Roles) -> Starlette | None:
    if not roles.admin:
        return None
    from admin_api.app import create_app

    return create_app(resources)
