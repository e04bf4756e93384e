"""The commands that make agencies, advisers, tokens, channel accounts and sources. Each returns what to print.

A secret is printed once and kept nowhere as it stands. A secret given by hand is asked for, never an argument:
arguments are seen by everybody on the machine.
"""

import getpass
import re
import unicodedata
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import asyncpg

from admin_api.passwords import hash_password
from bot import clock
from bot.local_services import ServiceError
from bot.resources import Resources
from bot.resources.secrets import hashed
from bot.store import accounts
from bot.store.advisers import SQL, find_account
from bot.store.pool import transaction

EXIT_DATA = 65
DAYS = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")


def _refuse(sentence: str) -> ServiceError:
    return ServiceError(sentence, EXIT_DATA)


async def create_agency(resources: Resources, name: str, slug: str = "", timezone: str = "") -> str:
    """A Mission Locale and its web chat; the first one made is the default. Raises ServiceError."""
    slug = slug or slug_of(name)
    zone = timezone or resources.settings.timezone
    try:
        async with transaction(resources.db) as conn:
            await conn.fetchval(SQL.create_agency, slug, name, "", zone)
    except asyncpg.UniqueViolationError as error:
        raise _refuse(f"Une agence s'appelle déjà « {slug} ». Choisissez un autre --slug.") from error
    except asyncpg.CheckViolationError as error:
        raise _refuse("--slug : 2 à 60 caractères, lettres minuscules, chiffres et tirets.") from error
    return f"Agence créée : {name}\nChat : {resources.settings.public_url}/chat/{slug}"


async def describe_agency(resources: Resources, agency: str, **said: str) -> str:
    """What people read of a Mission Locale: name, town, phone, address, greeter (who answers newcomers), timezone,
    postcodes (separated by commas), hours (see `opening_of`). What is not given stays. Raises ServiceError.
    """
    agency_id = await agency_id_of(resources, agency)
    known: dict[str, object] = {
        key: said[key] for key in ("name", "town", "phone", "address", "greeter") if key in said
    }
    known |= {"zone": _zone(said["timezone"])} if "timezone" in said else {}
    known |= {"postcodes": [one.strip() for one in said["postcodes"].split(",")]} if "postcodes" in said else {}
    known |= {"opening": opening_of(said["hours"])} if "hours" in said else {}
    async with transaction(resources.db, [agency_id]) as conn:
        await conn.execute(SQL.describe_agency, agency_id, known)
    return f"Agence « {agency} » : c'est enregistré."


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ValueError, ZoneInfoNotFoundError, OSError) as error:
        raise _refuse(f"--timezone : « {name} » n'est pas un fuseau, comme Europe/Paris.") from error


def opening_of(text: str) -> list[list[list[int]]]:
    """Opening hours by weekday, in minutes, from a line such as `lun-jeu 9:00-12:30 13:30-17:00, ven 9:00-12:00`.

    A day that is not named is closed. Raises ServiceError.
    """
    week: list[list[list[int]]] = [[] for _ in DAYS]
    for part in text.lower().split(","):
        days, *spans = part.split() or [""]
        first, _, last = days.partition("-")
        if first not in DAYS or (last or first) not in DAYS or not spans:
            raise _refuse("--hours : écrivez par exemple « lun-jeu 9:00-12:30 13:30-17:00, ven 9:00-12:00 ».")
        for day in range(DAYS.index(first), DAYS.index(last or first) + 1):
            week[day] = [_span(span) for span in spans]
    return week


def _span(text: str) -> list[int]:
    found = re.fullmatch(r"(\d{1,2})[:h](\d\d)?-(\d{1,2})[:h](\d\d)?", text)
    start, end = (int(found[n]) * 60 + int(found[n + 1] or 0) for n in (1, 3)) if found else (0, 0)
    if not 0 <= start < end <= 24 * 60:
        raise _refuse(f"--hours : « {text} » n'est pas un horaire, comme 9:00-12:30.")
    return [start, end]


