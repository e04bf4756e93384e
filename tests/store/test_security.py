"""No row of another agency is read or written, by the code's transactions or by the database role itself."""

import asyncpg
import pytest

from bot.resources import Resources
from bot.store.pool import transaction
from tests.factories import a_contact, an_agency

NOT_AN_AGENCYS = {"alembic_version"}


async def tables(resources: Resources) -> list[str]:
    found = await resources.db.fetch("select tablename from pg_tables where schemaname = 'public'")
    return sorted(row["tablename"] for row in found if row["tablename"] not in NOT_AN_AGENCYS)


async def test_every_table_forces_row_level_security(resources: Resources) -> None:
    unprotected = await resources.db.fetch(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace "
        "and not (relrowsecurity and relforcerowsecurity) and relname <> 'alembic_version'"
    )
    assert [row["relname"] for row in unprotected] == []


async def test_every_tables_key_starts_with_the_agency(resources: Resources) -> None:
    keys = await resources.db.fetch(
        "select c.relname, a.attname from pg_index i join pg_class c on c.oid = i.indrelid "
        "join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] "
        "where i.indisprimary and c.relnamespace = 'public'::regnamespace and c.relname <> 'alembic_version'"
    )
    assert {row["relname"] for row in keys} == set(await tables(resources))
    assert {row["relname"]: row["attname"] for row in keys if row["attname"] != "agency_id"} == {"agency": "id"}


async def test_without_agencies_the_role_sees_no_row_of_any_table(resources: Resources) -> None:
    await an_agency(resources)
    await a_contact(resources)
    for table in await tables(resources):
        assert await resources.db.fetchval(f"select count(*) from {table}") == 0, table


async def test_an_agency_sees_nothing_of_another_in_any_table(resources: Resources) -> None:
    await an_agency(resources)
    other = await an_agency(resources, "montclair")
    await a_contact(resources)
    async with transaction(resources.db, [other]) as conn:
        for table in await tables(resources):
            column = "id" if table == "agency" else "agency_id"
            assert await conn.fetchval(f"select count(*) from {table} where {column} <> $1", other) == 0, table


async def test_an_agency_cannot_write_a_row_of_another(resources: Resources) -> None:
    mine, other = await an_agency(resources), await an_agency(resources, "montclair")
    async with transaction(resources.db, [mine]) as conn:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await conn.execute("insert into source (agency_id, token, label) values ($1, 'affiche', 'Affiche')", other)


async def test_the_agencies_of_a_transaction_end_with_it(resources: Resources) -> None:
    mine = await an_agency(resources)
    async with transaction(resources.db, [mine]) as conn:
        assert await conn.fetchval("select count(*) from agency") == 1
        pid = await conn.fetchval("select pg_backend_pid()")
    async with resources.db.acquire() as same:
        assert await same.fetchval("select pg_backend_pid()") == pid
        assert await same.fetchval("select count(*) from agency") == 0


async def test_an_audit_line_can_be_neither_changed_nor_removed(resources: Resources) -> None:
    mine = await an_agency(resources)
    for forbidden in ("update audit set deed = 'x'", "delete from audit"):
        async with transaction(resources.db, [mine]) as conn:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await conn.execute(forbidden)
