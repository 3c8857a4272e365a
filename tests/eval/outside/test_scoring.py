"""What rankings are worth."""

import pytest

from eval.outside.retrieval_task import Query, Ranking, RetrievalTask
from eval.outside.scoring import auroc, score, score_refusal


def ranking(*ids: str, best: float = 1.0) -> Ranking:
    return tuple((each, best - place) for place, each in enumerate(ids))


def test_every_measure_is_the_mean_over_the_questions_of_its_task() -> None:
    task = RetrievalTask("task", (Query("a", "问", frozenset({"1"})), Query("b", "问", frozenset({"1", "2"}))))
    rows = score(task, {"dense": {"a": ranking("9", "1"), "b": ranking("1", "9", "8"), "c": ranking("9")}})
    means = {row.metric: row.figures["dense"].mean for row in rows}
    assert means == pytest.approx(
        {"RR@10": 0.75, "Success@1": 0.5, "Success@5": 1.0, "R@10": 0.75, "nDCG@10": (0.6309 + 0.6131) / 2}, abs=1e-4
    )
    assert {row.figures["dense"].n for row in rows} == {2}


def test_the_interval_spans_the_questions_not_the_passages() -> None:
    queries = tuple(Query(str(number), "问", frozenset({"1"})) for number in range(40))
    found = {query.id: ranking("1" if int(query.id) % 2 else "9") for query in queries}
    figure = next(row for row in score(RetrievalTask("task", queries), {"x": found}) if row.metric == "Success@1")
    assert figure.figures["x"].low < 0.4
    assert figure.figures["x"].high > 0.6


def test_equal_scores_are_ranked_as_given_by_every_measure() -> None:
    task = RetrievalTask("task", (Query("a", "问", frozenset({"1"})),))
    rows = score(task, {"x": {"a": (("9", 0.5), ("1", 0.5))}})
    means = {row.metric: row.figures["x"].mean for row in rows}
    assert (means["Success@1"], means["RR@10"]) == (0.0, 0.5)


def test_auroc_is_how_often_the_higher_exceeds_the_lower() -> None:
    assert auroc([3, 4], [1, 2]).mean == 1.0
    assert auroc([1, 2], [3, 4]).mean == 0.0
    assert auroc([1, 1], [1, 1]).mean == 0.5
    assert auroc([1, 3], [2, 0]).mean == 0.75


def test_the_interval_of_an_auroc_stays_within_0_and_1_and_narrows_with_questions() -> None:
    few, many = auroc([1, 3, 5, 7], [2, 0, 4, 1]), auroc([1, 3, 5, 7] * 50, [2, 0, 4, 1] * 50)
    assert few.mean == many.mean
    assert 0 <= few.low < many.low < many.mean < many.high < few.high <= 1


def test_refusal_compares_the_best_scores_with_and_without_an_answer() -> None:
    task = RetrievalTask("task", (Query("a", "问", frozenset({"1"})), Query("b", "问", frozenset({"1"}))))
    unanswerable = (Query("a@1", "问", frozenset()), Query("b@1", "问", frozenset()))
    by_query = {
        "a": ranking("1", "9", best=5),
        "b": ranking("9", "1", best=4),
        "a@1": ranking("9", best=3),
        "b@1": ranking("9", best=2),
    }
    row = score_refusal(task, unanswerable, {"tells": by_query, "cannot": {**by_query, "b": ranking("9", best=1)}})
    assert row.metric == "AUROC"
    assert {ranker: figure.mean for ranker, figure in row.figures.items()} == {"tells": 1.0, "cannot": 0.5}
