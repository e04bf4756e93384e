"""The invariants of the crash tests can fail: each kind of damage is seen by its own look, and by no other."""

from collections.abc import Callable

import asyncpg
import pytest

from tests.crash.invariants import Seen, violations

CHAT = 1_000_001
_GOOD = (
    "select create_agency('bourg-fictif', 'Mission Locale', 'Bourg-Fictif', 'Europe/Paris')",
    "insert into channel_account (agency_id, channel, account) values (1, 'telegram', 'default')",
    f"select welcome('telegram', 'default', '{CHAT}', 'Persona', '')",
    "insert into inbox (agency_id, account_id, external_id, contact_id, kind, body, done_at)"
    " select 1, a.id, n, c.id, 'text', '{}', now() from channel_account a, contact c, unnest(array['1', '2']) n"
    " where a.channel = 'telegram' order by n",
    "insert into outbox (agency_id, contact_id, address_id, cause_id, body, state, attempts)"
    " select 1, i.contact_id, d.id, i.id, 'Réponse ' || i.external_id, 'sent', 1 from inbox i, address d order by i.id",
    "insert into outbox (agency_id, contact_id, address_id, author, class, body, state, attempts)"
    " select 1, contact_id, id, 'adviser', 'A', 'Lettre 1', 'sent', 1 from address",
)
_RECEIVED = [(CHAT, "Réponse 1"), (CHAT, "Réponse 2"), (CHAT, "Lettre 1")]


async def _look(database_url: str, damage: str, seen: Seen) -> set[str]:
    db = await asyncpg.connect(database_url)
    try:
        for statement in (*_GOOD, damage):
            await db.execute(statement)
    finally:
        await db.close()
    return set(await violations(database_url, seen))


def _seen(change: Callable[[list[tuple[int, str]]], None] | None = None) -> Seen:
    received = list(_RECEIVED)
    if change:
        change(received)
    return Seen([1, 2], received, crashes=1, letters=["Lettre 1"], logs=["contact=1 ms=3"], private_words=["vendeuse"])


async def test_a_sound_history_breaks_nothing(database: str) -> None:
    assert await _look(database, "select 1", _seen()) == set()


@pytest.mark.parametrize(
    ("damage", "names"),
    [
        ("delete from inbox where external_id = '2'", {"no_acknowledged_update_is_lost"}),
        (
            "update inbox set done_at = null where external_id = '2'",
            {"no_acknowledged_update_is_lost"},
        ),
        (
            "update outbox set state = 'skipped', cause_id = null where body = 'Réponse 2'",
            {"every_update_has_its_answer"},
        ),
        (
            "insert into outbox (agency_id, contact_id, cause_id, ordinal, body, state)"
            " select agency_id, contact_id, cause_id, 1, 'encore', 'skipped' from outbox where body = 'Réponse 2'",
            {"nothing_is_answered_twice"},
        ),
        (
            "update outbox o set cause_id = i.id, ordinal = 1 from inbox i"
            " where (o.body, i.external_id) in (('Réponse 1', '2'), ('Réponse 2', '1'))",
            {"answers_follow_arrivals"},
        ),
        ("update inbox set external_id = '3' where external_id = '1'", {"arrivals_keep_their_order"}),
        (
            "update outbox set state = 'leased' where body = 'Lettre 1'",
            {"every_outgoing_row_ended", "an_unknown_letter_is_shown"},
        ),
        ("update outbox set attempts = 9 where body = 'Réponse 1'", {"attempts_stay_within_the_crashes"}),
        ("update outbox set state = 'failed' where class = 'A'", {"an_unknown_letter_is_shown"}),
    ],
)
async def test_damage_in_the_database_is_seen(database: str, damage: str, names: set[str]) -> None:
    acknowledged = [1, 2] if "external_id = '3'" not in damage else [2, 3]
    seen = _seen()
    seen.acknowledged = acknowledged
    assert names <= await _look(database, damage, seen)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda received: received.append((CHAT, "Lettre 1")), "copies_keep_their_promise"),
        (lambda received: received.remove((CHAT, "Réponse 1")), "copies_keep_their_promise"),
        (lambda received: received.reverse(), "people_read_messages_in_order"),
    ],
)
async def test_damage_at_the_provider_is_seen(
    database: str, change: Callable[[list[tuple[int, str]]], None], name: str
) -> None:
    assert name in await _look(database, "select 1", _seen(change))


async def test_a_personal_word_in_a_log_is_seen(database: str) -> None:
    seen = _seen()
    seen.logs = ["contact=1 text=vendeuse"]
    assert await _look(database, "select 1", seen) == {"no_personal_word_in_the_logs"}


async def test_a_row_of_another_agency_is_seen(database: str) -> None:
    damage = (
        "with other as (select create_agency('ailleurs', 'Mission Locale', 'Ailleurs', 'Europe/Paris') as id)"
        " update inbox set agency_id = other.id from other where external_id = '2'"
    )
    assert "no_row_crosses_agencies" in await _look(database, damage, _seen())
