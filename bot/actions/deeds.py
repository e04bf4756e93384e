"""What each effect of a step does to the record. Register once, loudly: two deeds for one effect is a crash at start.

`perform` is pure but for the ledger it fills: nothing is written before the edge commits.
"""

import base64
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from bot.actions.ledger import Ledger
from bot.domain import effects as e
from bot.domain.calendar import Calendar
from bot.domain.messages import Inbound, InboundKind
from bot.domain.people import is_sensitive
from bot.resources.secrets import SecretBox, hashed

SAYING: Final = (e.Say, e.Ask, e.Skip)
"""Effects that become messages or outcomes, not records: bot.work.converse deals with them."""


@dataclass(frozen=True, slots=True)
class Who:
    """Whose turn it is, and when: `turn` is the conversation's turn after the step."""

    agency_id: int
    contact_id: int
    inbox_id: int
    turn: int
    now: datetime
    calendar: Calendar
    secrets: SecretBox


Deed = Callable[[Ledger, Who, Any], None]
DEEDS: Final[dict[type, Deed]] = {}


def deed(effect: type) -> Callable[[Deed], Deed]:
    """Register the deed of an effect."""

    def register(function: Deed) -> Deed:
        if effect in DEEDS:
            raise RuntimeError(f"two deeds for {effect.__name__}")
        DEEDS[effect] = function
        return function

    return register


def perform(ledger: Ledger, who: Who, effect: e.Effect) -> None:
    """Put the rows of one effect into the ledger."""
    if not isinstance(effect, SAYING):
        DEEDS[type(effect)](ledger, who, effect)


def note_arrival(ledger: Ledger, who: Who, inbound: Inbound) -> None:
    """What an inbound itself leaves on the record, whatever the flow makes of it: files, and an address that closed
    or opened.
    """
    if inbound.media is not None:
        ledger.add("keep_media", who.agency_id, who.contact_id, inbox_id=who.inbox_id, **asdict(inbound.media))
    if inbound.kind in {InboundKind.BLOCKED, InboundKind.UNBLOCKED}:
        state = "gone" if inbound.kind is InboundKind.BLOCKED else "active"
        ledger.add("address_gone", who.agency_id, who.contact_id, state=state)


def barrier_place(contact_id: int, category: str) -> str:
    """The place a barrier's words are sealed for."""
    return f"barrier:{contact_id}:{category}"


@deed(e.KeepProfile)
def keep_profile(ledger: Ledger, who: Who, effect: e.KeepProfile) -> None:
    """One thing the person said about themselves."""
    ledger.add("keep_profile", who.agency_id, who.contact_id, field=effect.field, value=effect.value)


@deed(e.KeepWish)
def keep_wish(ledger: Ledger, who: Who, effect: e.KeepWish) -> None:
    """A wish, in the person's words."""
    ledger.add("keep_wish", who.agency_id, who.contact_id, **asdict(effect.wish))


@deed(e.DropWish)
def drop_wish(ledger: Ledger, who: Who, effect: e.DropWish) -> None:
    """A wish taken back."""
    ledger.add("drop_wish", who.agency_id, who.contact_id, words=effect.words)


@deed(e.KeepBarrier)
def keep_barrier(ledger: Ledger, who: Who, effect: e.KeepBarrier) -> None:
    """A barrier; its words are sealed. A sensitive one leaves an audit line, which outlives it and does not name it."""
    kept = asdict(effect.barrier)
    words = kept.pop("words")
    place = barrier_place(who.contact_id, effect.barrier.category)
    kept["sealed"] = base64.b64encode(who.secrets.seal(words.encode(), place)).decode() if words else None
    ledger.add("keep_barrier", who.agency_id, who.contact_id, **kept)
    if is_sensitive(effect.barrier.category):
        ledger.audit(who.agency_id, who.contact_id, "barrier.keep")


@deed(e.DropBarrier)
def drop_barrier(ledger: Ledger, who: Who, effect: e.DropBarrier) -> None:
    """A barrier taken back."""
    ledger.add("drop_barrier", who.agency_id, who.contact_id, category=effect.category)


@deed(e.KeepSkill)
def keep_skill(ledger: Ledger, who: Who, effect: e.KeepSkill) -> None:
    """Something the person can do."""
    ledger.add("keep_skill", who.agency_id, who.contact_id, **asdict(effect.skill))


@deed(e.DropSkill)
def drop_skill(ledger: Ledger, who: Who, effect: e.DropSkill) -> None:
    """A skill taken back."""
    ledger.add("drop_skill", who.agency_id, who.contact_id, words=effect.words)


@deed(e.KeepAvailability)
def keep_availability(ledger: Ledger, who: Who, effect: e.KeepAvailability) -> None:
    """When the person is free."""
    ledger.add("keep_availability", who.agency_id, who.contact_id, **asdict(effect.availability))