async def reset_adviser(resources: Resources, agency: str, email: str) -> str:
    """A new first password, a second factor to set up again, every open session closed. Raises ServiceError."""
    agency_id, password = await agency_id_of(resources, agency), clock.token(12)
    async with transaction(resources.db, [agency_id]) as conn:
        found = await conn.fetchval(SQL.reset_adviser, agency_id, email.strip(), hash_password(password))
        if found is None:
            raise _refuse(f"Personne de l'agence {agency} n'a l'adresse {email}.")
        await conn.execute(SQL.forget_recovery_codes, agency_id, found)
        await conn.execute(SQL.close_sessions, agency_id, found)
    return f"Accès remis à zéro pour {email}.\nMot de passe, affiché une seule fois : {password}"


def slug_of(name: str) -> str:
    """A name as it may stand in an address: lower case, without accents, dashes between words."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]


async def create_adviser(resources: Resources, agency: str, email: str, name: str, role: str = "adviser") -> str:
    """An adviser with a first password; the second factor is set up at the first visit. Raises ServiceError."""
    agency_id, password = await agency_id_of(resources, agency), clock.token(12)
    try:
        async with transaction(resources.db, [agency_id]) as conn:
            row = (agency_id, email.strip(), name.strip(), role, hash_password(password))
            if await conn.fetchval(SQL.create_adviser, *row) is None:
                raise _refuse(f"L'adresse {email} a déjà un compte.")
            await conn.execute(SQL.greet_first, agency_id, name.split(maxsplit=1)[0])
    except asyncpg.CheckViolationError as error:
        raise _refuse("--email ou --name ne convient pas, ou le rôle n'est ni adviser ni manager.") from error
    return (
        f"Compte créé pour {name}.\nAdresse : {resources.settings.public_url}/console\nE-mail : {email}\n"
        f"Mot de passe, affiché une seule fois : {password}"
    )


async def create_token(resources: Resources, agency: str, email: str, name: str) -> str:
    """A program's token, which speaks for an adviser. Raises ServiceError."""
    agency_id, token = await agency_id_of(resources, agency), clock.token(32)
    async with transaction(resources.db, [agency_id]) as conn:
        account = await find_account(conn, email.strip())
        if account is None or account.agency_id != agency_id:
            raise _refuse(f"Personne de l'agence {agency} n'a l'adresse {email}.")
        await conn.fetchval(SQL.create_token, agency_id, account.id, name, hashed(token))
    return f"Jeton « {name} », affiché une seule fois : {token}"


async def add_channel(resources: Resources, agency: str, channel: str, account: str) -> str:
    """A channel account of an agency; its secret is asked for. Raises ServiceError."""
    agency_id = await agency_id_of(resources, agency)
    if channel != "telegram":
        raise _refuse("--channel : telegram est le seul canal à ajouter pour l'instant ; le chat est déjà là.")
    secret = getpass.getpass("Jeton du robot Telegram (rien ne s'affiche) : ").strip()
    sealed = accounts.sealed(resources.secrets, channel, account, {"token": secret})
    try:
        await accounts.keep_account(resources.db, agency_id, channel, account, sealed)
    except asyncpg.UniqueViolationError as error:
        raise _refuse(f"Le compte {account} appartient à une autre agence.") from error
    return f"Compte {channel} « {account} » gardé pour {agency}."


async def create_source(resources: Resources, agency: str, kind: str, name: str) -> str:
    """A link that says where a first contact came from. Raises ServiceError."""
    agency_id, token = await agency_id_of(resources, agency), clock.token(9)
    async with transaction(resources.db, [agency_id]) as conn:
        await conn.execute(SQL.create_source, agency_id, token, name, kind)
    return f"Source « {name} » : {resources.settings.public_url}/chat/{agency}?s={token}"


async def agency_id_of(resources: Resources, slug: str) -> int:
    """The id of an agency. Raises ServiceError when there is none of this name."""
    async with transaction(resources.db) as conn:
        found = await conn.fetchrow(SQL.find_agency, slug)
    if found is None or not slug:
        raise _refuse(f"Aucune agence ne s'appelle « {slug} ».")
    return int(found["id"])
