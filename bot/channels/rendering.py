"""From an Outbound to what Telegram's sendMessage takes. Pure; plain text only, so that no name can be markup."""

from collections.abc import Sequence
from typing import Any, Final

from bot.domain.messages import Button, Outbound

MOST_UNITS: Final = 4096
"""Telegram counts UTF-16 units: an emoji is two. https://core.telegram.org/bots/api#sendmessage"""
_SHORT_LABEL: Final = 16
"""Characters of a label of which two fit side by side on a 360 px phone."""
_BREAKS: Final = ("\n\n", "\n", ". ", " ")


def messages(outbound: Outbound) -> list[dict[str, Any]]:
    """The parameters of each sendMessage, in order: nearly always one. Buttons go with the last."""
    parts = split(outbound.text)
    calls: list[dict[str, Any]] = [
        {"chat_id": outbound.identifier, "text": part, "link_preview_options": {"is_disabled": True}} for part in parts
    ]
    if outbound.buttons:
        calls[-1]["reply_markup"] = {"inline_keyboard": keyboard(outbound.buttons)}
    return calls


def keyboard(buttons: Sequence[Button]) -> list[list[dict[str, str]]]:
    """Rows of two where both labels are short, of one otherwise; the order stays."""
    rows: list[list[dict[str, str]]] = []
    room = False
    for button in buttons:
        short = len(button.label) <= _SHORT_LABEL
        key = {"text": button.label, "callback_data": button.id}
        if room and short:
            rows[-1].append(key)
            room = False
        else:
            rows.append([key])
            room = short
    return rows


def split(text: str, most: int = MOST_UNITS) -> list[str]:
    """`text` in parts of at most `most` UTF-16 units, cut where a reader would pause, never inside a character."""
    parts = []
    while _is_longer(text, most):
        head = _head(text, most)
        parts.append(head.rstrip())
        text = text[len(head) :].lstrip()
    return [*parts, text] if text or not parts else parts


def _head(text: str, most: int) -> str:
    """The longest beginning that fits, up to the last good place to pause in its second half."""
    fits = text.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore")
    for pause in _BREAKS:
        at = fits.rfind(pause, len(fits) // 2)
        if at > 0:
            return fits[: at + len(pause)]
    return fits


def _is_longer(text: str, most: int) -> bool:
    return len(text) > most or (len(text) * 2 > most and len(text.encode("utf-16-le")) > most * 2)
