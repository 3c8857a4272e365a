"""A ticket is taken apart into its demands; noise is left aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.assist import LIKELY
from rag.ticket import clauses, read_ticket


def test_two_needs_are_two_demands_in_order() -> None:
    text = "您好,我开面馆的,急死了。想问执照和许可能不能一次办好,找哪个部门?另外公司想去越南投资,备案找谁?谢谢。"
    first, *_, last = read_ticket(text)
    assert "执照" in first.text
    assert "备案找谁" in last.text
    assert "谢谢" not in last.text


def test_greeting_and_anger_are_left_aside() -> None:
    (demand,) = (
        each
        for each in read_ticket("你们好!我真的气死了!!请问开饭店的执照找哪个部门办?麻烦你们了。")
        if each.likely >= LIKELY
    )
    assert demand.text == "请问开饭店的执照找哪个部门办"


@pytest.mark.parametrize("text", ["救命", "???", "执照"])
def test_there_is_always_a_demand(text: str) -> None:
    assert read_ticket(text)


def test_what_the_agent_says_in_a_transcript_is_no_demand() -> None:
    text = "坐席:请问您想咨询什么?\n市民:我想问开饭店的执照找谁办?\n坐席:请问还有其他问题吗?"
    assert all("坐席" not in demand.text for demand in read_ticket(text))


@given(st.text(max_size=300))
def test_clauses_and_demands_are_verbatim(text: str) -> None:
    assert all(text[clause.start : clause.end] == clause.text for clause in clauses(text))
    assert all(demand.text in text and demand.text in demand.context for demand in read_ticket(text))
