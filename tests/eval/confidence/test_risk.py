import numpy as np
import pytest

from eval.confidence.risk import area_under_risk, risk_coverage


def test_the_surest_come_first_and_each_point_tells_the_share_of_wrong_ones_so_far() -> None:
    coverage, risk = risk_coverage(np.array([0.2, 0.9, 0.6]), np.array([False, True, False]))
    assert coverage.tolist() == pytest.approx([1 / 3, 2 / 3, 1])
    assert risk.tolist() == pytest.approx([0, 1 / 2, 2 / 3])


def test_answers_of_one_confidence_are_given_together() -> None:
    coverage, risk = risk_coverage(np.full(4, 0.5), np.array([True, False, True, False]))
    assert (coverage.tolist(), risk.tolist()) == ([1.0], [0.5])


def test_knowing_when_one_is_right_makes_the_area_small() -> None:
    right = np.array([True] * 8 + [False] * 2)
    stated = np.linspace(1, 0, 10)
    assert area_under_risk(stated, right) < area_under_risk(stated[::-1], right)
    assert area_under_risk(stated, np.ones(10, dtype=np.bool_)) == 0.0
    # One wrong out of two, sure of the right one: risk 0 up to half, one half beyond.
    assert area_under_risk(np.array([0.9, 0.1]), np.array([True, False])) == pytest.approx(0.25)
