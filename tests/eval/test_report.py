"""The report says what follows from the responses, and nothing that goes wrong is left out."""

import json
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from eval.comparison import Cell, Comparison
from eval.confusion import DepartmentTally, Misdirected
from eval.report import Report, write_report
from ingest.settings import Settings
from tests.eval.reports import LEADS, TAX, TRADE, asked, refuses, report_of, says, unanswerable

QUESTIONS = [asked("M1"), asked("M2"), asked("M3", of="municipal")]


def table(report: Report, title: str) -> Comparison:
    (found,) = (each for each in report.tables if each.title == title)
    return found


def means(report: Report, title: str, metric: str) -> list[float | None]:
    (row,) = (row for row in table(report, title).rows if row.metric == metric)
    return [cell.mean if cell else None for cell in row.cells]


class TestTables:
    report = report_of([(QUESTIONS[0], says("M1")), (QUESTIONS[1], says("M1")), (QUESTIONS[2], says("M3"))])

    def test_every_set_every_type_and_all_together_have_a_table(self) -> None:
        titles = ["全部评测集", "评测集 municipal", "评测集 owners", "题型 which_office", "同样的证据,别的融合法"]
        assert [each.title for each in self.report.tables] == titles

    def test_cells_are_in_the_order_of_the_systems(self) -> None:
        assert self.report.systems == ("plain", "product")
        assert means(self.report, "全部评测集", "hit@1") == [1 / 3, 2 / 3]
        assert means(self.report, "评测集 municipal", "hit@1") == [0.0, 1.0]
        assert means(self.report, "评测集 owners", "MRR") == [0.75, 0.75]
        assert means(self.report, "评测集 owners", "lead") == [0.5, 0.5]

    def test_a_figure_has_its_interval_and_its_n(self) -> None:
        (row, *_) = table(self.report, "评测集 municipal").rows
        assert (row.n, row.cells) == (1, (Cell(0.0, 0.0, 0.0), Cell(1.0, 1.0, 1.0)))

    def test_a_system_to_which_a_metric_does_not_apply_has_no_cell(self) -> None:
        assert means(self.report, "全部评测集", "status") == [None, 1.0]

    def test_other_fusions_have_systems_of_their_own(self) -> None:
        fusions = table(self.report, "同样的证据,别的融合法")
        assert fusions.systems == ("other",)
        assert "status" not in [row.metric for row in fusions.rows]

    def test_confidence_is_held_against_what_was_right(self) -> None:
        (only_bin,) = self.report.reliability.bins
        assert (only_bin.n, only_bin.accuracy) == (3, 2 / 3)
        assert self.report.reliability.error == abs(only_bin.confidence - only_bin.accuracy)


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
        assert sum(each.n for each in report.confusion.rows) == len(QUESTIONS)

    def test_a_failure_tells_what_was_expected_and_what_came(self) -> None:
        (failure,) = report_of([(QUESTIONS[0], says("M2", "partial", 0.6))]).failures
        assert (failure.expected_status, failure.status) == ("answered", "partial")
        assert (failure.gold, failure.cited, failure.confidence) == (("M1",), ("M2",), 0.6)
        assert (failure.lead_expected, failure.lead_given) == ((TAX,), (TRADE,))

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
        half = unanswerable(also_ok=frozenset({"M1"}))
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
