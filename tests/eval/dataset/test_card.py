"""The sets are what their card says: so many, by these writers, in these splits, and nothing learned is among them."""

from collections import Counter

import pytest

from eval.bank import fold
from eval.dataset import DEVELOPMENT_DIR, TEST_DIR, TRAINING_DIR, Item, load_items, load_set, rows
from eval.dataset.card import load_card, load_split
from eval.dataset.leaks import NEAR, leaks
from eval.dataset.places import QUESTIONS_DIR
from ingest.catalogue import printed_departments
from ingest.corpus import CorpusNotice
from ingest.departments import without_tail
from ingest.index import Index

ANYBODYS = 6
"""Up to so many characters a question is anybody's: a greeting, 那配合的呢."""


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return load_split("all")


@pytest.fixture(scope="module")
def learned(hongkou: CorpusNotice) -> list[str]:
    """Everything that the product has learned from."""
    banked = [each.question for each in (*hongkou.questions, *hongkou.outside)]
    trained = [item.question for item in load_items(TRAINING_DIR)]
    others = [row["question"] for name in ("requests", "dialogue", "intents") for row in rows(TRAINING_DIR / name)]
    return list(dict.fromkeys([*banked, *trained, *others]))


def test_every_set_is_on_the_card_with_its_count() -> None:
    files = {path.relative_to(QUESTIONS_DIR).as_posix() for path in QUESTIONS_DIR.rglob("*.jsonl")}
    assert {each.file for each in load_card().sets} == files
    for each in load_card().sets:
        assert len(list(load_set(QUESTIONS_DIR / each.file))) == each.questions, each.file


def test_the_test_split_has_at_least_1200_questions_of_all_kinds(hongkou: CorpusNotice) -> None:
    test = load_split("test")
    assert len(test) >= 1200
    kinds = Counter(item.kind for item in test)
    assert min(kinds[kind] for kind in ("which_office", "fact", "ticket", "municipal", "list", "lookup")) >= 15
    assert min(kinds[kind] for kind in ("near_miss", "unanswerable", "other_place", "false_premise")) >= 15
    assert min(kinds[kind] for kind in ("injection", "conversation", "letter", "count", "chitchat")) >= 10
    asked = {key for item in test for key in item.gold}
    assert asked == {source.key for source in (*hongkou.notice.measures, *hongkou.notice.municipal_items)}


def test_no_writer_is_in_two_splits() -> None:
    splits = Counter(each.writer for each in load_card().sets)
    assert max(splits.values()) == 1
    trained = {path.stem for path in TRAINING_DIR.rglob("*.jsonl")}
    assert not {path.stem for path in DEVELOPMENT_DIR.glob("*.jsonl")} & {
        path.stem for path in TEST_DIR.glob("*.jsonl")
    }
    assert not {path.stem for path in TEST_DIR.glob("*.jsonl")} & (trained - {"conversations", "letters"})


def test_ids_are_unique(items: list[Item]) -> None:
    ids = [item.id for item in (*items, *load_items(TRAINING_DIR))]
    assert len(ids) == len(set(ids))


def test_the_truth_of_every_item_is_in_the_catalogue(items: list[Item], hongkou: CorpusNotice) -> None:
    for item in (*items, *load_items(TRAINING_DIR)):
        assert item.fitting <= hongkou.by_key.keys(), item.id
        printed = {name for key in item.fitting for name in printed_departments(hongkou.source(key))}
        assert set(item.lead) <= printed | set(map(without_tail, printed)), item.id


def test_no_question_stands_among_what_was_learned(items: list[Item], learned: list[str]) -> None:
    seen = set(map(fold, learned))
    assert [item.id for item in items if len(item.question) > ANYBODYS and fold(item.question) in seen] == []


def test_no_question_is_one_that_was_learned_in_other_words(
    items: list[Item], learned: list[str], index: Index
) -> None:
    # 区司法局牵头几条 is asked in hardly any other words, and what three words of a follow-up mean stands before them.
    telling = [item for item in items if not (item.is_of_catalogue or item.history or len(item.question) <= ANYBODYS)]
    assert list(leaks(index.encoder, telling, learned)) == []


def test_a_question_in_other_words_is_noticed(index: Index) -> None:
    (item, *_) = load_split("test")
    (leak,) = leaks(index.encoder, [item], [f"请问,{item.question}"])
    assert (leak.item, leak.cosine >= NEAR) == (item.id, True)