@deed(e.HideFromAdviser)
def hide(ledger: Ledger, who: Who, effect: e.HideFromAdviser) -> None:
    """What the adviser may not see."""
    ledger.add("hide", who.agency_id, who.contact_id, items=list(effect.items))
    ledger.audit(who.agency_id, who.contact_id, "card.hide", detail={"items": list(effect.items)})


@deed(e.Consent)
def consent(ledger: Ledger, who: Who, effect: e.Consent) -> None:
    """An extra agreed to or withdrawn; the audit line, which stays, says its kind and no category."""
    ledger.add("consent", who.agency_id, who.contact_id, purpose=effect.purpose, given=effect.given)
    kind = effect.purpose.partition(":")[0]
    ledger.audit(who.agency_id, who.contact_id, "consent", detail={"purpose": kind, "given": effect.given})


@deed(e.AcceptNotice)
def accept_notice(ledger: Ledger, who: Who, effect: e.AcceptNotice) -> None:
    """The notice was shown, in this version."""
    ledger.add("notice", who.agency_id, who.contact_id, version=effect.version, minor=effect.minor)


@deed(e.OpenTask)
def open_task(ledger: Ledger, who: Who, effect: e.OpenTask) -> None:
    """A line on the advisers' list; a second one of its kind counts on the first."""
    due = who.calendar.working_days_later(who.now, effect.due_days) if effect.due_days else None
    words = effect.words[:2000]
    ledger.add("open_task", who.agency_id, who.contact_id, kind=effect.kind, words=words, due_on=due)


@deed(e.SwitchLanguage)
def switch_language(ledger: Ledger, who: Who, effect: e.SwitchLanguage) -> None:
    """The person's language from now on."""
    ledger.add("language", who.agency_id, who.contact_id, language=effect.language)


@deed(e.StopContact)
def stop(ledger: Ledger, who: Who, effect: e.StopContact) -> None:
    """STOP: nothing unprompted any more; every plan ends as skipped(stopped)."""
    ledger.add("stop", who.agency_id, who.contact_id)
    ledger.add("settle_timers", who.agency_id, who.contact_id, reason="stopped")
    ledger.audit(who.agency_id, who.contact_id, "stop")


@deed(e.ResumeContact)
def resume(ledger: Ledger, who: Who, effect: e.ResumeContact) -> None:
    """Messages again, at the person's own word."""
    ledger.add("resume", who.agency_id, who.contact_id)
    ledger.audit(who.agency_id, who.contact_id, "resume")


@deed(e.EraseMe)
def erase(ledger: Ledger, who: Who, effect: e.EraseMe) -> None:
    """Erasure, asked and confirmed by the person (GDPR art. 17)."""
    ledger.add("settle_timers", who.agency_id, who.contact_id, reason="erased")
    ledger.add("erase", who.agency_id, who.contact_id, inbox_id=who.inbox_id)
    ledger.audit(who.agency_id, who.contact_id, "erase")


@deed(e.KeepLink)
def keep_link(ledger: Ledger, who: Who, effect: e.KeepLink) -> None:
    """The hash of a link or code."""
    expires = who.now + effect.lifetime
    ledger.add(
        "keep_link",
        who.agency_id,
        who.contact_id,
        purpose=effect.purpose,
        hash=hashed(effect.secret),
        expires_at=expires,
    )


@deed(e.MarkSensitive)
def mark_sensitive(ledger: Ledger, who: Who, effect: e.MarkSensitive) -> None:
    """The message that is being answered, and with it what the answer says."""
    ledger.add("mark_sensitive", who.agency_id, who.contact_id, inbox_id=who.inbox_id)


@deed(e.CloseConversation)
def close(ledger: Ledger, who: Who, effect: e.CloseConversation) -> None:
    """The first conversation reached an end: the retention of its transcript counts from here."""
    ledger.add("close", who.agency_id, who.contact_id)


@deed(e.CountMiss)
def count_miss(ledger: Ledger, who: Who, effect: e.CountMiss) -> None:
    """An answer not understood, counted by question."""
    ledger.add("miss", who.agency_id, who.contact_id, question=effect.question)


@deed(e.Remind)
def plan(ledger: Ledger, who: Who, effect: e.Remind) -> None:
    """A planned contact, moved out of quiet hours."""
    due = who.calendar.next_loud(effect.at)
    turn = who.turn if effect.turn_bound else 0
    not_after = due + effect.window
    ledger.add(
        "plan",
        who.agency_id,
        who.contact_id,
        key=effect.key,
        reason=effect.reason,
        turn=turn,
        due_at=due,
        not_after=not_after,
    )


@deed(e.Forget)
def forget(ledger: Ledger, who: Who, effect: e.Forget) -> None:
    """A planned contact called off."""
    ledger.add("forget", who.agency_id, who.contact_id, key=effect.key)
