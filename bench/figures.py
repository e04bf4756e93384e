"""Figures beside their goals, for people and for machines."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `goal` is "" or a comparison such as ">= 1000" or "= 0"; `spread` is (lowest, highest) over
    the rounds.
    """

    run: str
    name: str
    value: float
    unit: str = ""
    goal: str = ""
    spread: tuple[float, float] | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None without a goal."""
        if not self.goal:
            return None
        sign, _, wanted = self.goal.partition(" ")
        bound = float(wanted)
        return {">=": self.value >= bound, "<=": self.value <= bound, "=": self.value == bound}[sign]

    def line(self) -> str:
        """The figure for people."""
        spread = f"  ({self.spread[0]:g} to {self.spread[1]:g})" if self.spread else ""
        goal = f"  goal {self.goal}  {'ok' if self.met else 'MISSED'}" if self.goal else ""
        return f"{self.run:<24} {self.name:<34} {self.value:>10g} {self.unit:<8}{spread}{goal}"

    def record(self) -> dict[str, Any]:
        """The figure for machines."""
        return asdict(self) | {"met": self.met}


def median_of(run: str, name: str, values: Iterable[float], unit: str = "", goal: str = "") -> Figure:
    """The median of the rounds with its spread."""
    ordered = sorted(round(value, 2) for value in values)
    return Figure(run, name, ordered[len(ordered) // 2], unit, goal, (ordered[0], ordered[-1]))


def worst_of(run: str, name: str, values: Iterable[float], unit: str = "", goal: str = "") -> Figure:
    """The highest of the rounds: for what must never happen."""
    return Figure(run, name, max(values), unit, goal)
