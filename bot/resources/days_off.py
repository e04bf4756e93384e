"""Bank holidays, by time zone: the one door to `holidays`. They arrive in the core as data."""

from datetime import date
from functools import cache

import holidays

_SUBDIVISION = {
    "America/Guadeloupe": "971",
    "America/Martinique": "972",
    "America/Cayenne": "973",
    "Indian/Reunion": "974",
    "Indian/Mayotte": "976",
    "America/Miquelon": "PM",
    "Pacific/Noumea": "NC",
    "Pacific/Tahiti": "PF",
    "America/St_Barthelemy": "BL",
    "America/Marigot": "MF",
    "Pacific/Wallis": "WF",
}
"""Overseas subdivisions by IANA zone (codes of the `holidays` package, INSEE department numbers where they exist)."""


@cache
def days_off(zone: str, year: int) -> frozenset[date]:
    """The bank holidays of `year` where clocks show `zone`."""
    return frozenset(holidays.country_holidays("FR", subdiv=_SUBDIVISION.get(zone), years=year))
