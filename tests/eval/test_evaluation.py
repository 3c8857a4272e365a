import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.dataset.card import load_split
from eval.evaluation import Questions, evaluate, report, run_of
from eval.targets.opening import Endpoint
from eval.tickets.ticket import load_tickets
from ingest.errors import CorpusError, TargetFailed, UnknownRun
from ingest.settings import Settings
from tests.conftest import copy_project
from tests.progress import silent

FEW = Questions("few", [*load_split("test")[:6], *load_split("development")[:2]], list(load_tickets())[:1])


@pytest.fixture
def project(settings: Settings, tmp_path: Path) -> Settings:
    return copy_project(settings, tmp_path)


def test_targets_are_asked_scored_and_set_side_by_side(project: Settings) -> None:
    made = evaluate(project, ["BM25", "product"], Endpoint(), FEW, silent)
    assert (made.systems, made.questions, made.data) == (("BM25", "product"), len(FEW.items), "few")
    titles = {table.title: table for table in made.tables}
    retrieval = titles["检索:正确的出处找到没有"]
    bm25, product = retrieval.rows[0].cells
    assert bm25
    assert product
    assert bm25.mean < product.mean
    refusal = titles["该答、该说缺、该拒"]
    assert all(row.cells[0] is None and row.cells[1] for row in refusal.rows)
    assert titles["12345 工单"].rows[0].cells[0] is None
    assert made.changes == ()


def test_scoring_again_asks_nothing_and_comes_to_the_same(project: Settings) -> None:
    made = evaluate(project, ["product"], Endpoint(), FEW, silent)
    # There is nothing left that could be asked.
    (project.data_dir / "index").rename(project.data_dir / "elsewhere")
    again = report(project, [run_of(project, FEW, "product")], FEW)
    assert replace(again, at=made.at) == made


def test_a_second_run_is_held_against_the_first(project: Settings) -> None:
    first = evaluate(project, ["product"], Endpoint(), FEW, silent)
    second = evaluate(project, ["product"], Endpoint(), FEW, silent)
    assert {change.metric for change in second.changes} >= {"status", "hit@1", "lead", "seconds"}
    assert not any(change.is_worse for change in second.changes)
    assert first.failures == second.failures


def test_a_corrected_truth_needs_no_new_question(project: Settings) -> None:
    evaluate(project, ["product"], Endpoint(), FEW, silent)
    nowhere = {"gold": frozenset({"M48"}), "also_ok": frozenset[str](), "lead": ()}
    wrong = [replace(item, **nowhere) if item.gold else item for item in FEW.items]  # type: ignore[arg-type]  # by name
    made = report(project, [run_of(project, FEW, "product")], Questions("few", wrong, FEW.tickets))
    (first, *_) = made.tables[0].rows
    assert first.cells[0]
    assert first.cells[0].mean == 0.0


def test_a_question_that_was_added_since_has_to_be_asked_first(project: Settings) -> None:
    evaluate(project, ["product"], Endpoint(), FEW, silent)
    more = Questions("few", [*FEW.items, replace(FEW.items[0], id="NEW1")], FEW.tickets)
    with pytest.raises(CorpusError, match="NEW1"):
        report(project, [run_of(project, FEW, "product")], more)


def test_what_a_run_keeps_can_be_read_without_this_program(project: Settings) -> None:
    evaluate(project, ["product"], Endpoint(), FEW, silent)
    folder = run_of(project, FEW, "product").folder
    assert json.loads((folder / "run.json").read_text(encoding="utf-8"))["target"] == "product"
    lines = [json.loads(line) for line in (folder / "replies.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["question"] for line in lines[: len(FEW.items)]] == [item.question for item in FEW.items]
    header, *values = (folder / "scores.csv").read_text(encoding="utf-8").splitlines()
    assert header == "thing,metric,item,value"
    assert len(values) > len(FEW.items)


def test_an_item_with_a_source_that_does_not_exist_is_named(project: Settings) -> None:
    misspelt = replace(FEW.items[0], id="X1", gold=frozenset({"M99"}))
    with pytest.raises(CorpusError, match=r"X1.*M99"):
        evaluate(project, ["product"], Endpoint(), Questions("few", [misspelt], ()), silent)


def test_a_target_that_there_is_none_of_is_named(project: Settings) -> None:
    with pytest.raises(TargetFailed, match="produkt"):
        evaluate(project, ["produkt"], Endpoint(), FEW, silent)


def test_a_target_that_was_never_asked_is_named(project: Settings) -> None:
    with pytest.raises(UnknownRun, match="BM25"):
        report(project, [run_of(project, FEW, "BM25")], FEW)
