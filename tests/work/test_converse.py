"""The heart: everybody is answered once, in order, and nobody's trouble is another's."""

import asyncio
import re
from datetime import timedelta

import pytest

from bot import clock
from bot.domain.messages import InboundKind
from bot.resources import Resources
from bot.resources.secrets import hashed
from bot.store.pool import transaction
from bot.store.thread import revealed
from bot.work.converse import Converse
from tests.factories import an_agency, an_envelope, rows
from tests.work.house import House, a_house


@pytest.fixture
async def house(resources: Resources) -> House:
    await an_agency(resources)
    return a_house(resources)


async def test_a_newcomer_gets_one_message_that_says_it_is_a_bot_and_asks_what_they_would_like(house: House) -> None:
    receipt = await house.hear(an_envelope(kind=InboundKind.ARRIVED, text=""))
    _, said = await house.thread(receipt)
    assert (said.author, said.state) == ("bot", "sent")
    assert len(said.text) <= 300
    assert "robot" in said.text


async def test_messages_typed_without_waiting_are_answered_in_their_order(house: House) -> None:
    receipt = await house.hear(*(an_envelope(text) for text in ("salut", "je veux être vendeuse", "non rien d'autre")))
    lines = await house.thread(receipt)
    causes = await rows(house.resources, receipt.agency_id, "select cause_id, id from outbox order by id")
    assert [row["cause_id"] for row in causes] == sorted(row["cause_id"] for row in causes)
    assert [line.author for line in lines].count("person") == 3
    assert len(causes) == 3


async def test_many_people_share_a_commit_and_each_is_answered_once(house: House) -> None:
    people = [an_envelope("je cherche un travail", who=f"p{n}") for n in range(150)]
    await asyncio.gather(*map(house.receiver.receive, people))
    await house.settle()
    answers = await rows(house.resources, 1, "select contact_id, count(*) from outbox group by 1")
    assert {row["count"] for row in answers} == {1}
    assert len(answers) == 150


async def test_several_workers_answer_each_message_once_and_in_order(house: House) -> None:
    workers = [a_house(house.resources).converse for _ in range(4)]
    sent = [an_envelope(f"message {n}", who=f"p{n % 20}") for n in range(200)]
    receiving = asyncio.gather(*map(house.receiver.receive, sent))

    async def work(converse: Converse) -> None:
        while not receiving.done() or await converse.once():
            await asyncio.sleep(0)

    await asyncio.gather(*map(work, workers))
    doubled = await rows(house.resources, 1, "select cause_id from outbox group by 1 having count(*) > 1")
    waiting = await rows(house.resources, 1, "select id from inbox where done_at is null")
    disorder = await rows(
        house.resources,
        1,
        "select 1 from outbox a join outbox b using (contact_id) where b.id > a.id and b.cause_id < a.cause_id",
    )
    assert (doubled, waiting, disorder) == ([], [], [])


async def test_a_message_that_keeps_failing_is_parked_shown_and_the_next_one_is_answered(house: House) -> None:
    poisoned = await house.receiver.receive(an_envelope("a", who="lou"))
    async with transaction(house.resources.db, [poisoned.agency_id]) as conn:
        await conn.execute("update inbox set kind = 'of-a-later-version' where id = $1", poisoned.inbox_id)
    await house.receiver.receive(an_envelope("bonjour", who="sacha"))
    await house.hear(an_envelope("bonjour", who="lou"))
    answered = await rows(house.resources, 1, "select distinct contact_id from outbox where text_id <> 'common-failed'")
    told = await rows(house.resources, 1, "select contact_id, cause_id from outbox where text_id = 'common-failed'")
    tasks = await rows(house.resources, 1, "select kind, contact_id from task")
    assert len(answered) == 2
    assert told == [{"contact_id": poisoned.contact_id, "cause_id": poisoned.inbox_id}]
    assert tasks == [{"kind": "failing_update", "contact_id": poisoned.contact_id}]


