"""Labelled sentences: writers kept apart, labels that two people give alike, figures that tell good from bad."""

import json

import pytest
from sklearn.metrics import cohen_kappa_score

from eval.dataset import SETS_DIR
from eval.language_model.entailment import FIT_DIR, TEST_DIR, Judged, Labelled, let_through, load_labelled, rejected
from ingest.corpus import Corpus
from ingest.errors import CorpusError


@pytest.fixture(scope="module")
def fitting(corpus: Corpus) -> list[Labelled]:
    return list(load_labelled(FIT_DIR, corpus))


@pytest.fixture(scope="module")
def testing(corpus: Corpus) -> list[Labelled]:
    return list(load_labelled(TEST_DIR, corpus))


def test_there_are_enough_sentences_of_every_label(fitting: list[Labelled], testing: list[Labelled]) -> None:
    for found in (fitting, testing):
        labels = [each.label for each in found]
        assert min(labels.count(label) for label in ("supported", "contradicted", "unsupported")) >= 50
    assert len(fitting) + len(testing) >= 300


def test_no_writer_and_no_sentence_is_in_both_sets(fitting: list[Labelled], testing: list[Labelled]) -> None:
    assert not {each.writer for each in fitting} & {each.writer for each in testing}
    assert not {each.id for each in fitting} & {each.id for each in testing}
    assert not {each.claim.said for each in fitting} & {each.claim.said for each in testing}


def test_a_second_annotator_labels_the_test_set_alike(testing: list[Labelled]) -> None:
    lines = (SETS_DIR / "annotations" / "entailment.jsonl").read_text(encoding="utf-8").splitlines()
    second = {row["id"]: row["label"] for row in map(json.loads, lines)}
    assert cohen_kappa_score([each.label for each in testing], [second[each.id] for each in testing]) > 0.9


def test_the_figures_of_a_verifier_that_lets_all_or_nothing_pass(testing: list[Labelled]) -> None:
    lenient = [Judged(each, None) for each in testing]
    strict = [Judged(each, "unsupported") for each in testing]
    assert (let_through(lenient).mean, rejected(lenient).mean) == (1.0, 0.0)
    assert (let_through(strict).mean, rejected(strict).mean) == (0.0, 1.0)


def test_a_label_that_is_none_is_named(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("labelled")
    row = {"id": "X-1", "sources": ["M12"], "sentence": "好。", "label": "maybe", "kind": "near"}
    (folder / "x.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(CorpusError, match="X-1 标签“maybe”"):
        list(load_labelled(folder, corpus))
