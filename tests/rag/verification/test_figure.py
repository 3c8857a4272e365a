"""Every number of a claim stands in its sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.verification.figure import Figure, figures, han_value, has_foreign_figure
from tests.rag.verification.conftest import Make

_DIGITS = "零一二三四五六七八九"


def in_han(number: int) -> str:
    """A number up to 99,999 as it is written in Chinese."""
    if number >= 10_000:
        rest = number % 10_000
        zero = "零" if 0 < rest < 1000 else ""
        return f"{in_han(number // 10_000)}万{zero}{in_han(rest) if rest else ''}"
    written, skipped = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            written += ("零" if skipped and written else "") + _DIGITS[digit] + name
        skipped = not digit
    return written


@given(st.integers(1, 99_999))
def test_a_number_in_chinese_characters_has_its_value(number: int) -> None:
    assert han_value(in_han(number)) == number


@given(st.integers(0, 10**7), st.sampled_from("个家项套%年"))
def test_a_number_in_digits_has_its_value_and_unit(number: int, unit: str) -> None:
    assert list(figures(f"共{number}{unit}。")) == list(figures(f"共{number:,}{unit}。")) == [Figure(number, unit)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("15万平方米", [Figure(150_000, "平")]),
        ("百分之五十", [Figure(50, "%")]),
        ("二〇二五年", [Figure(2025, "年")]),
        ("一起推进,进一步统一", []),
        ("十二条", [Figure(12, "条")]),
    ],
)
def test_how_figures_are_read(text: str, found: list[Figure]) -> None:
    assert list(figures(text)) == found


@pytest.mark.parametrize(
    ("text", "is_foreign"),
    [
        ("筹措保障性租赁房1730套并供应1000套。", False),
        ("筹措保障性租赁房一千七百三十套。", False),
        ("筹措保障性租赁房1370套。", True),
        ("筹措保障性租赁房1730张。", True),
        ("第21条说的就是这件事。", False),
        ("第12条说的就是这件事。", True),
        ("三天内答复。", True),
    ],
)
def test_a_figure_that_the_source_does_not_print_is_foreign(claim: Make, text: str, is_foreign: bool) -> None:
    assert has_foreign_figure(claim(text, "M21")) is is_foreign
