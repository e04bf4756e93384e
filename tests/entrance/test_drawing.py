"""The diagrams come from the tables themselves: nothing that a flow does is left out of them."""

from pathlib import Path
from xml.etree import ElementTree

from bot.entrance.drawing import draw, edges, mermaid, svg
from bot.flows.engine import FLOWS


def test_every_flow_is_drawn_and_every_picture_is_well_formed(tmp_path: Path) -> None:
    draw(str(tmp_path))
    assert {path.stem for path in tmp_path.glob("*.mmd")} == set(FLOWS)
    for path in tmp_path.glob("*.svg"):
        ElementTree.parse(path)


def test_every_row_of_every_table_is_a_line_of_its_diagram() -> None:
    assert FLOWS
    for flow in FLOWS.values():
        drawn = edges(flow)
        assert {state for row in flow.table for state in row.states} == {here for here, _ in drawn}
        assert mermaid(flow).count(" --> s") == len(drawn) + 1
        assert svg(flow).count('class="line"') == len(drawn)


def test_the_drawings_of_the_documentation_are_those_of_the_tables(tmp_path: Path) -> None:
    draw(str(tmp_path))
    kept = Path(__file__).parents[2] / "docs" / "flows"
    drawn = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert {path.name: path.read_text("utf-8") for path in kept.iterdir() if path.name != "README.md"} == drawn, (
        "the tables changed: run ./allervers flows draw"
    )
