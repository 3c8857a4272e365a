"""Where the charts draw what: worked out by hand."""

import math
import re

import numpy as np
import pytest

from eval.confidence.reliability import Bin
from eval.confidence.risk import area_under_risk, risk_coverage
from eval.latency.scoring import EDGES_S, Latency, latency
from eval.reporting.charts import HEIGHT, WIDTH, bars, circles, histogram, in_words, risk_at, risk_curve, share_ticks
from eval.routing.confusion import DepartmentTally


class TestCircles:
    def test_a_bin_that_keeps_its_promise_lies_on_the_diagonal(self) -> None:
        (circle,) = circles([Bin(0.7, 0.8, 4, 0.75, 0.75)])
        assert circle.x == WIDTH - circle.y == 0.75 * WIDTH

    def test_the_area_grows_with_the_number_of_questions(self) -> None:
        few, many = circles([Bin(0.1, 0.2, 25, 0.15, 0.2), Bin(0.8, 0.9, 100, 0.85, 0.9)])
        assert math.isclose((many.radius / few.radius) ** 2, 4)

    def test_nothing_is_drawn_of_nothing(self) -> None:
        assert circles([]) == ()
        assert circles([Bin(0.1, 0.2, 0, 0.15, 0.0)]) == ()


class TestRiskCurve:
    def test_it_goes_in_steps_below_the_next_round_share(self) -> None:
        curve = risk_curve([0.5, 1.0], [0.0, 0.25])
        assert [tick.label for tick in curve.ticks] == ["0%", "25%", "50%"]
        assert [tick.at for tick in curve.ticks] == [HEIGHT, HEIGHT / 2, 0]
        assert curve.line == f"M0 {HEIGHT:.1f}V{HEIGHT:.1f}H{WIDTH / 2:.1f} V{HEIGHT / 2:.1f}H{WIDTH:.1f}"
        assert curve.area == f"{curve.line}V{HEIGHT}H0Z"

    def test_nothing_is_drawn_of_nothing(self) -> None:
        assert (risk_curve([], []).line, risk_curve([], []).area) == ("", "")

    @pytest.mark.parametrize("risk", [0.0, 1.0])
    def test_all_right_and_all_wrong_have_their_place(self, risk: float) -> None:
        assert risk_curve([1.0], [risk]).line.endswith(f"H{WIDTH:.1f}")

    def test_the_risk_at_a_coverage_is_that_of_the_next_point(self) -> None:
        coverage, risk = [0.25, 0.5, 1.0], [0.0, 0.1, 0.3]
        assert [risk_at(coverage, risk, part) for part in (0.1, 0.25, 0.3, 0.9, 1.0)] == [0.0, 0.0, 0.1, 0.3, 0.3]


class TestBars:
    def test_the_longest_fills_the_width(self) -> None:
        long, short = bars([DepartmentTally("甲", 10, 5), DepartmentTally("乙", 4, 4)])
        assert (long.asked, long.right) == (WIDTH, WIDTH / 2)
        assert short.asked == short.right == WIDTH * 0.4

    def test_nothing_is_drawn_of_nothing(self) -> None:
        assert bars([]) == ()


class TestHistogram:
    drawn = histogram(latency([0.005, 0.015, 0.015, 0.04, 60.0]), height=100)

    def test_every_reply_is_in_a_column(self) -> None:
        assert sum(each.n for each in self.drawn.columns) == 5
        assert math.isclose(sum(each.share for each in self.drawn.columns), 1)

    def test_heights_are_as_the_counts_and_stand_on_the_ground(self) -> None:
        heights = {each.label: each.height for each in self.drawn.columns if each.n}
        assert heights == {"0~10 ms": 50, "10 ms~20 ms": 100, "40 ms~50 ms": 50, "≥ 10 s": 50}
        assert all(each.y + each.height == 100 for each in self.drawn.columns)

    def test_columns_stand_side_by_side(self) -> None:
        places = [each.x for each in self.drawn.columns]
        assert places == sorted(places)
        assert all(each.x + each.width <= WIDTH for each in self.drawn.columns)

    def test_ticks_are_milliseconds_until_they_say_seconds(self) -> None:
        assert [tick.label for tick in self.drawn.ticks] == ["0", "20", "50", "100", "200", "500", "2 s", "10 s"]

    def test_a_single_reply_is_a_distribution(self) -> None:
        drawn = histogram(Latency((1.0,) * 4, EDGES_S, (*(0 for _ in EDGES_S[1:]), 1)))
        assert [each.share for each in drawn.columns if each.n] == [1.0]


@pytest.mark.parametrize(("seconds", "words"), [(0, "0"), (0.075, "75 ms"), (1, "1 s"), (10, "10 s")])
def test_a_time_is_told_in_its_unit(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


def test_the_axis_of_shares_has_three_ticks() -> None:
    assert [(tick.at, tick.label) for tick in share_ticks(200, 0.05)] == [(0, "0%"), (100, "2.5%"), (200, "5%")]


def test_the_area_below_the_curve_is_the_reported_one() -> None:
    stated, right = np.array([0.9, 0.8, 0.8, 0.4]), np.array([True, False, True, False])
    curve = risk_curve(*(each.tolist() for each in risk_coverage(stated, right)))
    steps = [tuple(map(float, each)) for each in re.findall(r"V([\d.]+)H([\d.]+)", curve.line)]
    area, start = 0.0, 0.0
    for y, x in steps:
        area += (x - start) / WIDTH * (1 - y / HEIGHT) * 0.5
        start = x
    assert area == pytest.approx(area_under_risk(stated, right), abs=1e-3)
