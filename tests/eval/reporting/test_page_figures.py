"""The figures on the page are those of the report."""

import re
from collections.abc import Iterator

from lxml import html

from eval.reporting.report import Report
from tests.eval.reporting.test_page import said


def rows(page: html.HtmlElement, caption: str) -> Iterator[list[str]]:
    (table,) = page.xpath("//table[caption=$caption]", caption=caption)
    for row in table.xpath("./tbody/tr"):
        yield [said(cell) for cell in row]


def test_the_head_says_what_was_asked_of_what(report: Report, page: html.HtmlElement) -> None:
    head = said(page.xpath("//header")[0])
    for each in (report.index_version, report.encoder, report.data, *report.sets, *report.systems):
        assert each in head
    assert page.xpath("//time/@datetime") == [report.at]
    assert page.xpath("//ul[@class='tiles']/li/b/text()")[:3] == ["6", "5", "1"]


def test_every_figure_of_every_table_is_there(report: Report, page: html.HtmlElement) -> None:
    for table in (*report.tables, *report.breakdown):
        if not table.rows:
            continue
        for row, shown in zip(table.rows, rows(page, table.title), strict=True):
            assert shown[0].startswith(row.title)
            assert ("越低越好" in shown[0]) == (row.better == "lower")
            assert shown[1] == str(row.n)
            for cell, text in zip(row.cells, shown[2:], strict=True):
                expected = [f"{each:.3f}" for each in (cell.mean, cell.low, cell.high)] if cell else []
                assert re.findall(r"-?\d+\.\d{3}", text.replace("−", "-")) == expected


def test_the_last_system_stands_out(report: Report, page: html.HtmlElement) -> None:
    headings = {said(each) for each in page.xpath("//thead//th[contains(@class, 'product')]")}
    assert headings == {report.systems[-1], "这一次"}


def test_changes_are_judged(page: html.HtmlElement) -> None:
    worse, by_chance = rows(page, "两次都问过的题")
    assert worse == ["正确出处排第一", "40", "0.900", "0.700", "−0.310 至 −0.090", "< 0.001", "显著变差"]
    assert by_chance[-2:] == ["0.420", "可能是偶然"]
    assert len(page.xpath("//tr[@class='worse']")) == 1


def test_confusion_and_departments(report: Report, page: html.HtmlElement) -> None:
    assert [int(row[2]) for row in rows(page, "送错了部门的题")] == [each.n for each in report.confusion.rows]
    for tally, row in zip(report.confusion.departments, rows(page, "每个部门的题,送到了多少"), strict=True):
        assert row[:3] == [tally.department, str(tally.n), str(tally.right)]


def test_times(report: Report, page: html.HtmlElement) -> None:
    for system, latency, row in zip(
        report.systems, report.latencies, rows(page, "从提问到完整的答复(毫秒)"), strict=True
    ):
        assert latency is not None
        assert row == [system, *(f"{1000 * each:,.1f}" for each in latency.quantiles)]


def test_a_circle_for_every_bin(report: Report, page: html.HtmlElement) -> None:
    assert len(page.xpath("//circle")) == len(report.reliability.bins) == 3
    assert len(list(rows(page, "把握与实际"))) == 3
    assert len(list(rows(page, "风险与覆盖"))) == 10