async def test_a_person_whose_row_cannot_be_written_does_not_spoil_the_others(house: House) -> None:
    await house.hear(an_envelope("bonjour", who="lou"))
    async with transaction(house.resources.db, [1]) as conn:  # a state no table knows, as a broken restore might leave
        await conn.execute("update conversation set flow = 'no-such-flow'")
    await asyncio.gather(*(house.receiver.receive(an_envelope("bonjour", who=who)) for who in ("lou", "sacha", "noa")))
    await house.settle()
    waiting = await rows(house.resources, 1, "select id from inbox where done_at is null")
    answered = await rows(house.resources, 1, "select distinct contact_id from outbox")
    assert waiting == []
    assert len(answered) == 3


async def test_while_an_adviser_has_the_floor_the_bot_listens_and_the_words_are_kept(house: House) -> None:
    receipt = await house.hear(an_envelope("bonjour"))
    before = await house.thread(receipt)
    async with transaction(house.resources.db, [1]) as conn:
        await conn.execute(
            "update conversation set floor_name = 'Camille', floor_until = $1", clock.now() + timedelta(hours=1)
        )
    await house.hear(an_envelope("je voulais vous demander"))
    after = await house.thread(receipt)
    assert [line.author for line in after[len(before) :]] == ["person"]
    assert after[-1].text == "je voulais vous demander"


async def test_a_button_shows_the_words_the_person_read(house: House) -> None:
    receipt = await house.hear(an_envelope("bonjour"))
    button = (await house.thread(receipt))[-1].buttons[0]
    turn, _, option = button.id.partition(":")
    await house.hear(an_envelope("", kind=InboundKind.OPTION, option=option, turn=int(turn)))
    pressed = next(line for line in await house.thread(receipt) if line.kind == "option")
    assert pressed.text == button.label


async def test_stop_is_confirmed_once_then_nothing_unprompted_is_planned(house: House) -> None:
    receipt = await house.hear(an_envelope("bonjour"), an_envelope("STOP"))
    timers = await rows(house.resources, 1, "select outcome, outcome_reason from timer")
    assert {(t["outcome"], t["outcome_reason"]) for t in timers} <= {("skipped", "stopped")}
    (contact,) = await rows(house.resources, 1, "select stopped_at from contact")
    assert contact["stopped_at"] is not None
    assert (await house.thread(receipt))[-1].author == "bot"


async def test_what_is_past_due_is_written_as_too_late_never_dropped(house: House) -> None:
    await house.hear(an_envelope("bonjour"))
    planned = await rows(house.resources, 1, "select id from timer where outcome is null")
    assert planned
    await house.wake.once(clock.now() + timedelta(days=60))
    ended = await rows(house.resources, 1, "select outcome from timer where id = any($1)", [t["id"] for t in planned])
    assert {t["outcome"] for t in ended} == {"too_late"}


async def test_a_personal_link_is_sealed_in_the_record_hidden_from_advisers_and_whole_for_the_person(
    house: House,
) -> None:
    talk = [an_envelope(text) for text in ("vendeuse", "un travail", "18 ans")]
    receipt = await house.hear(*talk)
    lines = await house.thread(receipt)
    told = next(line for line in lines if "/chat/l/" in line.text)
    own = revealed(told, house.resources.secrets).text
    (secret,) = re.findall(r"/chat/l/([\w-]{20,})", own)
    (kept,) = await rows(house.resources, 1, "select hash from link where purpose = 'personal'")
    assert kept["hash"] == hashed(secret)
    assert not re.search(r"/chat/l/[\w-]{20,}", told.text)
    everything = await rows(
        house.resources, 1, "select o::text from outbox o union all select v::text from conversation v"
    )
    assert secret not in str(everything)


async def test_a_newcomer_whose_phone_speaks_english_reads_the_whole_first_message_in_english(house: House) -> None:
    receipt = await house.hear(an_envelope("", kind=InboundKind.ARRIVED, language="en-GB"))
    (_, said) = await house.thread(receipt)
    french = {"demain", "aujourd'hui", "lundi", "dès"}
    assert not french & set(said.text.replace(".", " ").split())
