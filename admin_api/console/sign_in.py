"""Coming in: e-mail and password, then the second factor (set up at the first visit), and going out.

What cannot be told apart from outside: an unknown e-mail, a wrong password, an adviser who left. Guessing is slowed
per e-mail, never per agency or address: an office behind one address cannot be locked out, and a browser that came
in before keeps its own count, so that a stranger's guesses lock nobody out of their own machine.
"""

import io
from typing import Any, Final

import segno
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from admin_api import passwords
from admin_api.console.pages import SIGN_IN, SignedOut, go_to, page
from admin_api.console.session import (
    Visit,
    check_form,
    cookie_name,
    from_here,
    open_session,
    resources_of,
    set_cookie,
    visit,
)
from bot import clock
from bot.resources import Resources
from bot.resources.secrets import hashed, same
from bot.store import advisers as store
from bot.store.desk import see_agency
from bot.store.pool import Connection, transaction

_TRIES: Final = 10
_TRIES_SECONDS: Final = 15 * 60
_CODE_TRIES: Final = 5
_KNOWN_SECONDS: Final = 90 * 86_400
_NEXT: Final = {"password": "/console/second-factor", "enrol": "/console/enrolment"}


async def sign_in_page(request: Request) -> Response:
    """The form."""
    return _sign_in(request, 200, "")


def _sign_in(request: Request, status: int, problem: str) -> Response:
    resources = resources_of(request)
    entrance = request.cookies.get(cookie_name(resources, "entrance")) or clock.token()
    response = page("sign_in.html", status, viewer=None, csrf=_entrance_token(resources, entrance), problem=problem)
    set_cookie(resources, response, entrance, "entrance")
    return response


def _entrance_token(resources: Resources, entrance: str) -> str:
    return resources.secrets.sign(f"entrance:{entrance}")


async def sign_in(request: Request) -> Response:
    """Check e-mail and password; go on to the second factor."""
    resources, form = resources_of(request), await request.form()
    entrance = request.cookies.get(cookie_name(resources, "entrance"), "")
    if not from_here(request) or not same(str(form.get("csrf", "")), _entrance_token(resources, entrance)):
        return _sign_in(request, 403, "form-old")
    email = str(form.get("email", "")).strip().lower()[:254].replace("\x00", "")
    if not await resources.throttle(_bucket(request, email), _TRIES, _TRIES_SECONDS):
        return _sign_in(request, 429, "too-many")
    async with transaction(resources.db) as conn:
        account = await store.find_account(conn, email)
    right = await passwords.password_matches(
        account.password_hash if account else None, str(form.get("password", ""))[:1000]
    )
    if account is None or not right:
        return _sign_in(request, 403, "wrong")
    return await _go_on(request, account)


def _bucket(request: Request, email: str) -> str:
    """Where tries are counted: a browser that came in before for this e-mail has its own count."""
    resources = resources_of(request)
    known = request.cookies.get(cookie_name(resources, "known"), "")
    mine = same(known, resources.secrets.sign(f"known:{email}"))
    return f"sign-in:{'known:' if mine else ''}{hashed(email)}"


async def _go_on(request: Request, account: store.Account) -> Response:
    resources, stage = resources_of(request), "password" if account.enrolled else "enrol"
    sealed = None
    if stage == "enrol":
        sealed = resources.secrets.seal(passwords.new_secret().encode(), _pending(account.id))
    async with transaction(resources.db, (account.agency_id,)) as conn:
        name = await open_session(conn, (account.agency_id, account.id), stage, sealed)
    response = go_to(request, _NEXT[stage])
    set_cookie(resources, response, name)
    return response


def _pending(adviser_id: int) -> str:
    return f"adviser_session:{adviser_id}:totp_sealed"


def _kept(adviser_id: int) -> str:
    return f"adviser:{adviser_id}:totp_sealed"


async def second_factor_page(request: Request) -> Response:
    """The form for the six digits."""
    async with transaction(resources_of(request).db) as conn:
        return await _second_factor(request, conn, await _at(request, conn, "password"))


async def _at(request: Request, conn: Connection, stage: str) -> Visit:
    found = await visit(request, conn, stage)
    if found is None:
        raise SignedOut
    return found


async def _second_factor(request: Request, conn: Connection, found: Visit, problem: str = "") -> Response:
    factor: Any = await conn.fetchrow(store.SQL.second_factor, found.session.agency_id, found.session.adviser_id)
    demo = ""
    if factor["demo"]:
        secret = _open_factor(resources_of(request), found, factor)
        demo = passwords.current_code(secret, clock.now())
    status = 403 if problem else 200
    return page("second_factor.html", status, viewer=None, csrf=found.csrf, problem=problem, demo=demo)


def _open_factor(resources: Resources, found: Visit, factor: Any) -> str:
    return resources.secrets.open(factor["totp_sealed"], _kept(found.session.adviser_id)).decode()


async def second_factor(request: Request) -> Response:
    """Check the six digits, or a recovery code. After five wrong ones the password is asked again."""
    form = await request.form()
    async with transaction(resources_of(request).db) as conn:
        found = await _at(request, conn, "password")
        check_form(request, form, found.csrf)
        if await _factor_holds(request, conn, found, str(form.get("code", ""))[:40]):
            return await _welcome(request, conn, found, go_to(request, "/console"))
        tries = await conn.fetchval(store.SQL.failed_code, found.session.agency_id, found.session.id)
        if tries < _CODE_TRIES:
            return await _second_factor(request, conn, found, "code-wrong")
        await conn.execute(store.SQL.close_session, found.session.agency_id, found.session.id)
    return _sign_in(request, 403, "start-again")


