"""A person's own data, twice: as a page to read and as JSON. What is kept, why, and who has read it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import orjson
from starlette.responses import Response

from bot.actions.deeds import barrier_place
from bot.handlers.web_pages import Frame, page, words
from bot.handlers.web_view import Words
from bot.resources.secrets import SealBroken, SecretBox
from bot.store.pool import Record
from bot.store.web import FoundLink, OwnData

_BARRIERS: Final = {
    "mobilite": "chat-data-barrier-mobilite",
    "logement": "chat-data-barrier-logement",
    "garde_enfants": "chat-data-barrier-garde-enfants",
    "sante": "chat-data-barrier-sante",
    "administratif": "chat-data-barrier-administratif",
    "numerique": "chat-data-barrier-numerique",
    "budget": "chat-data-barrier-budget",
    "langue": "chat-data-barrier-langue",
    "justice": "chat-data-barrier-justice",
    "confiance_en_soi": "chat-data-barrier-confiance-en-soi",
    "handicap": "chat-data-barrier-handicap",
    "addictions": "chat-data-barrier-addictions",
    "famille": "chat-data-barrier-famille",
    "violences": "chat-data-barrier-violences",
}
_PROFILE: Final = {
    "first_name": "chat-data-first-name",
    "age": "chat-data-age",
    "phone": "chat-data-phone",
    "town": "chat-data-town",
    "language": "chat-data-language",
}
_GIVEN: Final = {True: "chat-data-yes", False: "chat-data-no"}
_WHY: Final = {
    "profile": "chat-data-you-why",
    "wishes": "chat-data-wishes-why",
    "barriers": "chat-data-barriers-why",
    "skills": "chat-data-skills-why",
    "availability": "chat-data-availability-why",
    "consents": "chat-data-consents-why",
    "readings": "chat-data-readers-why",
}


def as_page(frame: Frame, link: FoundLink, kept: OwnData, secrets: SecretBox) -> Response:
    """Everything kept, to be read on a phone."""
    t = words(frame.language)
    data = {
        "you": [(t(text), kept.profile[name]) for name, text in _PROFILE.items() if kept.profile[name]],
        "wishes": [wish["words"] for wish in kept.wishes],
        "barriers": list(_barriers(kept, link, secrets, t)),
        "skills": [skill["words"] for skill in kept.skills],
        "availability": [kept.availability["words"]] if kept.availability and kept.availability["words"] else [],
        "consents": [f"{one['purpose']} : {t(_GIVEN[one['given']])}" for one in kept.consents],
        "readings": [f"{when:%d/%m/%Y} · {name} · {deed}" for when, deed, name in kept.readings],
    }
    return page("data.html", frame, data=data)


def as_json(frame: Frame, link: FoundLink, kept: OwnData, secrets: SecretBox) -> Response:
    """The same for machines: each item with its reason, every date in ISO 8601."""
    t = words(frame.language)
    items: dict[str, Any] = {
        "profile": dict(kept.profile),
        "wishes": [dict(one) for one in kept.wishes],
        "barriers": [dict(one) | {"sealed": _opened(one, link, secrets)} for one in kept.barriers],
        "skills": [dict(one) for one in kept.skills],
        "availability": dict(kept.availability) if kept.availability else None,
        "consents": [dict(one) for one in kept.consents],
        "readings": [{"at": when, "deed": deed, "by": name} for when, deed, name in kept.readings],
    }
    for one in items["barriers"]:
        one["words"] = one.pop("sealed")
    body = {
        "agency": frame.agency.name,
        "ground": t("chat-data-ground"),
        "retention": t("chat-data-keep"),
        **{name: {"why": t(why), "kept": items[name]} for name, why in _WHY.items()},
    }
    return Response(orjson.dumps(body, default=_plain, option=orjson.OPT_INDENT_2), media_type="application/json")


def _barriers(kept: OwnData, link: FoundLink, secrets: SecretBox, t: Words) -> Iterator[str]:
    for one in kept.barriers:
        name = t(_BARRIERS[one["category"]]) if one["category"] in _BARRIERS else one["category"]
        said = _opened(one, link, secrets)
        yield f"{name} : {said}" if said else name


def _opened(barrier: Record, link: FoundLink, secrets: SecretBox) -> str:
    """A barrier's words; "" when none were kept, or when the key they were sealed with is gone."""
    if barrier["sealed"] is None:
        return ""
    try:
        return secrets.open(barrier["sealed"], barrier_place(link.contact_id, barrier["category"])).decode()
    except SealBroken:
        return ""


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
