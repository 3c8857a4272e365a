import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question import MAX_LENGTH, BadQuestion, Language, read_question


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  ＯＤＩ备案，找谁？ ", "ODI备案,找谁?"),
        ("我們公司想去越南設廠", "我们公司想去越南设厂"),
        ("想贷\u200b款\u2060,\n找\t谁", "想贷款, 找 谁"),
    ],
)
def test_what_is_searched_for_is_clean_and_simplified(raw: str, text: str) -> None:
    assert read_question(raw).text == text


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        ("ODI备案找哪个部门?", "zh"),
        ("我們公司想去越南設廠,找哪個部門?", "zh-Hant"),
        ("Which office helps with overseas investment?", "en"),
        ("海外投資の担当部署はどこですか", "ja"),
        ("想办ODI filing去哪里", "zh"),
    ],
)
def test_the_language_is_the_askers(raw: str, language: Language) -> None:
    assert read_question(raw).language == language
    assert read_question(raw, "ja").language == "ja"


@pytest.mark.parametrize(
    "raw", ["", "   \n", "\u200b\u2060", "问\x00题", "a\x1b[31m", "问" * (MAX_LENGTH + 1), "😀" * 10_000]
)
def test_what_is_no_question_is_refused(raw: str) -> None:
    with pytest.raises(BadQuestion):
        read_question(raw)


@given(st.text(max_size=200))
def test_any_text_is_either_read_or_refused(raw: str) -> None:
    try:
        question = read_question(raw)
    except BadQuestion:
        return
    assert question.text == question.text.strip() != ""
    assert read_question(question.text).text == question.text
