import re
import unicodedata
from pathlib import Path

import pytest

from eval.dataset import SETS_DIR, TRAINING_DIR, Item, load_items, load_set
from ingest.catalogue import printed_departments
from ingest.corpus import CorpusNotice
from ingest.errors import CorpusError


def folded(text: str) -> str:
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text)).lower()


@pytest.fixture(scope="module")
def sets() -> list[Item]:
    return load_items(SETS_DIR)


@pytest.fixture(scope="module")
def training() -> list[Item]:
    return load_items(TRAINING_DIR)


def test_at_least_160_questions_over_all_measures_and_items(sets: list[Item], hongkou: CorpusNotice) -> None:
    answerable = [item for item in sets if item.gold]
    assert len(answerable) >= 160
    asked = {key for item in answerable for key in item.gold}
    assert asked == {source.key for source in (*hongkou.notice.measures, *hongkou.notice.municipal_items)}


def test_ids_are_unique(sets: list[Item], training: list[Item]) -> None:
    ids = [item.id for item in (*sets, *training)]
    assert len(ids) == len(set(ids))


def test_no_evaluation_question_stands_in_the_bank_or_in_training(
    sets: list[Item], training: list[Item], hongkou: CorpusNotice
) -> None:
    seen = {folded(banked.question) for banked in hongkou.questions} | {folded(item.question) for item in training}
    assert [item.id for item in sets if folded(item.question) in seen] == []


def test_the_truth_of_every_item_is_in_the_catalogue(
    sets: list[Item], training: list[Item], hongkou: CorpusNotice
) -> None:
    for item in (*sets, *training):
        printed = {name for key in item.gold for name in printed_departments(hongkou.source(key))}
        assert item.gold | item.also_ok <= hongkou.by_key.keys(), item.id
        assert set(item.lead) <= printed, item.id
        assert item.answerable == bool(item.gold), item.id


KEYS_AS_TEXT = (
    '{"id": "X1", "type": "fact", "lang": "zh", "question": "?", "answerable": true, "gold": "M1", "also_ok": [], '
    '"lead": []}'
)


@pytest.mark.parametrize("line", ["{", "{}", "[]", '{"id": "X1", "type": "fact"}', KEYS_AS_TEXT])
def test_an_item_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(CorpusError, match="第1行"):
        load_set(path)


def test_a_folder_without_a_question_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    with pytest.raises(CorpusError, match=re.escape(str(tmp_path))):
        load_items(tmp_path)
