"""/files/{id}: a voice message or a file, given out so that nothing in it can run in an adviser's browser."""

import re
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from admin_api.access import access_file
from admin_api.edge import Reading
from admin_api.errors import Answers, answers
from bot.store.desk import FileRow

router = APIRouter(prefix="/files", tags=["files"])

_HARMLESS: Final = re.compile(r"(audio|video)/[a-z0-9.+-]+|image/(png|jpeg|gif|webp)|application/pdf")
_BYTES: Answers = {200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}


@router.get("/{file_id}", response_class=Response, responses=answers("not_found") | _BYTES)
async def get(desk: Reading, file_id: int) -> Response:
    """The bytes, as an attachment. The opening is on the record."""
    return attachment(await access_file(desk, file_id))


def attachment(file: FileRow) -> Response:
    """A download: its own type only when it is harmless, never rendered in place, never allowed to run anything."""
    name = re.sub(r"[^\w .()-]", "_", file.name)[:80].strip(" .") or f"{file.kind}-{file.id}"
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    mime = file.mime.lower() if _HARMLESS.fullmatch(file.mime.lower()) else "application/octet-stream"
    return Response(file.content, headers=headers, media_type=mime)
