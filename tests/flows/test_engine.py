"""A wrong table is refused when the program starts, never met by a person."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

import pytest

from bot.domain.conversation import Conversation, Facts
from bot.domain.effects import Effect, KeepProfile, Say
from bot.domain.messages import Inbound, InboundKind, Option
from bot.flows.engine import (
    BACK,
    ENTER,
    FLOWS,
    TEXT,
    Flow,
    FlowError,
    Go,
    Note,
    Row,
    Turn,
    frame_of,
    option,
    timer,
    trigger_of,
)
from bot.flows.understanding import Reading


class State(StrEnum):
    START = "start"
    ASKED = "asked"


class OtherState(StrEnum):
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Data:
    count: int = 0
    names: tuple[str, ...] = ()


def yes(turn: Turn) -> bool:
    return True


def no(turn: Turn) -> bool:
    return False


def say(text: str):  # noqa: ANN201 - a little factory of acts
    def act(turn: Turn) -> Iterator[Effect | Note]:
        yield Say(text)

    return act


def a_flow(*rows: Row) -> Flow:
    """A flow of these rows, that leaves no trace among the real ones."""
    try:
        return Flow("example", State, Data, rows)
    finally:
        FLOWS.pop("example", None)


def a_turn(flow: Flow, inbound: Inbound, state: State = State.START) -> Turn:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    return Turn(flow, str(state), Data(), inbound, Reading(), Facts(), now, Conversation())


ASK = Row(State.START, ENTER, None, None, State.ASKED)
LEAVE = Row(State.ASKED, TEXT, None, None, BACK)


def test_a_state_of_another_flow_is_refused() -> None:
    with pytest.raises(FlowError, match="unknown states"):
        a_flow(ASK, LEAVE, Row(State.ASKED, option("x"), None, None, OtherState.ELSEWHERE))


def test_a_flow_without_a_start_is_refused() -> None:
    with pytest.raises(FlowError, match="no state is called start"):
        Flow("example", OtherState, Data, (Row(OtherState.ELSEWHERE, ENTER, None, None, BACK),))


def test_a_state_nobody_reaches_is_refused() -> None:
    with pytest.raises(FlowError, match="states nobody reaches"):
        a_flow(Row(State.START, ENTER, None, None, BACK), LEAVE)


def test_a_state_without_a_way_out_is_refused() -> None:
    with pytest.raises(FlowError, match="without a way out"):
        a_flow(ASK, Row(State.ASKED, TEXT, None, None, State.ASKED))


def test_a_row_that_can_never_match_is_refused() -> None:
    with pytest.raises(FlowError, match="never matches"):
        a_flow(ASK, LEAVE, Row(State.ASKED, TEXT, yes, None, BACK))


def test_the_first_matching_row_wins_and_what_it_says_is_kept() -> None:
    flow = a_flow(
        ASK,
        Row(State.ASKED, TEXT, no, say("never"), BACK),
        Row(State.ASKED, TEXT, yes, say("first"), Go("recap")),
        Row(State.ASKED, TEXT, None, say("second"), BACK),
    )
    turn = a_turn(flow, Inbound(InboundKind.TEXT, text="x"), State.ASKED)
    assert flow.take(turn, TEXT)
    assert turn.effects == [Say("first")]
    assert turn.target == Go("recap")


def test_a_turn_that_no_row_takes_is_untouched() -> None:
    flow = a_flow(ASK, Row(State.ASKED, TEXT, no, say("never"), BACK))
    turn = a_turn(flow, Inbound(InboundKind.TEXT), State.ASKED)
    before = replace(turn, effects=[])
    assert not flow.take(turn, TEXT)
    assert turn == before


def test_an_act_sees_what_it_has_just_kept_and_noted() -> None:
    seen = []

    def act(turn: Turn) -> Iterator[Effect | Note]:
        yield KeepProfile("first_name", "Lou")
        yield Note(count=turn.data.count + 1, names=(turn.facts.profile.first_name,))
        seen.append(turn.data)

    flow = a_flow(Row(State.START, ENTER, None, act, State.ASKED), LEAVE)
    turn = a_turn(flow, Inbound(InboundKind.ARRIVED))
    flow.take(turn, ENTER)
    assert seen == [Data(1, ("Lou",))]
    assert frame_of(turn).data == {"count": 1, "names": ("Lou",)}


def test_data_stored_by_an_older_version_is_still_read() -> None:
    flow = a_flow(ASK, LEAVE)
    assert flow.load({"count": 3, "names": ["a", "b"], "gone": True}) == Data(3, ("a", "b"))


@pytest.mark.parametrize(
    ("inbound", "trigger"),
    [
        (Inbound(InboundKind.OPTION, option="wish:2"), option("wish")),
        (Inbound(InboundKind.TIMER, reason="nudge"), timer("nudge")),
        (Inbound(InboundKind.TEXT, text="salut"), TEXT),
        (Inbound(InboundKind.VOICE), "voice"),
    ],
)
def test_each_thing_that_happens_has_one_trigger(inbound: Inbound, trigger: str) -> None:
    assert trigger_of(inbound) == trigger


def test_the_argument_of_a_button_is_what_follows_the_colon() -> None:
    flow = a_flow(ASK, LEAVE)
    assert a_turn(flow, Inbound(InboundKind.OPTION, option="half:lundi.matin")).argument == "lundi.matin"
    assert Option("half:lundi.matin").id.partition(":")[0] == "half"
