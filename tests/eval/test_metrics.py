import pytest

from eval.dataset import Item
from eval.metrics import figure, measure
from eval.systems import Response


def item(gold: set[str], also_ok: set[str] | None = None) -> Item:
    lead = ("甲局",) if gold else ()
    return Item("X", "set", "fact", "zh", "问?", bool(gold), frozenset(gold), frozenset(also_ok or ()), lead)


RIGHT = Response(("M1", "M2"), ("甲局",), "answered")
WRONG = Response(("M2", "M3"), ("乙局",), "answered")
REFUSED = Response(("M2", "M1"), (), "no_evidence")


def means(*pairs: tuple[Item, Response]) -> dict[str, float]:
    return {name: found.mean for name, found in measure(pairs).items() if found.n}


def test_a_right_answer_scores_everywhere() -> None:
    assert set(means((item({"M1"}), RIGHT)).values()) == {1.0}


def test_a_wrong_answer_scores_nowhere_but_in_status() -> None:
    scores = means((item({"M1"}), WRONG))
    assert scores.pop("status") == 1.0
    assert set(scores.values()) == {0.0}


def test_a_second_place_counts_half_in_mrr_and_a_reasonable_source_is_told_apart() -> None:
    scores = means((item({"M1"}, {"M2"}), Response(("M2", "M1"), ("乙局",), "answered")))
    assert (scores["hit@1"], scores["hit@1 (reasonable)"], scores["hit@5"], scores["MRR"]) == (0.0, 1.0, 1.0, 0.5)


def test_refusing_is_right_only_where_nothing_is_there() -> None:
    assert means((item(set()), REFUSED))["status"] == 1.0
    assert means((item({"M1"}), REFUSED))["status"] == 0.0
    assert means((item(set(), {"M1"}), REFUSED))["status"] == 0.0
    assert means((item(set()), RIGHT))["status"] == 0.0


def test_a_bare_ranker_has_no_status() -> None:
    assert measure([(item({"M1"}), Response(("M1",), ("甲局",), None))])["status"].n == 0


def test_the_interval_holds_the_mean_and_narrows_with_n() -> None:
    few, many = figure([1, 0] * 10), figure([1, 0] * 1000)
    assert few.low < few.mean == many.mean < few.high
    assert many.high - many.low < few.high - few.low
    assert figure([1, 0] * 10) == few


def test_a_figure_of_nothing_has_no_n() -> None:
    assert figure([]).n == 0


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_all_equal_values_have_no_spread(value: float) -> None:
    found = figure([value] * 5)
    assert (found.low, found.high) == (value, value)
