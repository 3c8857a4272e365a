import numpy as np
import pytest

from eval.statistics.significance import difference


def values(*stated: float) -> dict[str, float]:
    return {f"Q{at}": value for at, value in enumerate(stated)}


def test_the_same_values_differ_by_nothing() -> None:
    found = difference(values(1, 0, 1), values(1, 0, 1))
    assert (found.mean.mean, found.p) == (0.0, 1.0)


def test_p_is_the_share_of_sign_changes_that_come_so_far() -> None:
    # Five questions that all became better: of 2^5 ways to swap them two come so far.
    assert difference(values(0, 0, 0, 0, 0, 1), values(1, 1, 1, 1, 1, 1)).p == pytest.approx(2 / 32)


def test_as_many_better_as_worse_is_chance_and_a_clear_gain_is_not() -> None:
    chance = np.random.default_rng(0).random(200)
    before = values(*(chance < 0.5).astype(float))
    swapped = {key: 1 - value if at < 40 else value for at, (key, value) in enumerate(before.items())}
    gained = {key: max(value, float(at < 60)) for at, (key, value) in enumerate(before.items())}
    assert difference(before, swapped).p > 0.05
    clear = difference(before, gained)
    assert clear.p < 0.001
    assert 0 < clear.mean.low < clear.mean.mean < clear.mean.high


def test_only_questions_that_both_have_count() -> None:
    assert difference({"Q1": 0.0, "Q2": 0.0}, {"Q2": 1.0, "Q3": 1.0}).mean.n == 1
