"""Each character of a sentence beside the one that it was taken from."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rag.verification.alignment import NOWHERE, align, line

_TEXTS = st.text(alphabet="甲乙丙丁戊己庚辛,、。", max_size=40)


def blocks(said: str, printed: str) -> list[str]:
    found = align(line(said), line(printed))
    return [found.said.chars[block.said : block.said + block.length] for block in found.blocks]


def test_what_is_taken_whole_is_one_block() -> None:
    assert blocks("推进行政检查", "全面规范涉企检查,推进行政检查工作。") == ["推进行政检查"]


def test_what_is_left_out_parts_two_blocks() -> None:
    assert blocks("支持企业自主评价", "支持更多符合条件的企业自主评价。") == ["支持", "企业自主评价"]


def test_what_was_moved_is_found_where_it_stood() -> None:
    found = align(line("甲乙丙丁,戊己庚辛"), line("戊己庚辛,甲乙丙丁"))
    assert found.places.tolist() == [4, 5, 6, 7, 0, 1, 2, 3]


def test_what_is_nowhere_is_beside_nothing() -> None:
    assert align(line("免费咨询"), line("提供咨询")).places.tolist() == [NOWHERE, NOWHERE, 2, 3]


@given(_TEXTS, _TEXTS)
def test_a_character_only_ever_stands_beside_its_like(said: str, printed: str) -> None:
    found = align(line(said), line(printed))
    assert len(found.places) == len(found.said.chars)
    for char, place in zip(found.said.chars, found.places, strict=True):
        assert place == NOWHERE or found.printed.chars[place] == char


@given(_TEXTS.filter(lambda text: len(line(text).chars) > 1))
def test_a_text_is_taken_from_itself(text: str) -> None:
    found = align(line(text), line(text))
    assert np.all(found.places != NOWHERE)
