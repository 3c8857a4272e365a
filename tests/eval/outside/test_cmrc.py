"""CMRC 2018 is read in both layouts that its authors publish."""

from codecs import BOM_UTF8
from pathlib import Path

import pytest

from eval.outside.cmrc import read
from ingest.errors import CorpusError
from tests.eval.outside.samples import CMRC_FLAT, CMRC_SQUAD, RGB, STARD_QUERIES, write, write_lines


def test_a_question_is_answered_by_its_paragraph(tmp_path: Path) -> None:
    collection = read(write(tmp_path / "cmrc2018_dev.json", CMRC_FLAT))
    text = {passage.id: passage.text for passage in collection.passages}
    assert [(query.text, *(text[each] for each in query.gold)) for query in collection.queries] == [
        ("尤金袋鼠分布在哪些地区?", CMRC_FLAT[0]["context_text"]),
        ("尤金袋鼠有多重?", CMRC_FLAT[0]["context_text"]),
        ("公园的土地是谁捐的?", CMRC_FLAT[1]["context_text"]),
    ]


def test_both_layouts_say_the_same(tmp_path: Path) -> None:
    assert read(write(tmp_path / "squad.json", CMRC_SQUAD)) == read(write(tmp_path / "flat.json", CMRC_FLAT))


def test_a_paragraph_that_is_printed_twice_is_one_passage(tmp_path: Path) -> None:
    collection = read(write(tmp_path / "cmrc2018_dev.json", [*CMRC_FLAT, CMRC_FLAT[0]]))
    assert len(collection.passages) == 2
    assert len(collection.queries) == 5


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = write(tmp_path / "cmrc2018_dev.json", CMRC_FLAT)
    path.write_bytes(BOM_UTF8 + path.read_bytes())
    assert len(read(path).queries) == 3


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "cmrc2018_dev.json", CMRC_FLAT)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(CorpusError, match=r"cmrc2018_dev\.json读不了:Invalid JSON.*ymcui/cmrc2018"):
        read(path)


def test_a_file_of_another_data_set_is_refused_naming_the_entry(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"queries\.json 第1条读不了:0\.context_text"):
        read(write(tmp_path / "queries.json", STARD_QUERIES))
    with pytest.raises(CorpusError, match=r"zh\.json读不了"):
        read(write_lines(tmp_path / "zh.json", RGB))
    with pytest.raises(CorpusError, match="没有问题"):
        read(write(tmp_path / "empty.json", []))
