from eval.calibration import expected_calibration_error, reliability
from eval.dataset import Item
from eval.metrics import Pair
from eval.systems import Response


def pair(confidence: float | None, right: bool) -> Pair:
    item = Item("X", "set", "fact", "zh", "问?", True, frozenset({"M1"}), frozenset(), ())
    return item, Response(("M1",) if right else ("M2",), (), "answered", confidence)


def test_confidence_that_is_the_share_of_right_answers_has_no_error() -> None:
    pairs = [pair(0.75, right) for right in (True, True, True, False)]
    (only_bin,) = reliability(pairs)
    assert (only_bin.n, only_bin.confidence, only_bin.accuracy) == (4, 0.75, 0.75)
    assert expected_calibration_error([only_bin]) == 0.0


def test_boasting_is_an_error_as_large_as_the_boast() -> None:
    assert expected_calibration_error(reliability([pair(1.0, right=False), pair(1.0, right=True)])) == 0.5


def test_rankers_without_confidence_do_not_count() -> None:
    assert sum(each.n for each in reliability([pair(None, right=True), pair(0.3, right=True)])) == 1
