import re
from typing import Any

from ui.web.card import answer_card, clarify_card, error_card, overview_card, plain_card
from ui.web.source_page import missing_page, source_page

HOSTILE = '<img src=x onerror="alert(1)"><script>alert(1)</script>'
NOTICE = {"title": "方案", "issuer": "虹口区人民政府办公室", "issued_on": "2025-03-07"}


def source(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {
        "id": "hongkou-2025/M12",
        "kind": "measure",
        "number": 12,
        "title": "帮助拓展海外市场",
        "outline": ["一、优化为企服务"],
        "lead": ["区服务发展办"],
        "cooperating": ["区商务委", "区税务局"],
        "responsible": [],
        "starred": True,
        "quote": "提供ODI备案指导。",
        "text": "提供ODI备案指导。",
        "discrepancies": [],
        **changes,
    }


def answer(cited: dict[str, Any], **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {
        "status": "answered",
        "intent": "which_office",
        "citations": [cited],
        "related": [],
        "missing": [],
        "answer": "",
        **changes,
    }


def visible(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def test_department_and_number_come_first_then_the_quote_with_notice_and_date() -> None:
    text = visible(answer_card(answer(source()), NOTICE))
    order = [
        "牵头单位",
        "区服务发展办",
        "第12条",
        "区商务委、区税务局",
        "提供ODI备案指导。",
        "《方案》第12条",
        "2025-03-07",
    ]
    assert [text.find(part) for part in order] == sorted(text.find(part) for part in order)
    assert min(text.find(part) for part in order) >= 0


def test_the_card_links_to_the_full_measure() -> None:
    assert 'href="/notices/hongkou-2025/M12"' in answer_card(answer(source()), NOTICE)


def test_what_is_missing_and_where_body_and_annex_differ_is_said() -> None:
    differing = source(discrepancies=[{"field": "lead", "body": "甲局", "annex": "乙局"}])
    text = visible(answer_card(answer(differing, status="partial", missing=["电话"]), NOTICE))
    assert "没有写明:电话" in text
    assert "正文:“甲局”;附件2:“乙局”" in text


def test_several_fitting_measures_are_offered_with_their_departments_and_links() -> None:
    other = source(id="hongkou-2025/A18", kind="municipal_item", number=18, title="涉外专业服务", lead=["市商务委"])
    html = clarify_card(answer(source(), citations=[source(), other], answer="请选一件:\n\n1. …"))
    assert "请选一件" in visible(html)
    assert "第12条 帮助拓展海外市场 —— 区服务发展办" in visible(html)
    assert "附件1第18项 涉外专业服务 —— 市商务委" in visible(html)
    assert html.count('href="/notices/hongkou-2025/') == 2


def test_html_in_texts_is_shown_as_text() -> None:
    hostile = source(title=HOSTILE, quote=HOSTILE, text=HOSTILE, lead=[HOSTILE], outline=[HOSTILE])
    pages = (
        answer_card(answer(hostile, related=[hostile]), {**NOTICE, "title": HOSTILE}),
        source_page(hostile, {**NOTICE, "title": HOSTILE}),
        clarify_card(answer(hostile, answer=HOSTILE)),
        plain_card(HOSTILE),
        error_card(HOSTILE),
        missing_page(HOSTILE),
    )
    for html in pages:
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "&lt;script&gt;" in html


def test_a_list_is_shown_item_by_item_and_as_text() -> None:
    html = overview_card(
        answer(source(), intent="list", answer=f"**共 2 条:**\n\n- 第12条“{HOSTILE}”\n- 第20条“纳税服务”")
    )
    assert html.count("<li>") == 2
    assert "<strong>共 2 条:</strong>" in html
    assert "<script>" not in html
    assert "<img" not in html


def test_the_origin_that_was_asked_for_stands_first() -> None:
    cited = source()
    text = f"**第12条标有★:是虹口区提出的。**\n\n**牵头单位:{cited['lead'][0]}**(第12条“{cited['title']}”)"
    html = answer_card(answer(cited, intent="origin", answer=text), NOTICE)
    assert visible(html).startswith("第12条标有★")
    assert html.count("pq-asked") == 1
