"""A person's own data, twice: as a page to read and as JSON. What is kept, why, and who has read it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import orjson
from starlette.responses import Response

from bot.actions.deeds import barrier_place
from bot.domain.people import GENERAL
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
    "autre": "chat-data-barrier-other",
}
_GENERAL: Final[dict[object, str]] = {
    "no": "chat-data-barrier-general-no",
    "not_discussed": "chat-data-barrier-general-quiet",
    True: "chat-data-barrier-general-person",
}
"""What was answered to the whole question."""

_PROFILE: Final = {
    "first_name": "chat-data-first-name",
    "age": "chat-data-age",
    "phone": "chat-data-phone",
    "town": "chat-data-town",
    "language": "chat-data-language",
}
_IN_WORDS: Final = {
    "under_15": "chat-data-age-under-15",
    "15": "chat-data-age-15",
    "16_17": "chat-data-age-16-17",
    "18_25": "chat-data-age-18-25",
    "26_29": "chat-data-age-26-29",
    "over_29": "chat-data-age-over-29",
    "fr": "common-language-fr",
    "en": "common-language-en",
    "ar": "common-language-ar",
    "matin": "chat-data-morning",
    "apres_midi": "chat-data-afternoon",
    "soir": "chat-data-evening",
}
"""Codes that are said in words."""

_HIDDEN: Final = {
    "wishes": "chat-data-wishes",
    "barriers": "chat-data-barriers",
    "skills": "chat-data-skills",
    "availability": "chat-data-availability",
    "phone": "chat-data-phone",
}
_PURPOSES: Final = {
    "channel": "chat-data-purpose-channel",
    "prescriber": "chat-data-purpose-prescriber",
    "employer": "chat-data-purpose-employer",
    "skills_card": "chat-data-purpose-skills",
}
_DEEDS: Final = {
    "card.read": "chat-data-deed-card",
    "conversation.read": "chat-data-deed-conversation",
    "barrier.open": "chat-data-deed-barrier",
    "file.open": "chat-data-deed-file",
    "message.write": "chat-data-deed-message",
}
_GIVEN: Final = {True: "chat-data-yes", False: "chat-data-no"}
_WHY: Final = {
    "profile": "chat-data-you-why",
    "wishes": "chat-data-wishes-why",
    "barriers": "chat-data-barriers-why",
    "skills": "chat-data-skills-why",
    "availability": "chat-data-availability-why",
    "consents": "chat-data-consents-why",
    "messages": "chat-data-messages-why",
    "readings": "chat-data-readers-why",
}


def as_page(frame: Frame, link: FoundLink, kept: OwnData, secrets: SecretBox) -> Response:
    """Everything kept, to be read on a phone."""
    t = words(frame.language)
    data = {
        "you": list(_profile(kept, t)),
        "wishes": [wish["words"] for wish in kept.wishes],
        "barriers": list(_barriers(kept, link, secrets, t)),
        "skills": [skill["words"] for skill in kept.skills],
        "availability": list(_availability(kept, t)),
        "consents": [f"{_purpose(one['purpose'], t)} : {t(_GIVEN[one['given']])}" for one in kept.consents],
        "readings": [_reading(when, deed, name, t) for when, deed, name in kept.readings],
        "messages": len(kept.messages),
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
        "messages": [{"at": line.at, "author": line.author, "text": line.text} for line in kept.messages],
        "readings": [{"at": when, "deed": deed, "by": name} for when, deed, name in kept.readings],
    }
    for one in items["barriers"]:
        one["words"] = one.pop("sealed")
    body = {
        "agency": frame.agency.name,
        "ground": t("chat-data-ground"),
        "retention": t("chat-data-keep"),
        **{name: {"why": t(why, count=len(kept.messages)), "kept": items[name]} for name, why in _WHY.items()},
    }
    return Response(orjson.dumps(body, default=_plain, option=orjson.OPT_INDENT_2), media_type="application/json")


def _profile(kept: OwnData, t: Words) -> Iterator[tuple[str, str]]:
    for name, text in _PROFILE.items():
        value = kept.profile[name]
        if value:
            yield t(text), t(_IN_WORDS[value]) if value in _IN_WORDS else value
    if kept.profile["hidden"]:
        yield t("chat-data-hidden"), ", ".join(t(_HIDDEN[item]) for item in kept.profile["hidden"] if item in _HIDDEN)


def _barriers(kept: OwnData, link: FoundLink, secrets: SecretBox, t: Words) -> Iterator[str]:
    for one in kept.barriers:
        if one["category"] == GENERAL:
            yield t(_GENERAL[one["to_a_person"] or one["value"]])
            continue
        answer = t("chat-data-no") if one["value"] == "no" else _opened(one, link, secrets)
        name = _category(one["category"], t)
        yield f"{name} : {answer}" if answer else name


def _availability(kept: OwnData, t: Words) -> Iterator[str]:
    row = kept.availability
    if row is None:
        return
    if row["words"]:
        yield row["words"]
    for day, part in row["slots"] or ():
        yield f"{day} {t(_IN_WORDS[part]) if part in _IN_WORDS else part}"


def _purpose(purpose: str, t: Words) -> str:
    kind, _, category = purpose.partition(":")
    if kind == "sensitive":
        return _category(category, t)
    return t(_PURPOSES[kind]) if kind in _PURPOSES else kind


def _category(category: str, t: Words) -> str:
    return t(_BARRIERS[category]) if category in _BARRIERS else category


def _reading(when: datetime, deed: str, name: str, t: Words) -> str:
    return f"{when:%d/%m/%Y} : {name or t('chat-data-deed-team')}, {t(_DEEDS.get(deed, 'chat-data-deed-other'))}"


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
