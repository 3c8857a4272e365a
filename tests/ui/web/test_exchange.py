"""The card of an answer: what stands where, in which words, and that nothing from outside is ever code."""

import re
from typing import Any

import pytest

from tests.ui.web.cards import HOSTILE, NOTICE, answer, exchange, site, source
from ui.web.exchange import answer_card

RELATED = source(id="hongkou-2025/M13", number=13, title="扩大高水平对外开放")


def card(answered: dict[str, Any], **changes: Any) -> str:  # noqa: ANN401 - JSON
    return answer_card(site(), exchange(answered, **changes))


def visible(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def test_department_and_number_come_first_then_the_quote_with_notice_and_date() -> None:
    text = visible(card(answer(source())))
    order = [
        "牵头单位",
        "区服务发展办",
        "第12条",
        "区商务委、区税务局",
        "提供ODI备案指导。",
        "《方案》第12条",
        "2025-03-07",
    ]
    places = [text.find(part) for part in order]
    assert places == sorted(places)
    assert min(places) >= 0


def test_the_card_opens_the_original_at_the_quote() -> None:
    html = card(answer(source()))
    assert 'href="/notices/hongkou-2025/M12?quote=' in html
    assert 'href="/departments/%E5%8C%BA%E6%9C%8D%E5%8A%A1%E5%8F%91%E5%B1%95%E5%8A%9E"' in html


def test_words_that_the_question_shares_are_marked() -> None:
    assert "提供<mark>ODI备案</mark>指导。" in card(answer(source(matched=[[2, 7]])))


@pytest.mark.parametrize(
    ("confidence", "said"), [(0.95, "把握很大"), (0.9, "把握很大"), (0.8, "把握较大"), (0.5, "把握不大,请先看原文")]
)
def test_confidence_is_said_in_words(confidence: float, said: str) -> None:
    assert said in card(answer(source(), confidence=confidence))


def test_a_municipal_item_says_so() -> None:
    text = visible(card(answer(source(kind="municipal_item", number=7, starred=None))))
    assert "市级牵头部门" in text
    assert "附件1第7项" in text
    assert "★" not in text


def test_a_source_without_lead_shows_who_is_responsible() -> None:
    text = visible(card(answer(source(lead=[], responsible=["区商务委"]))))
    assert "责任单位" in text
    assert "牵头单位" not in text


def test_what_is_missing_and_where_body_and_annex_differ_is_said() -> None:
    differing = source(discrepancies=[{"field": "lead", "body": "甲局", "annex": "乙局"}])
    said = "**通知涉及这件事,但没有写明:电话。**\n\n**牵头单位:区服务发展办**(第12条“帮助拓展海外市场”)"
    html = card(answer(differing, status="partial", missing=["电话"], answer=said))
    assert "没有写明:电话" in html.partition("pq-lead")[0]
    assert "正文:“甲局”;附件2:“乙局”" in visible(html)


def test_what_was_asked_for_stands_before_the_office() -> None:
    said = "**第12条标有★:是虹口区提出的。**\n\n**牵头单位:区服务发展办**(第12条“帮助拓展海外市场”)"
    html = card(answer(source(), intent="origin", answer=said))
    assert visible(html).strip().startswith("第12条标有★")
    assert html.count("pq-asked") == 1


def test_several_fitting_measures_are_buttons_with_their_departments() -> None:
    other = source(id="hongkou-2025/A18", kind="municipal_item", number=18, title="涉外专业服务", lead=["市商务委"])
    html = card(answer(source(), status="clarify", citations=[source(), other], answer="请选一件:\n\n1. …"))
    assert "请选一件" in visible(html)
    assert 'data-question="第12条由谁牵头?"' in html
    assert 'data-question="附件1第18项由谁牵头?"' in html
    assert "市商务委" in visible(html)


def test_a_list_is_shown_item_by_item_with_a_way_to_each() -> None:
    said = f"**共 2 条:**\n\n- 第12条“{HOSTILE}”\n- 第13条“纳税服务”"
    html = card(answer(source(), intent="list", citations=[source(), RELATED], answer=said))
    assert html.count("<li>") == 4
    assert 'href="/notices/hongkou-2025/M13"' in html
    assert "<script>" not in html


def test_an_answer_in_english_has_english_words_and_names() -> None:
    html = card(answer(source(), language="en"), english={"区服务发展办": "Services Development Office"})
    text = visible(html)
    assert "Lead department" in text
    assert "区服务发展办" in text
    assert "Services Development Office" in text
    assert "Measure 12 (第12条)" in text


def test_the_approved_translation_of_a_quote_stands_beneath_it() -> None:
    gloss = {"text": "Guides ODI filing.", "reviewed_by": ["王审核"]}
    text = visible(card(answer(source(gloss=gloss), language="en")))
    quote, place = text.find("提供ODI备案指导。"), text.find("Unofficial translation, reviewed by 王审核:")
    assert 0 <= quote < place < text.find("Guides ODI filing.")
    assert "Unofficial" not in visible(card(answer(source(gloss=None), language="en")))


def test_an_approved_answer_says_who_approved_it() -> None:
    approved = {"question": "?", "approved_by": "王审核", "approved_at": "2026-11-01T00:00:00Z"}
    assert "沿用 王审核 2026-11-01 审定的答复" in card(answer(source(), annotation=approved))


def test_html_in_texts_is_shown_as_text() -> None:
    gloss = {"text": HOSTILE, "reviewed_by": [HOSTILE]}
    hostile = source(
        title=HOSTILE, quote=HOSTILE, lead=[HOSTILE], cooperating=[HOSTILE], outline=[HOSTILE], gloss=gloss
    )
    found = {"field": "lead", "body": HOSTILE, "annex": HOSTILE}
    for answered in (
        answer({**hostile, "discrepancies": [found]}, related=[hostile], answer=f"{HOSTILE}\n\n{HOSTILE}"),
        answer(hostile, status="clarify", citations=[hostile, hostile], answer=HOSTILE),
        answer(hostile, intent="list", answer=HOSTILE),
        {**answer(hostile, answer=HOSTILE), "citations": []},
    ):
        html = card(answered, notice={**NOTICE, "title": HOSTILE})
        assert "<script>" not in html
        assert "<img" not in html
        assert "&lt;script&gt;" in html


def test_words_of_a_language_model_stand_before_the_office_and_say_whose_they_are() -> None:
    prose = "由区服务发展办牵头“帮助拓展海外市场”(第12条)。"
    composed = "**牵头单位:区服务发展办**(第12条“帮助拓展海外市场”)"
    generation = {"outcome": "generated", "model": "qwen", "sentences": 1}
    worded = {"answer": f"{prose}\n\n{composed}", "answer_source": "generated", "generation": generation}
    text = visible(card(answer(source(), **worded)))
    assert text.index(prose) < text.index("牵头单位")
    assert "前面的话由语言模型 qwen 起草,已逐句与原文核对" in text


def test_an_answer_that_no_model_could_word_in_time_says_so() -> None:
    late = {"outcome": "late", "model": "qwen", "sentences": 0}
    assert "语言模型没有及时写出核对得上的话" in visible(card(answer(source(), generation=late)))
    assert "语言模型" not in visible(card(answer(source())))
