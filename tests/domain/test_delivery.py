"""News of a delivery may come twice and in any order: the end is the same."""

from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import DeliveryState, join

states = st.sampled_from(DeliveryState)


@given(st.lists(states, min_size=1), st.randoms())
def test_any_order_and_repetition_of_news_ends_the_same(news: list[DeliveryState], chance: object) -> None:
    shuffled = [*news, *news]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert reduce(join, shuffled) == reduce(join, news)


@given(states, states)
def test_a_delivery_never_goes_backwards(current: DeliveryState, incoming: DeliveryState) -> None:
    after = join(current, incoming)
    assert join(after, current) == after
    assert join(after, incoming) == after


def test_what_is_known_beats_what_was_unknown() -> None:
    assert join(DeliveryState.UNKNOWN, DeliveryState.SENT) is DeliveryState.SENT
    assert join(DeliveryState.READ, DeliveryState.SENT) is DeliveryState.READ
