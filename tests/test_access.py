"""Who may do what: every route of the advisers' side, one line each. A route without a line fails."""

from typing import Any, Final

import pytest
from starlette.routing import Route

from bot.store.pool import transaction
from tests.admin_api.browsing import Console
from tests.admin_api.office import Office, open_office

API: Final = "/api/v1"
PERSON: Final = "/console/people/{id}"

# route -> (body, answers to: nobody, an adviser of the agency, its manager, an adviser of another agency)
PROGRAMS: Final[dict[str, tuple[Any, tuple[int, int, int, int]]]] = {
    f"GET {API}/openapi.json": (None, (200, 200, 200, 200)),
    f"GET {API}/agencies/me": (None, (401, 200, 200, 200)),
    f"GET {API}/advisers": (None, (401, 200, 200, 200)),
    f"GET {API}/incidents": (None, (401, 200, 200, 200)),
    f"GET {API}/audit": (None, (401, 403, 200, 403)),
    f"GET {API}/young-people": (None, (401, 200, 200, 200)),
    f"GET {API}/young-people/{{young_person_id}}": (None, (401, 200, 200, 404)),
    f"PATCH {API}/young-people/{{young_person_id}}": ({"referent_id": None}, (401, 200, 412, 404)),
    f"POST {API}/young-people/{{young_person_id}}/barriers/{{barrier_id}}/opening": ({}, (401, 200, 200, 404)),
    f"GET {API}/conversations/{{young_person_id}}": (None, (401, 200, 200, 404)),
    f"GET {API}/conversations/{{young_person_id}}/messages": (None, (401, 200, 200, 404)),
    f"GET {API}/conversations/{{young_person_id}}/events": (None, (401, 0, 0, 404)),
    f"POST {API}/conversations/{{young_person_id}}/messages": ({"text": "Bonjour"}, (401, 201, 409, 404)),
    f"POST {API}/conversations/{{young_person_id}}/floor": ({}, (401, 200, 409, 404)),
    f"DELETE {API}/conversations/{{young_person_id}}/floor": (None, (401, 200, 409, 404)),
    f"GET {API}/tasks": (None, (401, 200, 200, 200)),
    f"GET {API}/tasks/{{task_id}}": (None, (401, 200, 200, 404)),
    f"PATCH {API}/tasks/{{task_id}}": ({"state": "closed"}, (401, 412, 412, 404)),
    f"GET {API}/files/{{file_id}}": (None, (401, 200, 200, 404)),
}

# the same for people: a browser that is not signed in goes to the sign-in page (303)
PAGES: Final[dict[str, tuple[int, int, int, int]]] = {
    "GET /console": (303, 200, 200, 200),
    "GET /console/live": (303, 0, 0, 0),
    "GET /console/incidents": (303, 200, 200, 200),
    f"GET {PERSON}": (303, 200, 200, 404),
    f"GET {PERSON}/live": (303, 0, 0, 404),
    "GET /console/files/{id}": (303, 200, 200, 404),
    f"POST {PERSON}/messages": (303, 303, 409, 404),
    f"POST {PERSON}/floor": (303, 303, 409, 404),
    f"POST {PERSON}/floor/return": (303, 303, 409, 404),
    f"POST {PERSON}/tasks/closing": (303, 303, 409, 404),
    f"POST {PERSON}/tasks/reopening": (303, 409, 409, 404),
    f"POST {PERSON}/referent": (303, 409, 409, 404),
    f"POST {PERSON}/barriers/{{barrier}}": (303, 200, 200, 404),
    f"GET {PERSON}/messages": (303, 303, 303, 303),
    f"GET {PERSON}/floor": (303, 303, 303, 303),
    f"GET {PERSON}/floor/return": (303, 303, 303, 303),
    f"GET {PERSON}/tasks/closing": (303, 303, 303, 303),
    f"GET {PERSON}/tasks/reopening": (303, 303, 303, 303),
    f"GET {PERSON}/referent": (303, 303, 303, 303),
    # coming in and going out: open to everybody, each step asks for the one before
    "GET /console/static/{name}": (404, 404, 404, 404),
    "GET /console/sign-in": (200, 200, 200, 200),
    "POST /console/sign-in": (403, 403, 403, 403),
    "GET /console/second-factor": (303, 303, 303, 303),
    "POST /console/second-factor": (303, 303, 303, 303),
    "GET /console/enrolment": (303, 303, 303, 303),
    "POST /console/enrolment": (303, 303, 303, 303),
    "POST /console/sign-out": (303, 303, 303, 303),
}

STREAM: Final = 0
"""An answer that goes on: tested where streams are read."""


@pytest.fixture
async def office(resources: Any) -> Office:
    """Two agencies and the app in front of them."""
    return await open_office(resources)


