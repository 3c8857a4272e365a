"""Answers where several places and years are loaded: whose notice, whose office, and no more than is printed."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from ingest.corpus import Corpus
from ingest.index import Index, open_index
from ingest.settings import Settings
from rag.answer import Answer
from rag.assist import AssistChain
from rag.chain import AnswerChain
from rag.dialogue import Message
from rag.question import Language
from rag.turn import AskRequest
from tests.rag.several_notices import BARE, BEFORE, CANGNAN, CITY, HOME, LUOHU, NATION, TAIAN


@pytest.fixture(scope="module")
def places(several_places: Settings) -> Iterator[Index]:
    with closing(open_index(several_places)) as index:
        yield index


@pytest.fixture(scope="module")
def chain(places: Index) -> AnswerChain:
    return AnswerChain(places)


def ask(
    chain: AnswerChain,
    question: str,
    notice_id: str | None = None,
    language: Language | None = None,
    history: tuple[Message, ...] = (),
) -> Answer:
    return chain.answer(AskRequest(question, language, notice_id, history))


def cited(answer: Answer) -> list[str]:
    return [citation.id for citation in answer.citations]


def test_the_home_plan_answers_where_no_place_is_named(chain: AnswerChain) -> None:
    answer = ask(chain, "保租房谁牵头")
    assert cited(answer) == [f"{HOME}/M21"]
    assert answer.text.startswith("**牵头单位:区住房保障房屋管理局**")


def test_the_notice_of_the_named_place_answers_and_the_first_sentence_says_whose_it_is(chain: AnswerChain) -> None:
    answer = ask(chain, "泰安市新建茶园补助找哪个部门")
    assert cited(answer) == [f"{TAIAN}/M1"]
    opening = answer.text.splitlines()[0]
    assert "山东省泰安市的通知《泰安市支持泰山茶产业发展实施意见》" in opening
    assert "不是上海市虹口区的" in opening
    assert all(citation.notice.id == TAIAN for citation in (*answer.citations, *answer.related))


@pytest.mark.parametrize("language", ["zh", "zh-Hant", "en", "ja"])
def test_a_responsible_department_is_never_called_lead(chain: AnswerChain, language: Language) -> None:
    answer = ask(chain, "泰安市新建茶园补助找哪个部门", language=language)
    leads = {"zh": "牵头", "zh-Hant": "牽頭", "en": "ead department", "ja": "主管"}
    responsible = {"zh": "责任单位", "zh-Hant": "責任單位", "en": "Responsible", "ja": "責任部署"}
    assert leads[language] not in answer.text
    assert responsible[language] in answer.text


def test_a_lead_that_follows_from_the_notices_own_rule_is_told_with_the_rule(chain: AnswerChain) -> None:
    answer = ask(chain, "国务院的文件里综合保税区增值税一般纳税人试点谁负责")
    assert cited(answer) == [f"{NATION}/M1"]
    assert "责任单位:税务总局、财政部、海关总署" in answer.text
    assert "“排在第一位的部门为牵头部门,下同”,按此由税务总局牵头" in answer.text


def test_a_mark_that_the_notice_does_not_explain_is_not_explained(chain: AnswerChain) -> None:
    answer = ask(chain, "苍南县数码印刷机贷款贴息找谁")
    assert cited(answer) == [f"{CANGNAN}/M2"]
    assert "在县金融服务中心前印有“*”,没有说明" in answer.text
    assert "牵头" not in answer.text


def test_a_question_for_the_office_is_answered_by_half_where_the_notice_names_none(chain: AnswerChain) -> None:
    which, what = (ask(chain, f"慈溪市第2条出口补贴{asked}") for asked in ("找谁", "讲什么"))
    assert cited(which) == cited(what) == [f"{BARE.id}/M2"]
    assert (which.status, which.missing) == ("partial", ("责任部门",))
    assert "请拨打12345询问" in which.text
    assert what.status == "answered"
    assert "通知没有为这一条写明责任部门" in what.text


def test_departments_are_told_part_by_part_where_the_notice_does(chain: AnswerChain) -> None:
    answer = ask(chain, "罗湖的珠宝展厅装修有补贴吗")
    assert cited(answer) == [f"{LUOHU}/M1"]
    assert "- (一)房租补贴——责任单位:区住房建设局\n- (二)装修补贴——责任单位:区投资促进局" in answer.text


def test_the_citys_plan_answers_what_it_alone_has_and_is_named(chain: AnswerChain) -> None:
    answer = ask(chain, "无人机配送航线审批市里谁管")
    assert cited(answer) == [f"{CITY}/M1"]
    assert answer.text.startswith("**以下依据上海市的通知《上海市持续优化营商环境行动方案》")
    assert "**牵头单位:市交通委、市发展改革委**" in answer.text


def test_the_citys_plan_stands_for_the_city_beside_the_district(chain: AnswerChain) -> None:
    answer = ask(chain, "区里和市里分别谁管远洋渔船补给")
    assert f"{CITY}/M2" in cited(answer)
    assert {citation.notice.id for citation in answer.citations} == {CITY, HOME}
    assert "上海市虹口区的《" in answer.text.splitlines()[0]


def test_numbers_are_those_of_the_home_plan_unless_another_notice_is_named(chain: AnswerChain) -> None:
    assert cited(ask(chain, "第2条是什么")) == [f"{HOME}/M2"]
    assert cited(ask(chain, "泰安的第2条讲什么")) == [f"{TAIAN}/M2"]
    assert cited(ask(chain, "《支持泰山茶产业发展的实施意见》第2条讲什么")) == [f"{TAIAN}/M2"]
    assert cited(ask(chain, "2024年的方案第2条讲什么")) == [f"{BEFORE}/M2"]
    assert cited(ask(chain, "第2条是什么", notice_id=CITY)) == [f"{CITY}/M2"]


def test_a_number_that_the_named_notice_lacks_is_denied_for_that_notice(chain: AnswerChain) -> None:
    text = ask(chain, "《泰安市支持泰山茶产业发展实施意见》第9条讲什么").text
    assert "《泰安市支持泰山茶产业发展实施意见》没有第9条:正文共有3条举措。" in text


def test_the_superseded_plan_answers_only_when_it_is_asked_for(chain: AnswerChain) -> None:
    assert cited(ask(chain, "2024年的方案里夜间经营示范街区奖励找谁")) == [f"{BEFORE}/M2"]
    now = ask(chain, "夜间经营示范街区奖励找谁")
    assert all(citation.notice.id != BEFORE for citation in (*now.citations, *now.related))


def test_lists_go_over_the_scope_and_each_line_names_its_notice(chain: AnswerChain) -> None:
    answer = ask(chain, "市商务委牵头哪些措施")
    assert {citation.notice.id for citation in answer.citations} == {HOME, CITY}
    lines = [line for line in answer.text.splitlines() if line.startswith("- ")]
    assert len(lines) == len(answer.citations)
    assert all("《" in line for line in lines)
    assert "第2条“远洋渔船补给”——市商务委(上海市《上海市持续优化营商环境行动方案》)" in answer.text


def test_an_office_of_another_place_is_not_the_one_of_the_same_name_here(chain: AnswerChain) -> None:
    answer = ask(chain, "泰安市财政局负责哪几条")
    assert cited(answer) == [f"{TAIAN}/M1"]
    assert "由市财政局牵头或负责" in answer.text


def test_the_outline_is_that_of_the_named_place(chain: AnswerChain) -> None:
    answer = ask(chain, "泰安的通知讲什么")
    assert cited(answer) == [f"{TAIAN}/N"]
    assert "一、扩大种植" in answer.text
    assert "附件1列出" not in answer.text
    assert "★" not in answer.text


def test_a_place_that_is_not_loaded_is_declined_with_what_there_is(chain: AnswerChain) -> None:
    answer = ask(chain, "济南的茶叶店有补贴吗")
    assert (answer.status, answer.citations) == ("out_of_scope", ())
    assert "山东省泰安市" in answer.text
    assert "没有济南的" in answer.text


def test_of_a_city_only_the_district_that_is_loaded_is_pointed_to(chain: AnswerChain) -> None:
    answer = ask(chain, "深圳的珠宝企业装修补贴找谁")
    assert answer.status == "out_of_scope"
    assert "与深圳有关的,这里只有深圳市罗湖区的《罗湖区支持黄金珠宝产业发展若干措施》" in answer.text


def test_a_follow_up_goes_on_with_the_notice_of_the_last_answer(chain: AnswerChain) -> None:
    asked = "泰安市注册茶商标找哪个部门"
    history = (Message("user", asked), Message("assistant", ask(chain, asked).text))
    assert cited(ask(chain, "它是第几条?", history=history)) == [f"{TAIAN}/M2"]
    assert cited(ask(chain, "第3条讲什么", history=history)) == [f"{TAIAN}/M3"]


def test_a_follow_up_that_names_a_place_is_about_that_place(chain: AnswerChain) -> None:
    asked = "第16条讲什么"
    history = (Message("user", asked), Message("assistant", ask(chain, asked).text))
    answer = ask(chain, "那泰安呢?", history=history)
    assert all(citation.notice.id == TAIAN for citation in answer.citations)
    assert "第16条" not in answer.resolved_question


def test_a_ticket_about_another_place_is_not_dispatched_to_its_offices(chain: AnswerChain, places: Index) -> None:
    found = AssistChain(chain, places.corpus).assist("泰安市新建茶园补助找哪个部门申请?")
    assert found.dispatch.lead == ()
    assert found.dispatch.needs_human
    assert "转当地" in found.dispatch.reason
    assert [citation.notice.id for demand in found.demands for citation in demand.answer.citations] == [TAIAN]


def test_a_ticket_that_names_no_place_is_dispatched_here(chain: AnswerChain, places: Index) -> None:
    found = AssistChain(chain, places.corpus).assist("店门口想摆几张桌子做夜市,找谁申请?")
    home: Corpus = places.corpus
    assert found.dispatch.lead
    assert all(home.departments.find(name) for name in found.dispatch.lead)
