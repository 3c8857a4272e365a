import numpy as np
import pytest

from eval.confidence.reliability import expected_calibration_error, reliability


def test_confidence_that_is_the_share_of_right_answers_has_no_error() -> None:
    stated, right = np.full(4, 0.75), np.array([True, True, True, False])
    (only_bin,) = reliability(stated, right)
    assert (only_bin.n, only_bin.confidence, only_bin.accuracy) == (4, 0.75, 0.75)
    assert expected_calibration_error(stated, right) == 0.0


def test_boasting_is_an_error_as_large_as_the_boast() -> None:
    assert expected_calibration_error(np.ones(2), np.array([False, True])) == 0.5


def test_bins_weigh_as_much_as_they_hold() -> None:
    stated = np.array([0.95, 0.95, 0.95, 0.05])
    assert expected_calibration_error(stated, np.array([True, True, True, True])) == pytest.approx(
        (3 * 0.05 + 0.95) / 4
    )
