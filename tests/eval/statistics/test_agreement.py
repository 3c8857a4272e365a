import pytest

from eval.statistics.agreement import kappa


def test_agreement_beyond_chance() -> None:
    # Cohen (1960): (p_o − p_e) / (1 − p_e) with p_o = 0.7, p_e = 0.5.
    first = ["a"] * 5 + ["b"] * 5
    second = ["a"] * 3 + ["b"] * 2 + ["b"] * 4 + ["a"]
    assert kappa(first, second) == pytest.approx(0.4)


def test_those_who_always_agree_have_one_and_those_who_guess_none() -> None:
    assert kappa(["a", "b"], ["a", "b"]) == 1.0
    assert kappa(["a", "a"], ["a", "a"]) == 1.0
    assert kappa(["a", "a", "b", "b"], ["a", "b", "a", "b"]) == pytest.approx(0.0)
