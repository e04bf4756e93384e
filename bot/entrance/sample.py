"""Sample data for `allervers demo`: two Missions Locales that do not exist, four advisers, and young people at
different points.

Everything is said through the same doors as in real life: messages are received, the bot answers them, advisers
write. Only the hours are moved into the past afterwards. Names, towns and numbers are made up (06 39 98 … is
reserved for fiction, example.org for examples). A second start finds the sample there and adds nothing.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from admin_api.passwords import hash_password
from bot.actions.desk import Actor, Outcome, choose_referent, close_task, take_floor, write_message
from bot.domain.messages import Channel, Envelope, Inbound, InboundKind
from bot.entrance.sample_people import Someone, people
from bot.flows.understanding import load_lexicon
from bot.resources import Resources
from bot.resources.files import lexicon_file
from bot.store.advisers import SQL as ACCOUNTS
from bot.store.inbox import Receiver
from bot.store.pool import Connection, transaction
from bot.store.queries import load
from bot.work.converse import Converse

PASSWORD: Final = "demonstration-locale"
_SECRET: Final = (
    "DEMODEMODEMODEMODEMODEMODEMODEMO"  # the accounts of the sample only; their code stands on the page anyway
)
_SQL: Final = load("sample")


@dataclass(frozen=True, slots=True)
class Place:
    """A Mission Locale of the sample."""

    slug: str
    name: str
    town: str
    phone: str
    address: str
    advisers: tuple[tuple[str, str, str], ...]


PLACES: Final = (
    Place(
        "valombre",
        "Mission Locale de Valombre",
        "Valombre",
        "01 99 00 12 34",
        "3 place de l'Exemple, Valombre",
        (("nadia@example.org", "Nadia Exemple", "manager"), ("theo@example.org", "Théo Modèle", "adviser")),
    ),
    Place(
        "port-aubrac",
        "Mission Locale de Port-Aubrac",
        "Port-Aubrac",
        "01 99 00 56 78",
        "12 quai Fictif, Port-Aubrac",
        (("ines@example.org", "Inès Fictive", "manager"), ("paul@example.org", "Paul Échantillon", "adviser")),
    ),
)


async def seed(resources: Resources) -> str:
    """Make the sample unless it is there. Returns the logins to print."""
    async with transaction(resources.db) as conn:
        there = await conn.fetchrow(ACCOUNTS.find_agency, PLACES[0].slug)
    if there is None:
        for place in PLACES:
            await _settle(resources, place)
    return logins()


def logins() -> str:
    """How to come in."""
    lines = [f"  {email}  ({place.name})" for place in PLACES for email, _, _ in place.advisers]
    return "\n".join(
        [
            "Comptes de démonstration :",
            *lines,
            f"  Mot de passe : {PASSWORD}",
            "  Le code à 6 chiffres s'affiche sur la page.",
        ]
    )


async def _settle(resources: Resources, place: Place) -> None:
    """One agency: the house, its advisers, its young people, and what the advisers did so far."""
    async with transaction(resources.db) as conn:
        agency_id = await conn.fetchval(ACCOUNTS.create_agency, place.slug, place.name, place.town, "Europe/Paris")
    async with transaction(resources.db, [agency_id]) as conn:
        greeter = place.advisers[0][1].split()[0]
        known = {"phone": place.phone, "address": place.address, "greeter": greeter}
        await conn.execute(ACCOUNTS.describe_agency, agency_id, known)
        team = [await _adviser(resources, conn, agency_id, who) for who in place.advisers]
    young = [one for one in people() if one.agency == place.slug]
    contacts = await _talk(resources, agency_id, young)
    async with transaction(resources.db, [agency_id]) as conn:
        for one, contact_id in zip(young, contacts, strict=True):
            await _afterwards(conn, team, one, contact_id)


async def _adviser(resources: Resources, conn: Connection, agency_id: int, who: tuple[str, str, str]) -> Actor:
    email, name, role = who
    row = (agency_id, email, name, role, hash_password(PASSWORD))
    adviser_id = int(await conn.fetchval(ACCOUNTS.create_demo_adviser, *row))
    sealed = resources.secrets.seal(_SECRET.encode(), f"adviser:{adviser_id}:totp_sealed")
    await conn.execute(ACCOUNTS.enrol, agency_id, adviser_id, sealed, 0)
    return Actor(adviser_id, agency_id, name, role)


async def _talk(resources: Resources, agency_id: int, young: list[Someone]) -> list[int]:
    """Everybody opens the chat and is answered, says their first words and is answered, and so on; their ids."""
    receiver = Receiver(resources.db, resources.fanout)
    contacts = {one.name: (await receiver.receive(_envelope(one, 0))).contact_id for one in young}
    await _answer_all(resources)
    for turn in range(1, 1 + max(len(one.words) for one in young)):
        for one in young:
            if turn <= len(one.words) and await _fits(resources, agency_id, contacts[one.name], one.words[turn - 1]):
                await receiver.receive(_envelope(one, turn))
        await _answer_all(resources)
    return [contacts[one.name] for one in young]


def _envelope(one: Someone, turn: int) -> Envelope:
    """Turn 0 opens the chat; the others are words."""
    said = Inbound(InboundKind.TEXT, text=one.words[turn - 1].strip("()")) if turn else Inbound(InboundKind.ARRIVED)
    return Envelope(Channel.WEB, one.agency, f"sample:{one.name}", f"sample:{one.name}:{turn}", said)


async def _fits(resources: Resources, agency_id: int, contact_id: int, words: str) -> bool:
    """Words in brackets are said only to a question that offers them."""
    if not words.startswith("("):
        return True
    async with transaction(resources.db, [agency_id]) as conn:
        offered = await conn.fetchval(_SQL.offered, agency_id, contact_id)
    return words.strip("()") in [label for _, label in offered]


async def _answer_all(resources: Resources) -> None:
    """The bot answers everybody, as its loop would."""
    converse = Converse(resources, load_lexicon(lexicon_file))
    while await converse.once():
        pass


async def _afterwards(conn: Connection, team: list[Actor], one: Someone, contact_id: int) -> None:
    """The hours move into the past, then the advisers do what they did."""
    adviser = team[one.adviser]
    ago = timedelta(minutes=one.minutes_ago)
    await conn.execute(_SQL.move_back, adviser.agency_id, contact_id, ago)
    await conn.execute(_SQL.name_them, adviser.agency_id, contact_id, one.name)
    if one.referent:
        await choose_referent(conn, adviser, contact_id, adviser.adviser_id, await _version(conn, adviser, contact_id))
    if one.answer:
        await write_message(conn, adviser, contact_id, one.answer)
    elif one.floor:
        await take_floor(conn, adviser, contact_id)
    if one.done:
        await _close_all(conn, adviser, contact_id)


async def _version(conn: Connection, adviser: Actor, contact_id: int) -> int:
    return int(await conn.fetchval(_SQL.version, adviser.agency_id, contact_id))


async def _close_all(conn: Connection, adviser: Actor, contact_id: int) -> None:
    rows: list[Any] = await conn.fetch(_SQL.open_tasks, adviser.agency_id, contact_id)
    for row in rows:
        await close_task(conn, adviser, row["id"], Outcome.CALLED)
