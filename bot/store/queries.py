"""Named queries: `load("talk").context` is the block headed `-- name: context` of sql/talk.sql. SQL has names and
lives in one room.
"""

import re
from functools import cache
from importlib.resources import files
from types import SimpleNamespace

_HEAD = re.compile(r"^-- name: (\w+)\s*$", re.MULTILINE)


@cache
def load(room: str) -> SimpleNamespace:
    text = files("bot.store").joinpath("sql", f"{room}.sql").read_text("utf-8")
    _, *parts = _HEAD.split(text)
    return SimpleNamespace(**dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True)))
