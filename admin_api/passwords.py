"""Passwords (argon2id), one-time codes (RFC 6238) and recovery codes. The one door to argon2 and pyotp.

The cost is OWASP's second profile: 19 MiB, two passes, one lane; tens of milliseconds on a small machine. It is paid
on a thread, at most two at a time, so that a burst of sign-ins slows sign-ins and nothing else. An unknown e-mail
costs the same as a known one.
"""

import asyncio
import hmac
from datetime import datetime
from typing import Final

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot import clock

SHORTEST: Final = 12
"""Characters of a password: length over rules."""

STEP_SECONDS: Final = 30
RECOVERY_CODES: Final = 8
_ISSUER: Final = "allervers"
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODY: Final = _hasher.hash(clock.token())
_at_once = asyncio.Semaphore(2)


async def password_matches(kept: str | None, password: str) -> bool:
    """Whether `password` is the one behind the hash `kept`; None (nobody) takes as long and is never right."""
    async with _at_once:
        return await asyncio.to_thread(_matches, kept or _NOBODY, password) and kept is not None


def hash_password(password: str) -> str:
    """The argon2id hash to keep. Blocks for tens of milliseconds: commands only."""
    return _hasher.hash(password)


def _matches(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def new_secret() -> str:
    """A fresh secret for an authenticator app (base32, 160 bits)."""
    return pyotp.random_base32()


def enrolment_address(secret: str, email: str) -> str:
    """What the QR code says to the app (otpauth://)."""
    return pyotp.TOTP(secret, name=email, issuer=_ISSUER).provisioning_uri()


def accepted_step(secret: str, code: str, now: datetime, last: int) -> int | None:
    """The 30-second step for which `code` is right, after the step `last`; None when it is wrong or was used. One step
    of drift is allowed.
    """
    current = int(now.timestamp()) // STEP_SECONDS
    typed = "".join(filter(str.isdecimal, code))
    totp = pyotp.TOTP(secret)
    for step in (current - 1, current, current + 1):
        if step > last and hmac.compare_digest(totp.generate_otp(step), typed):
            return step
    return None


def current_code(secret: str, now: datetime) -> str:
    """The code an app shows at `now`: for the demonstration's accounts and for tests."""
    return pyotp.TOTP(secret).generate_otp(int(now.timestamp()) // STEP_SECONDS)


def recovery_codes() -> list[str]:
    """Codes to write on paper: 10 characters of 5 bits each, in two groups."""
    return [_grouped(pyotp.random_base32(32)[:10].lower()) for _ in range(RECOVERY_CODES)]


def plain_recovery_code(typed: str) -> str:
    """A recovery code as it was typed, without case, spaces or dashes."""
    return _grouped("".join(filter(str.isalnum, typed.lower())))


def _grouped(code: str) -> str:
    return f"{code[:5]}-{code[5:]}"
