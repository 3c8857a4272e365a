"""The report to be read: one file that needs nothing else and shows everything that went wrong, as text."""

import re
from pathlib import Path

from lxml import html

from eval.reporting.page import render, write_page
from eval.reporting.report import Report, make_report
from eval.targets.reply import Reply
from ingest.settings import Settings
from tests.eval.reporting.conftest import MARKUP
from tests.eval.reports import asked, report_of, says, scored, unanswerable


def said(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", str(element.text_content())).strip()


class TestOneFile:
    def test_it_is_written_beside_the_report_in_place_of_the_last(
        self, report: Report, settings: Settings, tmp_path: Path
    ) -> None:
        settings = settings.model_copy(update={"data_dir": tmp_path})
        write_page(settings, report_of([(asked("M1"), says("M1"))]))
        path = write_page(settings, report)
        assert path == settings.evaluation_report.with_name("report.html")
        assert list(path.parent.iterdir()) == [path]
        assert path.read_text("utf-8") == render(report)

    def test_it_refers_to_nothing_outside(self, page: html.HtmlElement) -> None:
        addresses = page.xpath("//@src | //@href | //@srcset | //@action | //@data | //@poster")
        assert {each for each in addresses if not each.startswith("#")} == {"data:,"}
        written = "".join(page.xpath("//style//text() | //script//text() | //@style"))
        assert not re.search(r"@import|url\(|https?:|//\w|fetch|import\s*\(", written)

    def test_links_within_lead_somewhere(self, page: html.HtmlElement) -> None:
        places = set(page.xpath("//@id"))
        for address in page.xpath("//a/@href"):
            assert address.removeprefix("#") in places

    def test_pictures_are_told_in_words_and_tables_have_captions_and_headings(self, page: html.HtmlElement) -> None:
        assert page.xpath("//svg")
        assert all(each.get("role") == "img" and each.get("aria-label") for each in page.xpath("//svg"))
        assert not page.xpath("//table[not(caption)] | //th[not(@scope)]")


class TestFailures:
    def test_every_failure_is_there(self, report: Report, page: html.HtmlElement) -> None:
        cases = page.xpath("//div[@class='failures']/details")
        assert len(cases) == len(report.failures) == 5
        for failure, case in zip(report.failures, cases, strict=True):
            whole = said(case)
            for each in (failure.id, failure.set, failure.text, *failure.gold, *failure.cited, *failure.unsaid):
                assert each in whole
            for each in (*failure.lead_expected, *failure.lead_given, *failure.trace, *failure.trace.values()):
                assert each in whole
            assert case.get("data-wrong").split() == list(failure.wrong)

    def test_markup_is_shown_as_text(self, page: html.HtmlElement) -> None:
        assert not page.xpath("//img")
        assert len(page.xpath("//script")) == 1
        assert said(page).count(MARKUP) == 3


class TestAlmostNothing:
    def test_a_product_that_is_always_right(self) -> None:
        page = html.document_fromstring(render(report_of([(asked("M1"), says("M1"))])))
        assert not page.xpath("//script | //div[@class='failures']")
        assert "一题也没有送错。" in said(page)
        assert "没有可以比较的上一次。" in said(page)

    def test_a_product_that_never_replied(self) -> None:
        failed = [(asked("M1"), Reply("Q1", 3.0, failure="超时"))]
        page = html.document_fromstring(render(make_report({"product": scored("product", failed)}, "1.0")))
        assert "没有记下用时。" in said(page)
        assert "没有一题说了把握。" in said(page)

    def test_a_ranker_that_cannot_refuse(self) -> None:
        ranked = [(unanswerable(), says("M1", status=None, confidence=None))]
        page = html.document_fromstring(render(make_report({"ranker": scored("ranker", ranked)}, "1.0")))
        assert "没有问部门的题。" in said(page)
