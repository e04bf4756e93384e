"""What goes wrong, said to programs: RFC 9457 problems. `code` is stable, `detail` is for a person, nothing of the
inside ever leaves.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import compile_path

from bot.actions.desk import DeedRefused
from bot.store.pool import StoreDown

MEDIA_TYPE: Final = "application/problem+json"

TITLES: Final[Mapping[str, tuple[int, str]]] = {
    "bad_request": (400, "The request cannot be read"),
    "bad_cursor": (400, "The cursor does not come from this list"),
    "bad_etag": (400, "If-Match does not hold an ETag of this resource"),
    "unauthenticated": (401, "A valid bearer token is needed"),
    "forbidden": (403, "This needs a manager"),
    "not_found": (404, "There is no such thing here"),
    "method_not_allowed": (405, "This address does not answer this method"),
    "conflict": (409, "This cannot be done now"),
    "key_reused": (409, "This Idempotency-Key came before with another request"),
    "changed": (412, "It changed since you read it"),
    "too_large": (413, "The request is too large"),
    "invalid": (422, "Some values are not acceptable"),
    "precondition_required": (428, "Say which version you read, in If-Match"),
    "too_many": (429, "Too many requests"),
    "internal": (500, "Something failed on our side"),
    "unavailable": (503, "The record cannot be reached for now"),
}
"""code -> (status, title)."""

_CODES: Final = {
    status: code for code, (status, _) in TITLES.items() if code not in {"bad_cursor", "bad_etag", "key_reused"}
}

REFUSALS: Final[Mapping[str, str]] = {
    "stopped": "The person said STOP: no message may leave until they ask for messages again.",
    "erased": "The person asked to be erased.",
    "unreachable": "No address of this person is open.",
    "floor_held": "Another adviser has the floor.",
    "floor_free": "Nobody has the floor.",
    "task_open": "The task is open already, or another one of its kind is.",
    "task_closed": "The task is closed already.",
    "no_adviser": "No adviser of this agency has this id.",
    "empty": "A message needs words.",
    "too_long": "The message is too long.",
}
"""Why a deed was refused -> a sentence. The reason itself travels in `reason`."""


class ProblemModel(BaseModel):
    """A problem (RFC 9457)."""

    type: str = Field(examples=["urn:allervers:problem:not_found"])
    title: str = Field(examples=["There is no such thing here"])
    status: int = Field(examples=[404])
    code: str = Field(examples=["not_found"])
    detail: str | None = None
    reason: str | None = Field(default=None, description="Why a deed was refused, in one word", examples=["floor_held"])
    errors: list[dict[str, str]] | None = Field(default=None, description="One line for each value, `in` and `message`")


class Problem(Exception):
    """Raised anywhere under the API; the handler below writes it."""

    def __init__(self, code: str, detail: str = "", headers: Mapping[str, str] | None = None, **more: object) -> None:
        super().__init__(code)
        self.code, self.detail, self.headers, self.more = code, detail, dict(headers or {}), more


def problem(code: str, detail: str = "", headers: Mapping[str, str] | None = None, **more: object) -> Response:
    """The response of a problem."""
    status, title = TITLES[code]
    body: dict[str, Any] = {"type": f"urn:allervers:problem:{code}", "title": title, "status": status, "code": code}
    body |= {"detail": detail} if detail else {}
    return JSONResponse(body | more, status, dict(headers or {}), MEDIA_TYPE)


def refusal(refused: DeedRefused) -> Problem:
    """A refused deed as a problem: 422 for words that cannot be sent, 412 for another version, 409 for the rest."""
    if refused.reason == "changed":
        return Problem("changed")
    code = "invalid" if refused.reason in {"empty", "too_long", "no_adviser"} else "conflict"
    return Problem(code, REFUSALS[refused.reason], reason=refused.reason, headers=None, **refused.details)


async def on_problem(request: Request, error: Exception) -> Response:
    """Handler of Problem."""
    assert isinstance(error, Problem)
    return problem(error.code, error.detail, error.headers, **error.more)


async def on_refusal(request: Request, error: Exception) -> Response:
    """Handler of DeedRefused."""
    assert isinstance(error, DeedRefused)
    return await on_problem(request, refusal(error))


async def on_http(request: Request, error: Exception) -> Response:
    """Handler of the framework's own refusals (no route, wrong method)."""
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, "bad_request" if error.status_code < 500 else "internal")
    headers = {"Allow": ", ".join(sorted(_allowed(request)))} if code == "method_not_allowed" else error.headers
    return problem(code, headers=headers)


def _allowed(request: Request) -> set[str]:
    """Every method of this address: the framework knows only those of the first route it found."""
    return {
        method.upper()
        for path, operations in request.app.openapi()["paths"].items()
        for method in operations
        if compile_path(path)[0].match(request.url.path)
    }


async def on_invalid(request: Request, error: Exception) -> Response:
    """Handler of values the models refuse. What was sent is never repeated."""
    assert isinstance(error, RequestValidationError)
    errors: Sequence[Any] = error.errors()
    if any(one["type"] == "json_invalid" for one in errors):
        return problem("bad_request", "The body is not JSON.")
    lines = [{"in": ".".join(map(str, one["loc"])), "message": str(one["msg"])} for one in errors]
    return problem("invalid", errors=lines)


async def on_store_down(request: Request, error: Exception) -> Response:
    """Handler of StoreDown: nothing was done, try again."""
    return problem("unavailable", headers={"Retry-After": "5"})


HANDLERS: Final = {
    Problem: on_problem,
    DeedRefused: on_refusal,
    HTTPException: on_http,
    RequestValidationError: on_invalid,
    StoreDown: on_store_down,
}


Answers = dict[int | str, dict[str, Any]]


def answers(*codes: str) -> Answers:
    """OpenAPI's `responses` for a route that may answer these problems, besides those every route may."""
    described: Answers = {}
    for code in ("bad_request", "unauthenticated", "invalid", "too_many", "internal", "unavailable", *codes):
        status, title = TITLES[code]
        example = {"type": f"urn:allervers:problem:{code}", "title": title, "status": status, "code": code}
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemModel"}, "example": example}}
        described.setdefault(status, {"description": title, "content": content, "model": ProblemModel})
    return described
