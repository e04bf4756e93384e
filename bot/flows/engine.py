"""The engine: reads a flow's table, checks it at import, and takes one step.

House rules
1. A state is *what we are waiting for*; a row says what we do when something comes. The first matching row wins.
2. Guards are questions (one expression, no effect). Acts are generators of effects; they may also yield
   `Note(...)`, which changes the
   flow's own data, and nothing else.
3. Nothing here knows a channel, a clock or a database: everything comes in, everything goes out.

Theory of operation. Each flow owns one synchronous `transitions.Machine`, shared by everybody and never given a
registered model (17-40 us a step; a machine per conversation costs 1,000). The model of a trigger is a `Turn`, made
for one inbound and thrown away. A target may be a state of the flow, `Go("other")` (enter another flow at its start)
or `BACK` (the flow is over: resume what was parked). transitions accepts unknown states and dead rows silently, so
`Flow` checks them itself: states exist, all are reachable, every waiting state has a way out, no row is dead.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, cast

from transitions import EventData, Machine

from bot.domain.conversation import Conversation, Facts, Frame
from bot.domain.effects import Ask, Effect, Say
from bot.domain.messages import Inbound, InboundKind
from bot.flows.understanding import Reading

ENTER: Final = "enter"
TEXT: Final = "text"
RETURNED: Final = "returned"
_START: Final = "start"


class FlowError(Exception):
    """A flow's table is wrong. Raised at import, never at run time."""


def option(name: str) -> str:
    """The trigger of a button: `option("skip")`. A button id `wish:2` triggers `option("wish")` with `turn.argument
    == "2"`.
    """
    return f"option:{name}"


def timer(reason: str) -> str:
    """The trigger of a planned contact."""
    return f"timer:{reason}"


@dataclass(frozen=True, slots=True)
class Go:
    """A target outside the flow: enter `flow` at its start."""

    flow: str


@dataclass(frozen=True, slots=True)
class Back:
    """A target outside the flow: it is over; the parked question comes back, or the conversation rests.

    Without `asks`, the parked question is open again but not repeated: after STOP, a pause, or a planned contact that
    says nothing.
    """

    asks: bool = True


BACK: Final = Back()
QUIET: Final = Back(asks=False)


class Note:
    """Changes to the flow's own data, yielded by an act: `yield Note(tries=1)`."""

    __slots__ = ("changes",)

    def __init__(self, **changes: object) -> None:
        self.changes = changes


@dataclass(slots=True)
class Turn:
    """One inbound on its way through one flow. Guards and acts read it; only the engine writes it."""

    flow: "Flow"
    state: str
    data: Any
    inbound: Inbound
    reading: Reading
    facts: Facts
    now: datetime
    conversation: Conversation
    effects: list[Effect] = field(default_factory=list)
    target: "str | Go | Back | None" = None

    @property
    def argument(self) -> str:
        """What follows the colon in a button's id, "" when nothing does."""
        return self.inbound.option.partition(":")[2]

    def run(self, act: "Act | None") -> None:
        """Collect the act's effects; each one is seen by the next through the facts."""
        for effect in act(self) if act else ():
            if isinstance(effect, Note):
                self.data = replace(self.data, **effect.changes)
            else:
                self.effects.append(effect)
                if not isinstance(effect, Say | Ask):
                    self.facts = self.facts.after(effect)


Guard = Callable[[Turn], bool]
Act = Callable[[Turn], Iterator["Effect | Note"]]


@dataclass(frozen=True, slots=True)
class Row:
    """While waiting for `state`, when `trigger` comes and `guard` says yes: do `act`, then wait for `target`."""

    state: "StrEnum | tuple[StrEnum, ...]"
    trigger: "str | tuple[str, ...]"
    guard: Guard | None
    act: Act | None
    target: "StrEnum | Go | Back"

    @property
    def states(self) -> tuple[str, ...]:
        """The states this row stands for."""
        return tuple(map(str, self.state)) if isinstance(self.state, tuple) else (str(self.state),)

    @property
    def triggers(self) -> tuple[str, ...]:
        """The triggers this row answers."""
        return self.trigger if isinstance(self.trigger, tuple) else (self.trigger,)


