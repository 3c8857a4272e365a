"""The report says what follows from the replies, and nothing that goes wrong is left out."""

import json
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import pytest

from eval.reporting.report import Report, make_report, write_report
from eval.reporting.table import Cell, Table
from eval.routing.confusion import DepartmentTally, Misdirected
from eval.targets.reply import Reply
from ingest.settings import Settings
from tests.eval.items import LEADS, TAX, TRADE
from tests.eval.reports import asked, refuses, report_of, says, scored, unanswerable

QUESTIONS = [asked("M1"), asked("M2"), asked("M3", of="municipal")]
RETRIEVAL, ROUTING = "检索:正确的出处找到没有", "派到部门:牵头单位对不对"
REFUSAL, CONFIDENCE = "该答、该说缺、该拒", "把握"


def table(report: Report, title: str) -> Table:
    (found,) = (each for each in (*report.tables, *report.breakdown) if each.title == title)
    return found


def means(report: Report, title: str, metric: str) -> list[float | None]:
    (row,) = (row for row in table(report, title).rows if row.metric == metric)
    return [cell.mean if cell else None for cell in row.cells]


class TestTables:
    report = report_of([(QUESTIONS[0], says("M1")), (QUESTIONS[1], says("M1")), (QUESTIONS[2], says("M3"))])

    def test_the_head_says_what_was_asked_of_what(self) -> None:
        assert (self.report.index_version, self.report.encoder, self.report.data) == ("v1", "e5", "1.0")
        assert (self.report.sets, self.report.questions) == (("municipal", "owners"), 3)

    def test_cells_are_in_the_order_of_the_systems(self) -> None:
        assert self.report.systems == ("plain", "product")
        assert means(self.report, RETRIEVAL, "hit@1") == [pytest.approx(1 / 3), pytest.approx(2 / 3)]
        assert means(self.report, ROUTING, "lead") == [pytest.approx(1 / 3), pytest.approx(2 / 3)]

    def test_a_figure_has_its_interval_and_its_n(self) -> None:
        report = report_of([(QUESTIONS[2], says("M3"))])
        (row, *_) = table(report, RETRIEVAL).rows
        assert (row.n, row.better, row.cells) == (1, "higher", (Cell(0.0, 0.0, 0.0), Cell(1.0, 1.0, 1.0)))

    def test_what_is_better_when_lower_is_told(self) -> None:
        lower = {row.metric for each in self.report.tables for row in each.rows if row.better == "lower"}
        assert {"ECE", "AURC", "Brier", "seconds"} <= lower

    def test_a_system_to_which_a_metric_does_not_apply_has_no_cell(self) -> None:
        assert means(self.report, REFUSAL, "status") == [None, 1.0]
        assert means(self.report, CONFIDENCE, "ECE")[0] is None

    def test_the_breakdown_is_of_the_last_system_by_kind_set_and_language(self) -> None:
        assert [each.title for each in self.report.breakdown] == ["按题型", "按题集", "按语言"]
        by_set = {row.metric: row for row in table(self.report, "按题集").rows}
        place = table(self.report, "按题集").systems.index("first source")
        assert {name: (row.n, row.cells[place]) for name, row in by_set.items()} == {
            "municipal": (1, Cell(1.0, 1.0, 1.0)),
            "owners": (2, Cell(0.5, 0.0, 1.0)),
        }

    def test_confidence_is_held_against_what_was_right(self) -> None:
        (only_bin,) = self.report.reliability.bins
        assert only_bin.n == 3
        assert only_bin.accuracy == pytest.approx(2 / 3)
        assert self.report.reliability.error == pytest.approx(abs(only_bin.confidence - only_bin.accuracy))
        assert self.report.risk_coverage.coverage == (1.0,)
        assert self.report.risk_coverage.area == pytest.approx(1 / 3)

    def test_who_states_no_confidence_has_no_diagram(self) -> None:
        report = report_of([(QUESTIONS[0], says("M1", confidence=None))])
        assert (report.reliability.bins, report.risk_coverage.coverage) == ((), ())

    def test_every_reply_is_in_the_distribution_of_times(self) -> None:
        for latency in self.report.latencies:
            assert latency is not None
            assert sum(latency.counts) == 3

    def test_who_never_replied_has_no_times(self) -> None:
        failed = Reply("Q1", 3.0, failure="timeout")
        report = make_report({"product": scored("product", [(QUESTIONS[0], failed)])}, "1.0")
        assert report.latencies == (None,)
        assert [(each.wrong, each.text) for each in report.failures] == [(("failed",), "timeout")]


