"""Text from outside, made safe to keep: what PostgreSQL and JSON cannot hold is replaced, what is endless is cut."""

import re
from typing import Final

MOST_KEPT: Final = 8_000
"""Characters kept of one message. A page of a book is about 2,000."""

SECRET_MARK: Final = "\ue000"
"""Stands in a kept text for a secret that is kept elsewhere (a private-use character)."""

_NOT_STORABLE = re.compile(f"[\x00\ud800-\udfff{SECRET_MARK}]")


def clean(text: str, most: int = MOST_KEPT) -> str:
    """`text` without NUL and lone surrogates (each becomes U+FFFD), cut after `most` characters with an ellipsis."""
    kept = _NOT_STORABLE.sub("\N{REPLACEMENT CHARACTER}", text[: most + 1])
    return kept if len(kept) <= most else kept[:most] + "…"