class Flow:
    """A flow: its name, its states, its data and its table, checked at import.

    `enter` rows start from the state named `start`. Raises FlowError when the table is wrong.
    """

    def __init__(self, name: str, states: type[StrEnum], data: type, table: tuple[Row, ...]) -> None:
        self.name, self.states, self.data_type, self.table = name, states, data, table
        self.defaults: dict[str, Any] = {f.name: getattr(data(), f.name) for f in fields(data)}
        check_table(self)
        self._machine = self._build()
        FLOWS[name] = self

    def load(self, data: Mapping[str, Any]) -> Any:
        """The flow's data from its stored JSON: unknown fields of an older version are left out."""
        return self.data_type(**{k: _frozen(v) for k, v in data.items() if k in self.defaults})

    def handles(self, state: str, trigger: str) -> bool:
        """True when some row waits for this trigger in this state."""
        event = self._machine.events.get(trigger)
        return event is not None and bool(event.transitions.get(state))

    def take(self, turn: Turn, trigger: str) -> bool:
        """Run the first matching row on `turn`. False when no row matches: the turn is then untouched."""
        event = self._machine.events.get(trigger)
        return bool(event is not None and event.trigger(turn))

    def _build(self) -> Machine:
        machine = Machine(
            model=None,
            states=[
                *map(str, self.states),
                *{_exit_name(r.target) for r in self.table if not isinstance(r.target, StrEnum)},
            ],
            initial=_START,
            send_event=True,
            auto_transitions=False,
            queued=False,
            ignore_invalid_triggers=True,
        )
        for row in self.table:
            for trigger in row.triggers:
                machine.add_transition(
                    trigger, list(row.states), _target_name(row.target), conditions=_condition(row), before=_before(row)
                )
        return machine


FLOWS: Final[dict[str, Flow]] = {}


def enter(name: str, turn: Turn) -> Turn:
    """A turn of the same inbound at the start of flow `name`, its `enter` row taken."""
    flow = FLOWS[name]
    fresh = replace(turn, flow=flow, state=_START, data=flow.data_type(), effects=turn.effects, target=None)
    flow.take(fresh, ENTER)
    return follow(fresh)


def follow(turn: Turn) -> Turn:
    """Follow `Go` targets until a flow waits or is over. Flows cannot loop: each may be entered once a step."""
    if isinstance(turn.target, Go):
        return enter(turn.target.flow, turn)
    return turn


def frame_of(turn: Turn) -> Frame:
    """The frame to store after this turn."""
    data = {name: getattr(turn.data, name) for name in turn.flow.defaults}
    return Frame(turn.flow.name, turn.state, {k: v for k, v in data.items() if v != turn.flow.defaults[k]})


def trigger_of(inbound: Inbound) -> str:
    """The name under which a flow's table waits for this inbound."""
    if inbound.kind is InboundKind.OPTION:
        return option(inbound.option.partition(":")[0])
    if inbound.kind is InboundKind.TIMER:
        return timer(inbound.reason)
    return str(inbound.kind)


# --- the table, checked -------------------------------------------------------------------------------------------


def check_table(flow: Flow) -> None:
    """Raise FlowError when a state is unknown, unreachable or without a way out, or a row can never match."""
    known = set(map(str, flow.states))
    if _START not in known:
        raise FlowError(f"{flow.name}: no state is called {_START}")
    _no_unknown_states(flow, known)
    _no_dead_rows(flow)
    _all_reachable(flow, known)
    _no_dead_ends(flow, known)


def _no_unknown_states(flow: Flow, known: set[str]) -> None:
    for row in flow.table:
        named = {*row.states, str(row.target)} if isinstance(row.target, StrEnum) else set(row.states)
        if strangers := named - known:
            raise FlowError(f"{flow.name}: unknown states {sorted(strangers)}")


def _no_dead_rows(flow: Flow) -> None:
    closed: set[tuple[str, str]] = set()
    for row in flow.table:
        pairs = {(s, t) for s in row.states for t in row.triggers}
        if dead := pairs & closed:
            raise FlowError(f"{flow.name}: a row after an unguarded one never matches: {sorted(dead)}")
        if row.guard is None:
            closed |= pairs


def _all_reachable(flow: Flow, known: set[str]) -> None:
    seen, todo = {_START}, [_START]
    while todo:
        here = todo.pop()
        for row in flow.table:
            if here in row.states and isinstance(row.target, StrEnum) and str(row.target) not in seen:
                seen.add(str(row.target))
                todo.append(str(row.target))
    if lost := known - seen:
        raise FlowError(f"{flow.name}: states nobody reaches: {sorted(lost)}")


def _no_dead_ends(flow: Flow, known: set[str]) -> None:
    leaving = {s for row in flow.table for s in row.states if str(row.target) != s}
    if stuck := known - leaving:
        raise FlowError(f"{flow.name}: states without a way out: {sorted(stuck)}")


# --- transitions, kept in one place -------------------------------------------------------------------------------


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _exit_name(target: "StrEnum | Go | Back") -> str:
    if isinstance(target, Go):
        return f"-> {target.flow}"
    return "-> back" if isinstance(target, Back) and target.asks else "-> quiet"


def _target_name(target: "StrEnum | Go | Back") -> str:
    return str(target) if isinstance(target, StrEnum) else _exit_name(target)


def _condition(row: Row) -> list[str | Callable[..., bool | None]]:
    guard = row.guard
    return [] if guard is None else [lambda event: guard(cast(Turn, event.model))]


def _before(row: Row) -> Callable[[EventData], None]:
    def act(event: EventData) -> None:
        turn = cast(Turn, event.model)
        turn.run(row.act)
        turn.target = str(row.target) if isinstance(row.target, StrEnum) else row.target

    return act
