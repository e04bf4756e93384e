"""The chat's own style sheet, script and mark, named by their content: a browser keeps them for a year and never asks
again.
"""

import gzip
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

_FOLDER: Final = Path(__file__).parent / "chat" / "static"
_KINDS: Final = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file in memory: its address carries the first characters of its SHA-256."""

    address: str
    kind: str
    plain: bytes
    packed: bytes


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    name = f"{path.stem}.{sha256(content).hexdigest()[:12]}{path.suffix}"
    return Asset(f"/chat/static/{name}", _KINDS[path.suffix], content, gzip.compress(content, 9, mtime=0))


_ASSETS: Final = {path.name: _read(path) for path in sorted(_FOLDER.iterdir()) if path.suffix in _KINDS}
_BY_ADDRESS: Final = {asset.address: asset for asset in _ASSETS.values()}


def address(name: str) -> str:
    """Where the browser finds this file. Raises KeyError for a file that is not there."""
    return _ASSETS[name].address


async def serve(request: Request) -> Response:
    """GET /chat/static/{name}."""
    asset = _BY_ADDRESS.get(request.url.path)
    if asset is None:
        raise HTTPException(404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(asset.plain, media_type=asset.kind, headers=headers)
    return Response(asset.packed, media_type=asset.kind, headers=headers | {"Content-Encoding": "gzip"})
