"""What every page and answer of ours tells a browser: load nothing from elsewhere, run nothing written inline."""

from typing import Final

_POLICY: Final = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
_ALWAYS: Final = {
    "content-security-policy": "; ".join(_POLICY),
    "x-content-type-options": "nosniff",
    # to ourselves only: with no-referrer, browsers would also hide the origin that our forms are checked by
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex",
}


def security_headers(secure: bool) -> dict[str, str]:
    """The headers of every answer; `secure` (https) adds a year of strict transport."""
    return _ALWAYS | ({"strict-transport-security": "max-age=31536000"} if secure else {})
