"""`allervers flows draw`: each conversation's diagram from its own table, in Mermaid and as an SVG picture."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from html import escape
from pathlib import Path

import bot.flows  # noqa: F401 - registers every flow
from bot.flows.engine import FLOWS, Flow, Go, Row

START = "start"
WIDTH, HEIGHT, GAP_X, GAP_Y, MARGIN = 150, 34, 40, 70, 20
STYLE = (
    "text{font:13px sans-serif;text-anchor:middle}.box{fill:#fff;stroke:#334}.out{fill:#eef;stroke:#88a}"
    ".line{fill:none;stroke:#667}"
)
Edges = Mapping[tuple[str, str], str]


def draw(folder: str) -> str:
    """Writes `<flow>.mmd` and `<flow>.svg` for every flow; returns the sentence to print."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for name, flow in sorted(FLOWS.items()):
        (place / f"{name}.mmd").write_text(mermaid(flow), "utf-8")
        (place / f"{name}.svg").write_text(svg(flow), "utf-8")
    return f"{len(FLOWS)} schémas dans {place}"


def edges(flow: Flow) -> Edges:
    """What leads from one state to another: the triggers, and the guards as questions, in the table's order."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in flow.table:
        for state in row.states:
            labels = found.setdefault((state, _target(row)), [])
            labels += [label for label in _labels(row) if label not in labels]
    return {pair: ", ".join(labels) for pair, labels in found.items()}


def _labels(row: Row) -> Iterator[str]:
    question = getattr(row.guard, "__name__", "") if row.guard else ""
    for trigger in row.triggers:
        yield f"{trigger} [{question}]" if question.isidentifier() else trigger


def _target(row: Row) -> str:
    if isinstance(row.target, StrEnum):
        return str(row.target)
    if isinstance(row.target, Go):
        return f"→ {row.target.flow}"
    return "→ back" if row.target.asks else "→ quiet"


def mermaid(flow: Flow) -> str:
    """A Mermaid state diagram. Names are given ids of their own, since Mermaid allows few signs in them."""
    names = _names(flow)
    ids = {name: f"s{number}" for number, name in enumerate(names)}
    lines = ["stateDiagram-v2", *(f'    state "{name}" as {ids[name]}' for name in names), f"    [*] --> {ids[START]}"]
    for (here, there), label in edges(flow).items():
        lines.append(f"    {ids[here]} --> {ids[there]}: {label.replace(':', ' ')}")
    lines += [f"    {ids[name]} --> [*]" for name in names if name.startswith("→")]
    return "\n".join(lines) + "\n"


def _names(flow: Flow) -> list[str]:
    return list(dict.fromkeys([*map(str, flow.states), *(there for _, there in edges(flow))]))


def _levels(flow: Flow) -> list[list[str]]:
    """The states by their distance from the start; the ways out last."""
    pairs = list(edges(flow))
    levels, seen = [[START]], {START}
    while levels[-1]:
        reached = dict.fromkeys(there for here, there in pairs if here in levels[-1] and not there.startswith("→"))
        levels.append([name for name in reached if name not in seen])
        seen.update(levels[-1])
    levels[-1] = [name for name in _names(flow) if name.startswith("→")]
    return levels


def svg(flow: Flow) -> str:
    """The same diagram as a picture of boxes and lines; a line's title tells what leads along it."""
    levels = _levels(flow)
    places = {
        name: (MARGIN + column * (WIDTH + GAP_X), MARGIN + line * (HEIGHT + GAP_Y))
        for line, level in enumerate(levels)
        for column, name in enumerate(level)
    }
    wide = 2 * MARGIN + max(map(len, levels)) * (WIDTH + GAP_X)
    high = 2 * MARGIN + len(levels) * (HEIGHT + GAP_Y)
    lines = [_line(places[here], places[there], label) for (here, there), label in edges(flow).items()]
    boxes = [_box(name, *place) for name, place in places.items()]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img">'
    tip = '<path d="M0 0L8 4L0 8z"/>'
    arrow = f'<marker id="a" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto">{tip}</marker>'
    title = f"<title>{escape(flow.name)}</title><style>{STYLE}</style><defs>{arrow}</defs>"
    return "\n".join([head, title, *lines, *boxes, "</svg>"]) + "\n"


def _box(name: str, x: int, y: int) -> str:
    kind = "out" if name.startswith("→") else "box"
    words = f'<text x="{x + WIDTH // 2}" y="{y + HEIGHT // 2 + 5}">{escape(name)}</text>'
    return f'<rect class="{kind}" x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>{words}'


def _line(here: tuple[int, int], there: tuple[int, int], label: str) -> str:
    """Down from the bottom to the top of the next, or around on the left when a box stands between; back up, or to
    itself, by a curve on the right side.
    """
    middle = WIDTH // 2
    if here[0] == there[0] and there[1] - here[1] > HEIGHT + GAP_Y:
        x1, y1, x2, y2 = here[0], here[1] + HEIGHT // 2, there[0], there[1] + HEIGHT // 2
        path = f"M{x1} {y1}C{x1 - 24} {y1} {x2 - 24} {y2} {x2} {y2}"
    elif there[1] > here[1]:
        x1, y1, x2, y2 = here[0] + middle, here[1] + HEIGHT, there[0] + middle, there[1]
        path = f"M{x1} {y1}C{x1} {y1 + 35} {x2} {y2 - 35} {x2} {y2}"
    else:
        x1, y1, x2, y2 = here[0] + WIDTH, here[1] + HEIGHT // 2, there[0] + WIDTH, there[1] + HEIGHT // 2 + 6
        path = f"M{x1} {y1}C{x1 + 35} {y1} {x2 + 35} {y2} {x2} {y2}"
    return f'<path class="line" marker-end="url(#a)" d="{path}"><title>{escape(label)}</title></path>'