class TestWhatWentWrong:
    def test_a_product_that_is_right_has_no_failures_and_confuses_nothing(self) -> None:
        report = report_of([(item, says(key)) for item in QUESTIONS for key in item.gold])
        assert report.failures == ()
        assert report.confusion.rows == ()
        assert all(each.right == each.n for each in report.confusion.departments)

    def test_a_product_that_is_always_wrong_fails_in_every_question(self) -> None:
        wrong = {"M1": "M2", "M2": "M1", "M3": "M2"}
        report = report_of([(item, says(wrong[key])) for item in QUESTIONS for key in item.gold])
        assert [each.id for each in report.failures] == [item.id for item in QUESTIONS]
        assert {each.wrong for each in report.failures} == {("source", "lead")}
        assert sum(each.n for each in report.confusion.rows) == len(QUESTIONS)

    def test_a_failure_tells_what_was_expected_and_what_came(self) -> None:
        (failure,) = report_of([(QUESTIONS[0], says("M2", "partial", 0.6))]).failures
        assert (failure.expected_status, failure.status) == ("answered", "partial")
        assert (failure.gold, failure.cited, failure.confidence) == (("M1",), ("M2",), 0.6)
        assert (failure.lead_expected, failure.lead_given) == ((TAX,), (TRADE,))
        assert (failure.text, failure.trace) == (says("M2").text, says("M2").trace)

    def test_a_key_fact_left_out_is_wrong_and_named(self) -> None:
        item = replace(QUESTIONS[0], must_say=(("5月1日", "5 月 1 日"),))
        (failure,) = report_of([(item, says("M1"))]).failures
        assert (failure.wrong, failure.unsaid) == (("facts",), ("5月1日/5 月 1 日",))
        assert report_of([(item, says("M1", text="自5月1日起。"))]).failures == ()

    def test_who_refuses_or_asks_back_sends_nobody_anywhere(self) -> None:
        report = report_of([(QUESTIONS[0], refuses()), (QUESTIONS[0], says("M1", "clarify"))])
        assert report.confusion.rows == (Misdirected((TAX,), (), 2),)
        assert [each.lead_given for each in report.failures] == [(), ()]

    def test_a_department_too_few_is_wrong_but_the_other_was_found(self) -> None:
        report = report_of([(QUESTIONS[2], says("M2"))])
        assert report.confusion.rows == (Misdirected(tuple(sorted(LEADS["M3"])), (TRADE,), 1),)
        assert set(report.confusion.departments) == {DepartmentTally(TAX, 1, 0), DepartmentTally(TRADE, 1, 1)}

    def test_a_source_that_fits_as_well_is_no_failure_if_the_same_department_leads(self) -> None:
        item = replace(QUESTIONS[0], also_ok=frozenset({"M2"}), lead=LEADS["M2"])
        assert report_of([(item, says("M2"))]).failures == ()

    def test_what_cannot_be_answered_has_to_be_refused_or_answered_in_part(self) -> None:
        half = unanswerable(also_ok=("M1",))
        assert report_of([(unanswerable(), refuses()), (half, says("M1", "partial"))]).failures == ()
        made_up, off_topic = (unanswerable(), says("M1")), (half, says("M2", "partial"))
        report = report_of([made_up, off_topic])
        assert len(report.failures) == 2
        assert report.confusion.departments == ()


def test_the_file_holds_the_report_and_nothing_is_left_beside_it(settings: Settings, tmp_path: Path) -> None:
    settings = settings.model_copy(update={"data_dir": tmp_path})
    report = report_of([(item, refuses()) for item in QUESTIONS])
    write_report(settings, report_of([(QUESTIONS[0], says("M1"))]))
    write_report(settings, report)
    assert json.loads(settings.evaluation_report.read_text("utf-8")) == json.loads(json.dumps(asdict(report)))
    assert list(settings.evaluation_report.parent.iterdir()) == [settings.evaluation_report]
    assert datetime.fromisoformat(report.at).tzinfo