async def _factor_holds(request: Request, conn: Connection, found: Visit, code: str) -> bool:
    resources, who = resources_of(request), (found.session.agency_id, found.session.adviser_id)
    factor: Any = await conn.fetchrow(store.SQL.second_factor, *who)
    secret = _open_factor(resources, found, factor)
    # the sample's accounts show their code on the page: the same one may come in twice
    last = 0 if factor["demo"] else factor["totp_step"]
    step = passwords.accepted_step(secret, code, clock.now(), last)
    if step is not None:
        await conn.execute(store.SQL.code_accepted, *who, step)
        return True
    fingerprint = _fingerprint(resources, who[1], passwords.plain_recovery_code(code))
    return await conn.fetchval(store.SQL.use_recovery_code, *who, fingerprint) is not None


def _fingerprint(resources: Resources, adviser_id: int, code: str) -> str:
    return resources.secrets.sign(f"recovery:{adviser_id}:{code}")


async def _welcome(request: Request, conn: Connection, found: Visit, response: Response) -> Response:
    """The second factor held: a new session under a new name, and this browser is known from now on."""
    resources, who = resources_of(request), (found.session.agency_id, found.session.adviser_id)
    await conn.execute(store.SQL.close_session, found.session.agency_id, found.session.id)
    set_cookie(resources, response, await open_session(conn, who, "open"))
    factor: Any = await conn.fetchrow(store.SQL.second_factor, *who)
    known = resources.secrets.sign(f"known:{factor['email']}")
    set_cookie(resources, response, known, "known", _KNOWN_SECONDS)
    return response


async def enrolment_page(request: Request) -> Response:
    """The QR code to scan at the first visit."""
    async with transaction(resources_of(request).db) as conn:
        return await _enrolment(request, conn, await _at(request, conn, "enrol"))


async def _enrolment(request: Request, conn: Connection, found: Visit, problem: str = "") -> Response:
    secret = await _pending_secret(request, conn, found)
    who = (found.session.agency_id, found.session.adviser_id)
    factor: Any = await conn.fetchrow(store.SQL.second_factor, *who)
    email = factor["email"]
    drawn = io.BytesIO()
    address = passwords.enrolment_address(secret, email)
    segno.make(address, micro=False).save(drawn, kind="svg", xmldecl=False, svgns=False, scale=5, border=2, dark="#000")
    shown = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    status = 403 if problem else 200
    values = {"csrf": found.csrf, "problem": problem, "secret": shown, "drawing": drawn.getvalue().decode()}
    return page("enrolment.html", status, viewer=None, **values)


async def _pending_secret(request: Request, conn: Connection, found: Visit) -> str:
    sealed = await conn.fetchval(store.SQL.pending_secret, found.session.agency_id, found.session.id)
    return resources_of(request).secrets.open(sealed, _pending(found.session.adviser_id)).decode()


async def enrol(request: Request) -> Response:
    """The app shows the right digits: the second factor is set up, and the recovery codes are shown, once."""
    form, resources = await request.form(), resources_of(request)
    async with transaction(resources.db) as conn:
        found = await _at(request, conn, "enrol")
        check_form(request, form, found.csrf)
        secret, who = await _pending_secret(request, conn, found), (found.session.agency_id, found.session.adviser_id)
        step = passwords.accepted_step(secret, str(form.get("code", ""))[:40], clock.now(), 0)
        if step is None:
            return await _enrolment(request, conn, found, "code-wrong")
        await conn.execute(store.SQL.enrol, *who, resources.secrets.seal(secret.encode(), _kept(who[1])), step)
        codes = await _new_recovery_codes(resources, conn, who)
        return await _welcome(request, conn, found, page("recovery_codes.html", viewer=None, codes=codes))


async def _new_recovery_codes(resources: Resources, conn: Connection, who: tuple[int, int]) -> list[str]:
    codes = passwords.recovery_codes()
    await conn.execute(store.SQL.forget_recovery_codes, *who)
    rows = [(*who, _fingerprint(resources, who[1], code)) for code in codes]
    await conn.executemany(store.SQL.keep_recovery_code, rows)
    return codes


async def sign_out(request: Request) -> Response:
    """The session's row goes, and with it every page that was open."""
    resources = resources_of(request)
    async with transaction(resources.db) as conn:
        found = await visit(request, conn, "open", "password", "enrol")
        if found is not None:
            check_form(request, await request.form(), found.csrf)
            await see_agency(conn, found.session.agency_id)
            await conn.execute(store.SQL.close_session, found.session.agency_id, found.session.id)
    response = go_to(request, SIGN_IN)
    response.delete_cookie(cookie_name(resources), path="/")
    return response


ROUTES: Final = (
    Route("/console/sign-in", sign_in_page),
    Route("/console/sign-in", sign_in, methods=["POST"]),
    Route("/console/second-factor", second_factor_page),
    Route("/console/second-factor", second_factor, methods=["POST"]),
    Route("/console/enrolment", enrolment_page),
    Route("/console/enrolment", enrol, methods=["POST"]),
    Route("/console/sign-out", sign_out, methods=["POST"]),
)
