"""Style, script and the vendored htmx, named by their content: a browser keeps them for a year and never asks again."""

from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_FOLDER: Final = Path(__file__).parent / "static"
_KINDS: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_CONTENT: Final = {path.name: path.read_bytes() for path in _FOLDER.rglob("*") if path.suffix in _KINDS}
_NAMES: Final = {name: f"{sha256(content).hexdigest()[:12]}-{name}" for name, content in _CONTENT.items()}
_BY_NAME: Final = {public: name for name, public in _NAMES.items()}


def address(name: str) -> str:
    """Where the browser finds this file. Raises KeyError for a file that is not there."""
    return f"/console/static/{_NAMES[name]}"


async def _serve(request: Request) -> Response:
    name = _BY_NAME.get(request.path_params["name"])
    if name is None:
        raise HTTPException(404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(_CONTENT[name], headers=headers, media_type=_KINDS[Path(name).suffix])


ROUTES: Final = (Route("/console/static/{name}", _serve),)
