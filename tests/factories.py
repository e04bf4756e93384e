"""What tests are made of: functions with defaults, one screen."""

from itertools import count
from typing import Any

from bot.domain.messages import Channel, Envelope, Inbound, InboundKind
from bot.resources import Resources
from bot.store.inbox import Receiver
from bot.store.pool import transaction

_numbers = count(1)


async def an_agency(resources: Resources, slug: str = "valombre", **columns: Any) -> int:
    """A fictional Mission Locale, open on working days; its id. Its web chat account has its slug as name."""
    name = f"Mission Locale de {slug.capitalize()}"
    agency_id: int = await resources.db.fetchval(
        "select create_agency($1, $2, $3, $4)", slug, name, slug, "Europe/Paris"
    )
    return agency_id


def an_envelope(text: str = "bonjour", who: str = "lou", account: str = "valombre", **inbound: Any) -> Envelope:
    """Something a fictional person wrote in the web chat, with a new external id unless `external_id` is given."""
    external_id = inbound.pop("external_id", None) or f"m{next(_numbers)}"
    kind = inbound.pop("kind", InboundKind.TEXT)
    return Envelope(Channel.WEB, account, who, external_id, Inbound(kind, text=text, **inbound))


async def a_contact(resources: Resources, who: str = "lou", account: str = "valombre") -> tuple[int, int]:
    """A newcomer who said hello: (agency id, contact id)."""
    receipt = await Receiver(resources.db, resources.fanout).receive(an_envelope(who=who, account=account))
    return receipt.agency_id, receipt.contact_id


async def an_outgoing(resources: Resources, agency_id: int, contact_id: int, **columns: Any) -> int:
    """A row on its way out to this contact's address; its id."""
    row = {"body": "Bonjour !", "class": "B", "prompted": True, "author": "bot", **columns}
    names = ", ".join(row)
    places = ", ".join(f"${n}" for n in range(3, 3 + len(row)))
    async with transaction(resources.db, [agency_id]) as conn:
        outbox_id: int = await conn.fetchval(
            f"insert into outbox (agency_id, contact_id, address_id, {names}) select $1, $2, id, {places} from address "
            "where agency_id = $1 and contact_id = $2 returning id",
            agency_id,
            contact_id,
            *row.values(),
        )
    return outbox_id


async def rows(resources: Resources, agency_id: int, query: str, *values: Any) -> list[dict[str, Any]]:
    """What the record says, seen as this agency."""
    async with transaction(resources.db, [agency_id]) as conn:
        return [dict(row) for row in await conn.fetch(query, *values)]
