"""Lines of a list that a model wrote."""

import pytest

from rag.generation.listed import lines_of, without_marker


@pytest.mark.parametrize("marker", ["1. ", "1、", "2)", "(3)", "（12）", "- ", "* ", "•", "  4. "])
def test_the_marker_of_a_list_is_left_out(marker: str) -> None:
    assert without_marker(f"{marker}境外投资备案") == "境外投资备案"


@pytest.mark.parametrize("line", ["12.5万元的贷款找谁", "3家店", "2025年的通知", "第1条"])
def test_a_number_that_is_no_marker_stays(line: str) -> None:
    assert without_marker(line) == line


def test_blank_lines_and_quotation_marks_around_a_line_are_left_out() -> None:
    assert lines_of("“执照找谁”\n\n  \n「备案」\n“走出去”服务\n") == ["执照找谁", "备案", "“走出去”服务"]