def _lines(app: Any) -> set[str]:
    """Every route of the app, those of its included routers too."""
    pairs = [(route.methods, route.path) for route in app.routes if isinstance(route, Route)]
    for included in app.routes:
        router = getattr(included, "original_router", None)
        pairs += [(route.methods, API + route.path) for route in router.routes] if router else []
    return {f"{method} {path}" for methods, path in pairs for method in methods - {"HEAD"}}


async def test_every_route_has_a_line(office: Office) -> None:
    assert _lines(office.app) == set(PROGRAMS) | set(PAGES)


def _filled(path: str, office: Office) -> str:
    young = office.here.young
    ids = {"young_person_id": young.id, "barrier_id": young.masked, "task_id": young.task, "file_id": young.file}
    own = {"barrier": young.masked, "id": young.file if "/files/" in path else young.id, "name": "nothing.css"}
    return path.format(**ids, **own)


@pytest.mark.parametrize("line", PROGRAMS)
async def test_programs_get_what_their_token_may(office: Office, line: str) -> None:
    method, path = line.split(" ")
    body, expected = PROGRAMS[line]
    viewers = (None, office.here.adviser, office.here.manager, office.there.adviser)
    version = '"v1"' if "young-people" in path else '"v9"'
    if method == "DELETE":
        async with office.client(office.here.adviser) as client:
            await client.post(_filled(path, office), json={})
    answers = []
    for viewer, status in zip(viewers, expected, strict=True):
        if status == STREAM:
            answers.append(STREAM)
            continue
        async with office.client(viewer) as client:
            answer = await client.request(method, _filled(path, office), json=body, headers={"If-Match": version})
            answers.append(answer.status_code)
    assert tuple(answers) == expected


@pytest.mark.parametrize("line", PAGES)
async def test_people_get_what_their_session_may(office: Office, line: str) -> None:
    method, path = line.split(" ")
    viewers = (None, office.here.adviser, office.here.manager, office.there.adviser)
    answers = []
    for viewer, status in zip(viewers, PAGES[line], strict=True):
        if status == STREAM:
            answers.append(STREAM)
            continue
        console = Console(office)
        if viewer is not None:
            await console.sign_in(viewer)
            if path.endswith("floor/return") and viewer is office.here.adviser:
                await console.send(f"/console/people/{office.here.young.id}/floor")
        token = console.csrf
        console.client.follow_redirects = False
        fields = {"csrf": token, "text": "Bonjour", "task": str(office.here.young.task)}
        where = _filled(path, office)
        answer = await (console.client.get(where) if method == "GET" else console.client.post(where, data=fields))
        answers.append(answer.status_code)
    assert tuple(answers) == PAGES[line]


async def test_not_yours_and_not_there_are_the_same_bytes(office: Office) -> None:
    young = office.here.young
    async with office.client(office.there.adviser) as client:
        for path, mine in (
            ("young-people", young.id),
            ("conversations", young.id),
            ("tasks", young.task),
            ("files", young.file),
        ):
            foreign = await client.get(f"{API}/{path}/{mine}")
            absent = await client.get(f"{API}/{path}/987654")
            assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content)


async def test_lists_of_one_agency_hold_nothing_of_another(office: Office) -> None:
    foreign = {office.here.young.id, office.here.young.task}
    async with office.client(office.there.manager) as client:
        await client.get(f"{API}/young-people/{office.there.young.id}")
        for path in ("young-people", "tasks", "audit", "advisers", "incidents"):
            body = (await client.get(f"{API}/{path}")).json()
            items = body["items"] if isinstance(body, dict) else body
            owners = {one.get("young_person_id", one.get("subject_id")) for one in items}
            assert not owners & foreign, path
            assert "valombre" not in str(items), path


async def test_the_database_shows_nothing_to_a_connection_without_agency(office: Office) -> None:
    async with transaction(office.resources.db) as conn:
        tables = await conn.fetch(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace "
            "and relname <> 'alembic_version'"
        )
        assert len(tables) > 25
        for table in tables:
            assert await conn.fetchval(f'select count(*) from "{table["relname"]}"') == 0, table["relname"]


async def test_a_revoked_token_opens_nothing(office: Office) -> None:
    async with transaction(office.resources.db, [office.here.id]) as conn:
        await conn.execute("update api_token set revoked_at = now()")
    async with office.client(office.here.adviser) as client:
        assert (await client.get(f"{API}/agencies/me")).status_code == 401


async def test_an_adviser_who_left_opens_nothing(office: Office) -> None:
    console = Console(office)
    await console.sign_in(office.here.adviser)
    async with transaction(office.resources.db, [office.here.id]) as conn:
        await conn.execute("update adviser set left_at = now()")
    async with office.client(office.here.adviser) as client:
        assert (await client.get(f"{API}/agencies/me")).status_code == 401
    assert "E-mail" in (await console.open("/console")).text or console.page.url.path == "/console/sign-in"
