"""From ticket to dispatch and draft reply."""

import pytest

from ingest.corpus import Corpus
from rag.assist import AssistChain
from rag.chain import AnswerChain

STALLS = "店门口想摆几张桌子做夜市,找谁申请?"


@pytest.fixture(scope="module")
def assist_chain(chain: AnswerChain, corpus: Corpus) -> AssistChain:
    return AssistChain(chain, corpus)


def test_every_department_and_quote_is_printed_in_the_notice(assist_chain: AssistChain, corpus: Corpus) -> None:
    found = assist_chain.assist("想问执照和许可能不能一次办好,找哪个部门?另外境外投资备案找谁?")
    printed = {name for source in corpus.notices[0].notice.sources for name in (*source.lead, *source.cooperating)}
    assert found.dispatch.lead
    assert set(found.dispatch.lead) | set(found.dispatch.cooperating) <= printed
    assert not set(found.dispatch.lead) & set(found.dispatch.cooperating)


def test_repeated_complaints_that_a_street_cannot_settle_are_dispatched_by_the_notices_own_rule(
    assist_chain: AssistChain, corpus: Corpus
) -> None:
    rule = next(source for source in corpus.notices[0].notice.sources if "派单" in source.title)
    told = assist_chain.assist(f"第七次打电话了,街道和居委推来推去。想问执照和许可能不能一次办好,找哪个部门?{STALLS}")
    assert f"“{rule.title}”" in told.dispatch.reason
    assert "各街道" not in told.dispatch.lead
    assert rule.title not in assist_chain.assist(STALLS).dispatch.reason


def test_contradictory_demands_go_to_a_person(assist_chain: AssistChain) -> None:
    found = assist_chain.assist(f"我自己也矛盾,{STALLS}")
    assert found.dispatch.needs_human
    assert "矛盾" in found.dispatch.reason


def test_a_ticket_partly_outside_is_partly_answered_and_says_so(assist_chain: AssistChain) -> None:
    found = assist_chain.assist("想问公司境外投资备案找哪个部门?另外楼上邻居半夜装修吵得睡不着,请派人来管管。")
    statuses = [demand.is_outside for demand in found.demands]
    assert statuses == [False, True]
    assert found.status == "partial"
    assert "没有涉及" in found.dispatch.reason
    assert "一、" in found.draft_reply
    assert "二、" in found.draft_reply


@pytest.mark.parametrize("text", ["13916472085", "来电人:陈国梁", "〔手机号〕"])
def test_a_ticket_of_nothing_but_personal_data_has_no_source(assist_chain: AssistChain, text: str) -> None:
    found = assist_chain.assist(text)
    assert not any(demand.answer.citations for demand in found.demands)
    assert found.dispatch.needs_human


def test_quotes_are_marked_with_the_words_of_all_that_was_put_together(assist_chain: AssistChain) -> None:
    (demand,) = assist_chain.assist("想问ODI备案找谁?另外企业出海有没有法律咨询?").demands
    (citation,) = demand.answer.citations
    marked = {citation.quote[start:end] for start, end in citation.matched}
    assert {"ODI备案", "企业出海法律", "法律咨询"} <= marked


def test_timings_name_each_step(assist_chain: AssistChain) -> None:
    assert set(assist_chain.assist(STALLS).timings_ms) == {"mask", "split", "answer", "draft", "total"}


def test_a_need_that_only_an_excerpt_shows_is_answered(assist_chain: AssistChain) -> None:
    need = "上个月贷款到期,银行一分钱不肯再放"
    ticket = f"我开小面馆的,{need},账上只剩三千块。老伴劝我关门。{STALLS}"
    without, voted = (assist_chain.assist(ticket, excerpts=excerpts) for excerpts in ((), (need,)))
    assert not any("贷款" in demand.text for demand in without.demands)
    (loan,) = (demand for demand in voted.demands if "贷款" in demand.text)
    assert loan.answer.citations
    assert set(loan.lead) <= set(voted.dispatch.lead)
    assert [demand.text for demand in without.demands] == [each.text for each in voted.demands if each is not loan]


def test_small_talk_stays_small_talk_whatever_is_voted_for(assist_chain: AssistChain) -> None:
    ticket = f"你们好,谢谢你们,辛苦了。{STALLS}"
    texts = [[each.text for each in assist_chain.assist(ticket, excerpts=said).demands] for said in ([], ["谢谢你们"])]
    assert texts[0] == texts[1]
