"""An office to test in: two agencies, an adviser and a manager in each, tokens, and a young person with something of
everything.
"""

from dataclasses import dataclass
from typing import Any

import httpx

from admin_api import passwords
from admin_api.app import create_app
from bot import clock
from bot.actions.deeds import barrier_place
from bot.actions.desk import Actor
from bot.resources import Resources
from bot.resources.secrets import hashed
from bot.store.advisers import SQL
from bot.store.pool import transaction
from tests.factories import a_contact, an_agency, rows

PASSWORD = "un mot de passe long"
_HASHED = passwords.hash_password(PASSWORD)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass(frozen=True)
class Adviser:
    """One adviser: who they are, their API token, and their e-mail."""

    actor: Actor
    token: str
    email: str

    @property
    def headers(self) -> dict[str, str]:
        """What a program of theirs sends."""
        return {"Authorization": f"Bearer {self.token}"}


@dataclass(frozen=True)
class Young:
    """A young person and the ids of what is theirs."""

    id: int
    task: int
    file: int
    barrier: int
    masked: int


@dataclass(frozen=True)
class Branch:
    """One agency of the office."""

    id: int
    slug: str
    adviser: Adviser
    manager: Adviser
    young: Young


@dataclass(frozen=True)
class Office:
    """Both agencies and the app in front of them."""

    here: Branch
    there: Branch
    app: Any
    resources: Resources

    def client(self, who: Adviser | None = None) -> httpx.AsyncClient:
        """A program, signed in as `who`."""
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://test", headers=who.headers if who else {})

    async def rows(self, query: str, *values: Any, branch: Branch | None = None) -> list[dict[str, Any]]:
        """What the record says, seen as one agency."""
        return await rows(self.resources, (branch or self.here).id, query, *values)


async def open_office(resources: Resources) -> Office:
    """Make everything."""
    here, there = await _branch(resources, "valombre"), await _branch(resources, "port-aubrac")
    return Office(here, there, create_app(resources), resources)


async def _branch(resources: Resources, slug: str) -> Branch:
    agency_id = await an_agency(resources, slug)
    adviser = await an_adviser(resources, agency_id, f"alix@{slug}.example.org", "Alix Modèle", "adviser")
    manager = await an_adviser(resources, agency_id, f"max@{slug}.example.org", "Max Exemple", "manager")
    return Branch(agency_id, slug, adviser, manager, await a_young_person(resources, agency_id, slug))


async def an_adviser(
    resources: Resources, agency_id: int, email: str, name: str = "Dany Essai", role: str = "adviser"
) -> Adviser:
    """An adviser with a second factor and a token."""
    token = clock.token(32)
    async with transaction(resources.db, [agency_id]) as conn:
        adviser_id = await conn.fetchval(SQL.create_adviser, agency_id, email, name, role, _HASHED)
        sealed = resources.secrets.seal(SECRET.encode(), f"adviser:{adviser_id}:totp_sealed")
        await conn.execute(SQL.enrol, agency_id, adviser_id, sealed, 0)
        await conn.execute(SQL.create_token, agency_id, adviser_id, "essai", hashed(token))
    return Adviser(Actor(adviser_id, agency_id, name, role), token, email)


async def a_young_person(resources: Resources, agency_id: int, slug: str, who: str = "lou") -> Young:
    """Somebody with a name, a wish, two barriers (one sensitive), an open task and a stored file."""
    _, contact = await a_contact(resources, who, slug)
    health = resources.secrets.seal(b"mal au dos", barrier_place(contact, "sante"))
    async with transaction(resources.db, [agency_id]) as conn:
        await conn.execute(
            "update young_person set first_name = 'Lou', town = 'Évry', phone = '+33639981122' where id = $1", contact
        )
        await conn.execute(
            "insert into wish (agency_id, contact_id, words) values ($1, $2, 'la pâtisserie')", agency_id, contact
        )
        barrier = "insert into barrier (agency_id, contact_id, category, sealed) values ($1, $2, $3, $4) returning id"
        plain = await conn.fetchval(barrier, agency_id, contact, "mobilite", None)
        masked = await conn.fetchval(barrier, agency_id, contact, "sante", health)
        task = await conn.fetchval(
            "insert into task (agency_id, contact_id, kind, words) "
            "values ($1, $2, 'asked_for_person', 'un humain svp') returning id",
            agency_id,
            contact,
        )
        file = await conn.fetchval(
            "insert into media (agency_id, contact_id, inbox_id, kind, provider_id, channel, account, name, mime, "
            "size, state, content) select $1, $2, i.id, 'voice', 'p', 'web', $3, 'voix<b>.html', 'text/html', "
            "5, 'stored', 'bytes' from inbox i where i.contact_id = $2 limit 1 returning id",
            agency_id,
            contact,
            slug,
        )
    return Young(contact, task, file, plain, masked)
