"""RGB is read as its authors publish it, and mixed with noise as they mix it."""

from pathlib import Path

import pytest

from eval.outside.retrieval_task import Collection
from eval.outside.rgb import read
from ingest.errors import CorpusError
from tests.eval.outside.samples import CMRC_FLAT, RGB, write, write_lines


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    return read(write_lines(tmp_path / "zh.json", RGB))


def test_of_five_passages_the_ratio_of_noise_does_not_answer(collection: Collection) -> None:
    mixed = [(len(task.queries[0].gold), len(task.queries[0].candidates or ())) for task in collection.tasks]
    assert mixed == [(4, 5), (3, 5), (2, 5), (1, 5)]


def test_where_passages_that_answer_are_few_there_are_more_of_the_others(collection: Collection) -> None:
    assert [len(task.queries[1].gold) for task in collection.tasks] == [1, 1, 1, 1]
    assert [len(task.queries[1].candidates or ()) for task in collection.tasks] == [5, 5, 5, 5]


def test_where_the_others_are_few_there_are_more_that_answer(tmp_path: Path) -> None:
    short = {**RGB[0], "negative": ["唯一的反例。"]}
    (*_, noisiest) = read(write_lines(tmp_path / "zh.json", [short])).tasks
    assert len(noisiest.queries[0].gold) == 4


def test_every_question_is_there_once_more_with_nothing_but_noise(collection: Collection) -> None:
    assert [query.text for query in collection.unanswerable] == [query.text for query in collection.tasks[0].queries]
    assert not any(query.gold for query in collection.unanswerable)
    text = {passage.id: passage.text for passage in collection.passages}
    given = [text[each] for each in collection.unanswerable[0].candidates or ()]
    assert given == RGB[0]["negative"][:5]


def test_a_question_that_lacks_a_kind_of_passage_is_left_out(collection: Collection) -> None:
    assert "没有反例的问题" not in {query.text for query in collection.queries}


def test_a_passage_that_no_question_is_given_is_not_there(collection: Collection) -> None:
    assert RGB[0]["negative"][5] not in {passage.text for passage in collection.passages}


def test_a_sample_keeps_the_same_questions_in_every_task(collection: Collection) -> None:
    sample = collection.sample(1)
    assert {query.text for query in sample.queries} == {RGB[0]["query"]}
    assert len(sample.queries) == 5


def test_a_file_of_another_format_is_refused_naming_the_line(tmp_path: Path) -> None:
    integration = {**RGB[1], "positive": [["一"], ["二"]]}
    with pytest.raises(CorpusError, match=r"zh_int\.json 第2行读不了:positive.*zh_refine\.json"):
        read(write_lines(tmp_path / "zh_int.json", [RGB[0], integration]))
    with pytest.raises(CorpusError, match="第1行读不了"):
        read(write(tmp_path / "cmrc2018_dev.json", CMRC_FLAT))


def test_a_file_without_any_question_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="没有同时带正例和反例"):
        read(write_lines(tmp_path / "zh.json", RGB[2:]))
