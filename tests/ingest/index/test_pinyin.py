import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from ingest.index.pinyin import is_pinyin, split_pinyin, tokenize_sound


def test_homophone_typos_sound_like_what_was_meant() -> None:
    assert tokenize_sound("环平审批") == tokenize_sound("环评审批")
    assert tokenize_sound("电子发漂") == tokenize_sound("电子发票")


@pytest.mark.parametrize("typed", ["dian zi fa piao", "dianzi fapiao", "DianZiFaPiao"])
def test_a_question_typed_in_pinyin_sounds_like_the_written_one(typed: str) -> None:
    assert tokenize_sound(typed) == tokenize_sound("电子发票")


@given(st.text(alphabet="电子发票融资服务企业税务市场监管人才环评审批", min_size=4, max_size=12))
def test_written_pinyin_is_recognised_with_blanks(text: str) -> None:
    assert is_pinyin(" ".join(lazy_pinyin(text)))


@pytest.mark.parametrize(
    "text", ["How do I register a company?", "ODI备案找谁", "ODI filing", "日本語のブランド", "", "fa piao"]
)
def test_other_texts_are_not_taken_for_pinyin(text: str) -> None:
    assert not is_pinyin(text)


def test_a_word_that_cannot_be_split_into_syllables() -> None:
    assert split_pinyin("register") == ()
    assert split_pinyin("xian") == ("xian",)
