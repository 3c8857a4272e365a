from eval.reporting.comparison import changes


def values(right: int, n: int) -> dict[str, float]:
    return {f"Q{at}": float(at < right) for at in range(n)}


def test_a_clear_drop_is_worse_and_a_gain_or_a_slip_is_not() -> None:
    (drop,) = changes({"status": values(90, 100)}, {"status": values(70, 100)})
    (gain,) = changes({"status": values(70, 100)}, {"status": values(90, 100)})
    (slip,) = changes({"status": values(90, 100)}, {"status": values(88, 100)})
    assert (drop.is_worse, gain.is_worse, slip.is_worse) == (True, False, False)
    assert (drop.before, drop.after, drop.n) == (0.9, 0.7, 100)
    assert drop.low < drop.after - drop.before < drop.high < 0


def test_where_lower_is_better_more_is_worse() -> None:
    (more,) = changes({"inventions": values(0, 100)}, {"inventions": values(20, 100)})
    assert more.is_worse


def test_time_is_told_and_not_held_against_a_run() -> None:
    (slower,) = changes({"seconds": values(0, 100)}, {"seconds": values(100, 100)})
    assert slower.p < 0.01
    assert not slower.is_worse


def test_metrics_and_questions_of_one_run_only_are_left_out() -> None:
    found = changes({"status": values(1, 2), "lead": values(1, 2)}, {"status": values(1, 3), "CRAG": values(1, 2)})
    assert [(each.metric, each.n) for each in found] == [("status", 2)]
