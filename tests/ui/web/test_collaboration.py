"""Who works with whom, counted from what departments lead and join."""

from typing import Any

import pytest

from ui.web.collaboration import SIZE, Cell, cells, network


def led(*numbers: int, section: str = "(一)") -> list[dict[str, Any]]:
    return [{"id": f"n/M{number}", "outline": ["一、", section]} for number in numbers]


def department(
    name: str, lead: list[Any], cooperating: list[Any], responsible: list[Any] | None = None
) -> dict[str, Any]:
    return {"name": name, "lead": lead, "cooperating": cooperating, "responsible": responsible or []}


A = department("甲局", led(1, 2) + led(3, section="(二)"), led(9))
B = department("乙局", [], led(1, 2), responsible=led(9))
C = department("丙局", led(5), [])


def test_a_row_counts_each_section_by_role() -> None:
    assert cells(A, ["(一)", "(二)", "(三)"]) == [Cell("(一)", 2, 1), Cell("(二)", 1, 0), Cell("(三)", 0, 0)]


def test_a_line_joins_whoever_leads_with_whoever_joins_in() -> None:
    nodes, edges = network([A, B, C])
    assert [node.name for node in nodes] == ["甲局", "乙局", "丙局"]
    assert {(edge.lead, edge.cooperating): edge.count for edge in edges} == {(0, 1): 2, (1, 0): 1}


def test_who_leads_more_has_a_larger_circle() -> None:
    nodes, _ = network([A, B, C])
    assert nodes[0].radius > nodes[2].radius == pytest.approx(nodes[1].radius)


@pytest.mark.parametrize("count", [1, 2, 5, 40])
def test_all_are_inside_the_picture_and_no_name_stands_on_its_head(count: int) -> None:
    nodes, _ = network([department(str(number), led(number), []) for number in range(count)])
    for node in nodes:
        assert 0 < node.label_x < SIZE
        assert 0 < node.label_y < SIZE
        assert (node.turn + 90) % 360 <= 180 + 1e-6
    assert len({(round(node.x), round(node.y)) for node in nodes}) == count
