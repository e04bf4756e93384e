"""Who is claimed first."""

import asyncpg

from bot.domain.messages import Channel, Envelope, Inbound, InboundKind
from bot.resources import Resources
from bot.store.inbox import Receiver


async def _write(receiver: Receiver, who: str, number: int) -> int:
    inbound = Inbound(InboundKind.TEXT, text="bonjour")
    envelope = Envelope(Channel.WEB, "bourg-fictif", who, f"{who}-{number}", inbound)
    return (await receiver.receive(envelope)).contact_id


async def _claim(db: asyncpg.Pool, most: int) -> list[int]:
    async with db.acquire() as conn, conn.transaction():
        return [row["contact_id"] for row in await conn.fetch("select contact_id from claim_contacts($1)", most)]


async def test_who_has_waited_longest_is_claimed_first_whoever_came_first_to_the_house(resources: Resources) -> None:
    await resources.db.execute("select create_agency('bourg-fictif', 'Mission Locale', 'Bourg-Fictif', 'Europe/Paris')")
    receiver = Receiver(resources.db, resources.fanout)
    early, late = await _write(receiver, "early", 1), await _write(receiver, "late", 1)
    async with resources.db.acquire() as conn, conn.transaction():
        await conn.execute("select set_config('app.agencies', '{1}', true)")
        await conn.execute("update inbox set done_at = now()")
    await _write(receiver, "late", 2)
    await _write(receiver, "early", 2)
    assert early < late
    assert await _claim(resources.db, 1) == [late]
    assert set(await _claim(resources.db, 10)) == {early, late}
