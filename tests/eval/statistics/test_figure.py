import pytest

from eval.statistics.figure import figure


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
