"""Where a sentence departs from its sources."""

import pytest

from rag.verification.alignment import align, line
from rag.verification.departure import Departures

PRINTED = (
    "支持更多符合条件的企业自主开展技能人才评价,探索建立互认机制。对清单内的企业,原则上不主动开展现场检查。"
    "对评价高的企业少检查、对评价低的企业严检查。加强重点工程建设、园区管理、用工指导等服务。"
)


def departures(said: str) -> list[tuple[str, str]]:
    return [(each.kind, each.words) for each in Departures(align(line(said), line(PRINTED)))]


@pytest.mark.parametrize(
    "said",
    [
        "支持更多符合条件的企业自主开展技能人才评价。",
        "探索建立互认机制,支持更多符合条件的企业自主开展技能人才评价。",
        "加强重点工程建设、用工指导等服务。",
        "对清单内的企业,原则上不主动开展现场检查。",
    ],
)
def test_whole_clauses_and_items_in_whatever_order_do_not_depart(said: str) -> None:
    assert departures(said) == []


@pytest.mark.parametrize(
    ("said", "departure"),
    [
        ("支持更多企业自主开展技能人才评价。", ("restriction", "符合条件的")),
        ("建立互认机制。", ("restriction", "探索")),
        ("不主动开展现场检查。", ("restriction", "原则上")),
        ("原则上不主动开展现场检查。", ("scope", "对清单内的企业")),
        ("对评价高的企业严检查。", ("seam", "对评价高|的企业严")),
        ("免费支持更多符合条件的企业自主开展技能人才评价。", ("own", "免费")),
        ("探索建立不互认机制。", ("negated", "不")),
        ("探索建立共享机制。", ("exchanged", "共享")),
    ],
)
def test_each_way_of_departing(said: str, departure: tuple[str, str]) -> None:
    assert departure in departures(said)
