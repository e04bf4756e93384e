"""Hours and starts in a sentence: "pas avant 10h", "de 10 a 15", "a partir du 3 mars", "apres mon stage"."""

import re
from typing import Final

from bot.flows.understanding.reading import WhenWords

_HOUR: Final = r"(\d{1,2}) ?(?:h|:|heures?)? ?(\d{2})?\b"
_FROM_TO: Final = re.compile(r"(\d{1,2}) ?h?(\d{2})? ?(?:a|et|-|to|/|(?<=h) ) ?(\d{1,2}) ?(?:h(\d{2})?|heures?)?\b")
_AFTER: Final = (
    re.compile(rf"(?:apres|des|a partir de|pas avant|partir de|after|from) {_HOUR}"),
    re.compile(r"(\d{1,2}) ?h ?(\d{2})? (?:ou|et) plus\b"),
)
_BEFORE: Final = (
    re.compile(rf"(?<!pas )(?:avant|jusqu'?a|jusque|before|until) {_HOUR}"),
    re.compile(r"(\d{1,2}) ?h ?(\d{2})? (?:max|au plus tard)\b"),
)
_DATE: Final = re.compile(r"(?:a partir du|des le|apres le|le|du) (\d{1,2})(?:er)?(?: ([a-z]{3,9}))?(?!\d| ?h)\b")
_AWAY: Final = re.compile(r"(?:indispo\w*|pas dispo\w*|pas libre|occupee?) jusqu'?(?:au|a) (\d{1,2})\b")
_LAST_DAY: Final = 31


def hours_and_start(plain: str, lists: WhenWords) -> dict[str, str]:
    """`not_before` and `not_after` as HH:MM, `start` (relative:, event: or date:), `alternate_weeks`: those said."""
    found = _bounds(plain) if any(c.isdigit() for c in plain) else {}
    start = next((value for words, value in lists.starts if words in plain), "") or _date(plain, lists.months)
    if start:
        found["start"] = start
    if any(words in plain for words in lists.alternate):
        found["alternate_weeks"] = "true"
    return found


def _bounds(plain: str) -> dict[str, str]:
    if between := _FROM_TO.search(plain):
        start, end = _clock(*between.group(1, 2)), _clock(*between.group(3, 4))
        if start and end and start < end:
            return {"not_before": start, "not_after": end}
    bounds = {"not_before": _first_hour(plain, _AFTER), "not_after": _first_hour(plain, _BEFORE)}
    return {name: hour for name, hour in bounds.items() if hour}


def _first_hour(plain: str, patterns: tuple[re.Pattern[str], ...]) -> str:
    found = next((match for pattern in patterns if (match := pattern.search(plain))), None)
    return _clock(*found.group(1, 2)) if found else ""


def _clock(hour: str | None, minute: str | None) -> str:
    if hour is None or int(hour) > 23 or int(minute or 0) > 59:
        return ""
    return f"{int(hour):02d}:{int(minute or 0):02d}"


def _date(plain: str, months: tuple[str, ...]) -> str:
    """The start said as a date, `*` for the next such day of a month; away until the 20th starts on the 21st."""
    if (away := _AWAY.search(plain)) and 0 < int(away.group(1)) < _LAST_DAY:
        return f"date:*-{int(away.group(1)) + 1:02d}"
    found = _DATE.search(plain)
    if found is None or not 0 < int(found.group(1)) <= _LAST_DAY:
        return ""
    month = months.index(found.group(2)) + 1 if found.group(2) in months else 0
    return f"date:{month:02d}-{int(found.group(1)):02d}" if month else f"date:*-{int(found.group(1)):02d}"
