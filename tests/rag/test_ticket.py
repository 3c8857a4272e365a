"""A ticket is taken apart into its demands; noise is left aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.clause import clauses
from rag.ticket import LIKELY, read_ticket


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


ADDRESS = "执照上的地址写错了一个字"
TICKET = f"您好,{ADDRESS},跑了两趟没改成,天热得要命。请问食品许可找谁办?"
STORY = "我是做外贸的,在长治路。最近越南那边的厂想买下来,手续上面一头雾水。谢谢你们,辛苦了。"


def test_an_excerpt_that_overlaps_a_demand_makes_it_likely() -> None:
    (doubted,) = read_ticket(STORY)
    assert doubted.likely < LIKELY
    (voted,) = read_ticket(STORY, ["手续上面一头雾水"])
    assert (voted.text, voted.context, voted.likely) == (doubted.text, doubted.context, LIKELY)


def test_an_excerpt_of_a_likely_demand_changes_nothing() -> None:
    assert read_ticket(TICKET, ["食品许可找谁办"]) == read_ticket(TICKET)


def test_an_excerpt_that_overlaps_none_is_a_demand_of_its_own_with_its_context() -> None:
    (known,) = read_ticket(TICKET)
    first, second = read_ticket(TICKET, [ADDRESS])
    assert (first.text, first.likely) == (ADDRESS, LIKELY)
    assert (second.text, second.likely) == (known.text, known.likely)
    assert TICKET.startswith(first.context)
    assert known.text in second.context
    assert ADDRESS not in second.context


def test_excerpts_of_one_stretch_are_one_demand() -> None:
    assert len(read_ticket(TICKET, [ADDRESS, "地址写错", f"{ADDRESS},跑了两趟没改成"])) == 2


def test_what_is_not_in_the_ticket_is_no_vote() -> None:
    assert read_ticket(TICKET, ["公司想去越南投资", "", "。"]) == read_ticket(TICKET)


@given(st.lists(st.sampled_from(["请问执照找谁办", "急死了", "路灯坏了", "谢谢"]), max_size=8), st.text(max_size=9))
def test_demands_and_contexts_stay_in_order_whatever_is_voted_for(parts: list[str], excerpt: str) -> None:
    text = "。".join(parts)
    at = 0
    for demand in read_ticket(text, [excerpt, "急死了", "坏了。谢谢"]):
        at = text.index(demand.context, at)
        assert demand.text in demand.context
        at += len(demand.context)
