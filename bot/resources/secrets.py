"""Secrets at rest: AES-GCM under SECRET_KEY, bound to the place they are kept in. The one door to `cryptography`."""

import base64
import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot import clock

_NONCE = 12


class SealBroken(Exception):
    """The sealed bytes were not made with this key, or not for this place."""


class SecretBox:
    """Seals and opens short values. A sealed value is key id (1 byte), nonce (12), ciphertext and tag; `context` is
    "table:row:column".
    """

    def __init__(self, secret_key: str) -> None:
        key = hashlib.sha256(b"allervers seal\0" + secret_key.encode()).digest()
        self._key_id = hashlib.sha256(key).digest()[:1]
        self._aead = AESGCM(key)
        self._mac = hashlib.sha256(b"allervers sign\0" + secret_key.encode()).digest()

    def seal(self, plain: bytes, context: str) -> bytes:
        """The value, unreadable outside `context`."""
        nonce = base64.urlsafe_b64decode(clock.token(_NONCE) + "==")[:_NONCE]
        return self._key_id + nonce + self._aead.encrypt(nonce, plain, context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """The value sealed for `context`. Raises SealBroken."""
        try:
            return self._aead.decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], context.encode())
        except InvalidTag as error:
            raise SealBroken(context) from error

    def sign(self, message: str) -> str:
        """A keyed fingerprint (hex) of `message`, for things that must not be guessed such as form tokens."""
        return hmac.new(self._mac, message.encode(), "sha256").hexdigest()


def hashed(secret: str) -> str:
    """What is kept of a random secret of at least 128 bits: its SHA-256, in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def outgoing_place(cause_id: int) -> str:
    """The place the secret of an outgoing message is sealed for: the inbound it answers."""
    return f"outbox:{cause_id}"


def same(one: str, other: str) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
