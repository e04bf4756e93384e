"""How fast messages leave: never more than the pace in any second, and never much less while somebody waits."""

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import clock
from bot.channels.pacing import PATIENCE, Pacing
from bot.domain.messages import Later
from bot.resources import Resources
from bot.resources.buckets import CHAT_BURST, Buckets, Pace, Turn, Window


def departures(window: Window, late: list[float], until: float, now: float = 0.0) -> list[float]:
    """A crowd, each in a chat of its own, that leaves as soon as it may; the n-th wakes up `late[n]` seconds late."""
    left: list[float] = []
    while now < until:
        chat = str(len(left))
        turn = window.turn(chat, now)
        now += turn.wait
        if turn.granted:
            window.leave(chat, now)
            now += late[len(left) % len(late)]
            left.append(now)
    return left


def most_in_any_second(moments: list[float]) -> int:
    return max(sum(start <= other < start + 1.0 for other in moments) for start in moments)


def by_second(moments: list[float]) -> list[int]:
    last = int(max(moments))
    return [sum(int(moment) == second for moment in moments) for second in range(last)]


@given(st.lists(st.floats(0.0, 0.02), min_size=1, max_size=50))
def test_every_second_of_a_busy_time_carries_27_to_30_messages_however_late_senders_wake(late: list[float]) -> None:
    moments = departures(Window(Pace.of(28)), late, until=10.0)
    assert most_in_any_second(moments) <= 30
    assert min(by_second(moments)) >= 27


@given(st.integers(1, 400).map(lambda n: n / 4))
def test_no_pace_is_ever_exceeded(rate: float) -> None:
    pace = Pace.of(rate)
    moments = departures(Window(pace), [0.0], until=3 * pace.period + 1)
    assert all(b - a >= pace.period - 1e-9 for a, b in zip(moments, moments[pace.limit :], strict=False))


def test_a_closed_account_lets_nothing_leave_and_then_resumes_at_its_pace() -> None:
    window = Window(Pace.of(28))
    before = departures(window, [0.0], until=1.0)
    window.closed_until = 4.0
    after = departures(window, [0.0], until=9.0, now=1.0)
    assert max(before) <= 1.0
    assert min(after) >= 4.0
    assert most_in_any_second(after) <= 30
    assert min(by_second([moment - 4.0 for moment in after])) >= 27


def test_one_chat_gets_a_short_burst_then_one_message_a_second() -> None:
    window, now, left = Window(Pace.of(28)), 0.0, []
    while len(left) < 6:
        turn = window.turn("lou", now)
        now += turn.wait
        if turn.granted:
            window.leave("lou", now)
            left.append(now)
    assert left[CHAT_BURST - 1] < 0.2
    assert all(b - a >= 0.99 for a, b in pairwise(left[CHAT_BURST:]))


async def test_all_processes_share_one_window(resources: Resources) -> None:
    pace = Pace(limit=5, period=600.0)
    one, other = Buckets(resources.redis, pace), Buckets(resources.redis, pace)
    assert await one.take("default", "lou") == Turn(0.0, granted=True)
    second = await other.take("default", "sam")
    assert not second.granted
    assert 90 < second.wait <= pace.spacing


async def test_the_next_turn_is_granted_a_little_ahead(resources: Resources) -> None:
    pace = Pace(limit=1, period=0.2)
    turns = [await Buckets(resources.redis, pace).take("default", who) for who in ("lou", "sam")]
    assert [turn.granted for turn in turns] == [True, True]
    assert 0 < turns[1].wait <= 0.2


async def test_a_full_window_makes_every_process_wait_for_its_oldest_departure(resources: Resources) -> None:
    seconds, _ = await resources.redis.time()
    await resources.redis.lpush("pace:{default}", *((seconds - ago) * 1_000_000 for ago in [500] + [30] * 19))
    turn = await Buckets(resources.redis, Pace(limit=20, period=600.0)).take("default", "lou")
    assert not turn.granted
    assert 90 < turn.wait <= 100


async def test_a_closure_reaches_every_process_and_a_shorter_one_does_not_shorten_it(resources: Resources) -> None:
    one, other = (Buckets(resources.redis, Pace.of(28)) for _ in range(2))
    await one.close("default", 50)
    await one.close("default", 5)
    turn = await other.take("default", "lou")
    assert turn.closed
    assert 40 < turn.wait <= 50
    assert (await other.take("autre", "lou")).granted


async def test_a_process_keeps_the_pace_on_its_own_when_redis_is_gone(resources: Resources) -> None:
    await resources.redis.aclose()
    resources.redis.connection_pool.connection_kwargs["path"] = "/nowhere/valkey.sock"
    buckets = Buckets(resources.redis, Pace(limit=2, period=0.2))
    turns = [await buckets.take("default", str(n)) for n in range(3)]
    assert [turn.granted for turn in turns] == [True, True, False]
    assert turns[1].wait > 0.05


async def test_a_turn_too_far_away_goes_back_to_the_queue_uncounted(resources: Resources) -> None:
    pacing = Pacing(Buckets(resources.redis, Pace.of(28)), 28)
    await pacing.close("default", 3600)
    later = await pacing.take("default", "lou")
    assert isinstance(later, Later)
    assert later.account_wide
    assert (later.at - clock.now()).total_seconds() > PATIENCE


async def test_waiting_senders_leave_in_the_order_they_came(resources: Resources) -> None:
    pacing = Pacing(Buckets(resources.redis, Pace.of(200)), 200)
    left: list[int] = []

    async def leave(n: int) -> None:
        assert await pacing.take("default", str(n)) is None
        left.append(n)

    await asyncio.gather(*map(leave, range(20)))
    assert left == list(range(20))


async def test_an_unpaced_account_still_falls_silent_after_too_many(resources: Resources) -> None:
    pacing = Pacing(Buckets(resources.redis, Pace.of(1)), 0)
    assert [await pacing.take("default", "lou") for _ in range(50)] == [None] * 50
    await pacing.close("default", 30)
    assert isinstance(await pacing.take("default", "lou"), Later)


@pytest.mark.parametrize(
    ("rate", "limit", "period"), [(28, 28, 1.0), (0.5, 1, 2.0), (1.5, 1, 1 / 1.5), (1000, 1000, 1)]
)
def test_any_rate_is_a_number_of_messages_in_a_time(rate: float, limit: int, period: float) -> None:
    assert Pace.of(rate) == Pace(limit, period)
