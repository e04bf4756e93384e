"""The commands that make agencies, advisers, tokens, channel accounts and sources. Each returns what to print.

A secret is printed once and kept nowhere as it stands. A secret given by hand is asked for, never an argument:
arguments are seen by everybody on the machine.
"""

import getpass
import re
import unicodedata

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
            await conn.execute(SQL.describe_agency, agency_id, "", "", name.split(maxsplit=1)[0])
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
