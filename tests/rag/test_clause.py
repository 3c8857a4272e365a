"""Where words that were taken from a text stand among its clauses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.clause import clauses, place

TEXT = "您好!执照上的地址写错了一个字,跑了两趟没改成。请问找谁办?执照的事急。"


@pytest.mark.parametrize(
    ("excerpt", "clauses_of_it"),
    [
        ("执照上的地址写错了一个字", (1, 1)),
        ("地址写错了", (1, 1)),
        ("写错了一个字,跑了两趟没改成。", (1, 2)),
        ("写错了一个字 跑了两趟没改成", (1, 2)),
        ("執照上的地址寫錯了一個字", (1, 1)),
        ("执照的事", (4, 4)),
        (TEXT, (0, 4)),
    ],
)
def test_an_excerpt_is_found_whatever_marks_blanks_and_script_it_has(
    excerpt: str, clauses_of_it: tuple[int, int]
) -> None:
    assert place(clauses(TEXT), excerpt) == clauses_of_it


@pytest.mark.parametrize("excerpt", ["", " 。", "执照找谁", "电话"])
def test_what_is_not_in_the_text_has_no_place(excerpt: str) -> None:
    assert place(clauses(TEXT), excerpt) is None


@given(st.lists(st.text("执照办理备案〔〕 甲乙123aA", min_size=1, max_size=6), min_size=1, max_size=6), st.data())
def test_every_clause_is_found_where_its_words_stand_first(parts: list[str], data: st.DataObject) -> None:
    found = clauses("。".join(parts))
    for clause in found:
        where = place(found, clause.text)
        assert where is not None
        first, last = where
        assert first <= found.index(clause)
        assert clause.text.replace(" ", "")[0] in found[first].text
        assert first <= last < len(found)
