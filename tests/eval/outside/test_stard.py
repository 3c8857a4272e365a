"""STARD is read as its authors publish it."""

import json
from pathlib import Path

import pytest

from eval.outside.stard import read
from ingest.errors import CorpusError
from tests.eval.outside.samples import STARD_CORPUS, STARD_QUERIES, write, write_lines


def test_questions_are_answered_by_the_articles_matched_to_them(tmp_path: Path) -> None:
    write_lines(tmp_path / "corpus.jsonl", STARD_CORPUS)
    collection = read(write(tmp_path / "queries.json", STARD_QUERIES))
    assert [(query.text, query.gold) for query in collection.queries] == [
        ("谁可以成为个体工商户?", frozenset({"705"})),
        ("开小店欠下的钱,该由谁来还?", frozenset({"705", "707"})),
    ], "the one whose question is NaN is left out"
    assert [passage.id for passage in collection.passages] == ["705", "707", "11084", "22648"]


def test_the_line_breaks_of_the_corpus_are_no_letters(tmp_path: Path) -> None:
    write_lines(tmp_path / "corpus.jsonl", STARD_CORPUS)
    collection = read(write(tmp_path / "queries.json", STARD_QUERIES))
    assert collection.passages[3].text == "申请仲裁的时效期间为二年。"


def test_without_a_corpus_the_articles_printed_with_the_questions_are_searched(tmp_path: Path) -> None:
    collection = read(write(tmp_path / "queries.json", STARD_QUERIES))
    civil_code = {"中华人民共和国民法典第五十四条", "中华人民共和国民法典第五十六条"}
    assert {passage.id for passage in collection.passages} == civil_code
    assert collection.queries[1].gold == civil_code
    assert "只含题中引用" in collection.tasks[0].title


def test_an_entry_that_does_not_fit_is_named(tmp_path: Path) -> None:
    second = {key: value for key, value in STARD_QUERIES[1].items() if key != "match_id"}
    with pytest.raises(CorpusError, match=r"queries\.json 第2条读不了:1\.match_id.*oneal2000/STARD"):
        read(write(tmp_path / "queries.json", [STARD_QUERIES[0], second]))


def test_a_broken_line_of_the_corpus_is_named(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text(json.dumps(STARD_CORPUS[0]) + '\n{"id": 707, "na', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"corpus\.jsonl 第2行读不了"):
        read(write(tmp_path / "queries.json", STARD_QUERIES))


def test_a_corpus_of_other_articles_is_refused(tmp_path: Path) -> None:
    write_lines(tmp_path / "corpus.jsonl", STARD_CORPUS[3:])
    with pytest.raises(CorpusError, match="不是一套"):
        read(write(tmp_path / "queries.json", STARD_QUERIES))


def test_a_file_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="没有问题"):
        read(write(tmp_path / "queries.json", STARD_QUERIES[2:]))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"queries\.json 打不开.*oneal2000/STARD"):
        read(tmp_path / "queries.json")
