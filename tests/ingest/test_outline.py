import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.outline import Level, chinese_numeral, read_annex_number, read_heading


def in_chinese(number: int) -> str:
    """The usual spelling of 1..999."""
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    spelled = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        spelled += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        spelled += "零"
    return spelled + (digits[ones] if ones else "")


@given(st.integers(1, 999))
def test_chinese_numerals_have_their_value(number: int) -> None:
    assert chinese_numeral(in_chinese(number)) == number


@pytest.mark.parametrize(
    ("line", "level", "number", "title", "starred"),
    [
        ("一、优化为企服务", "part", 1, "优化为企服务", False),
        ("(十二)营造政企良好氛围", "section", 12, "营造政企良好氛围", False),
        ("（四）中小企业(民营企业)服务", "section", 4, "中小企业(民营企业)服务", False),
        ("12.帮助拓展海外市场", "item", 12, "帮助拓展海外市场", False),
        ("12★.帮助拓展海外市场", "item", 12, "帮助拓展海外市场", True),
    ],
)
def test_reads_numbered_headings(line: str, level: Level, number: int, title: str, starred: bool) -> None:
    heading = read_heading(line)
    assert heading is not None
    assert (heading.level, heading.number, heading.title, heading.starred) == (level, number, title, starred)
    assert "★" not in heading.label


@pytest.mark.parametrize("line", ["2025年3月7日", "市场监管局、", "序号", "(牵头单位:区税务局)", "12.5万元"])
def test_other_lines_are_no_headings(line: str) -> None:
    assert read_heading(line) is None


def test_annex_numbers() -> None:
    assert read_annex_number("附件2") == 2
    assert read_annex_number("附件:") is None
