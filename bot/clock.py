"""The one seam through which time and chance enter: everything else receives them as values.

Business time is always a parameter; only the edges (doors, loops, commands) ask this module.
"""

import base64
import secrets
import time
from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds on a clock that never goes back; only differences mean anything."""
    return time.monotonic()


def token(nbytes: int = 16) -> str:
    """A URL-safe secret of `nbytes` random bytes (16 = 128 bits), from the system's generator."""
    return secrets.token_urlsafe(nbytes)


def code() -> str:
    """Eight characters to be typed by hand (A-Z and 2-7: 40 bits, nothing that looks like something else)."""
    return base64.b32encode(secrets.token_bytes(5)).decode()
