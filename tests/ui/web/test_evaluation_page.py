"""The evaluation in a real browser: first nothing, then the last report; the use of the service."""

from dataclasses import asdict, replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from eval.reporting.comparison import Change
from eval.reporting.report import write_report
from eval.reporting.wording import Better
from eval.targets.reply import Reply
from ingest.settings import Settings
from tests.eval.items import TRADE
from tests.eval.reports import asked, refuses, report_of, says
from tests.ui.web.asking import answer
from tests.ui.web.conftest import OpenPage
from ui.web.evaluation_page import verdict


def test_the_last_report_is_shown_with_every_failure(open_page: OpenPage, project: Settings, artefacts: Path) -> None:
    project.evaluation_report.unlink(missing_ok=True)
    page = open_page("/evaluation", role="agent")
    expect(page.locator("#pq-evaluation")).to_contain_text("还没有评测结果")
    pairs = [(asked("M1"), says("M1")), (asked("M2"), says("M1", confidence=0.6)), (asked("M3"), refuses())]
    worse = Change("hit@1", "正确出处排第一", "higher", 40, 0.9, 0.7, -0.31, -0.09, 0.0003)
    chance = Change("seconds", "平均", "lower", 40, 0.012, 0.013, -0.001, 0.003, 0.42)
    write_report(project, replace(report_of(pairs), changes=(worse, chance)))
    page.reload()
    shown = page.locator("#pq-evaluation")
    expect(shown.locator("table").first).to_contain_text("正确出处排第一")
    expect(shown.get_by_text("按题集")).to_be_visible()
    expect(shown.locator("svg circle")).to_have_count(3)
    expect(shown.locator("svg polyline")).to_have_count(1)
    expect(shown.locator("tr").filter(has_text="显著变差")).to_contain_text("正确出处排第一")
    expect(shown.locator("tr").filter(has_text="可能是偶然")).to_have_count(1)
    confusion = shown.locator("tr").filter(has_text=TRADE).first
    expect(confusion).to_contain_text("区税务局")
    shown.get_by_text("答错的题(2)").click()
    failures = shown.locator("details.pq-failures > details")
    expect(failures).to_have_count(2)
    failures.first.locator("summary").click()
    expect(failures.first).to_contain_text("请找区税务局。")
    expect(failures.first).to_contain_text("which_office")
    page.screenshot(path=artefacts / "evaluation.png", full_page=True)


def test_whatever_the_replies_were_the_report_is_shown(open_page: OpenPage, project: Settings) -> None:
    failed = Reply("Q1", 3.0, failure="<b>超时</b>")
    write_report(project, report_of([(asked("M1"), failed)]))
    page = open_page("/evaluation", role="agent")
    shown = page.locator("#pq-evaluation")
    expect(shown).to_contain_text("没有一题说了把握。")
    shown.get_by_text("答错的题(1)").click()
    shown.locator("details.pq-failures > details > summary").click()
    expect(shown).to_contain_text("<b>超时</b>")


def test_in_english_the_titles_are_english(open_page: OpenPage, project: Settings) -> None:
    write_report(project, report_of([(asked("M1"), says("M2"))]))
    page = open_page("/en/evaluation", role="agent")
    expect(page.locator("#pq-evaluation table").first).to_contain_text("right source first")


@pytest.mark.parametrize(
    ("before", "after", "p", "expected"),
    [
        (0.9, 0.7, 0.001, {"higher": "worse", "lower": "better"}),
        (0.7, 0.9, 0.001, {"higher": "better", "lower": "worse"}),
        (0.7, 0.9, 0.01, {"higher": "by_chance", "lower": "by_chance"}),
        (0.7, 0.7, 1.0, {"higher": "unchanged", "lower": "unchanged"}),
    ],
)
def test_the_page_judges_as_the_evaluation_does(
    before: float, after: float, p: float, expected: dict[Better, str]
) -> None:
    for better, judged in expected.items():
        change = Change("metric", "", better, 9, before, after, after - before, after - before, p)
        assert verdict(asdict(change)) == judged
        assert change.is_worse == (judged == "worse")


def test_the_figures_follow_what_was_asked(open_page: OpenPage) -> None:
    answer(open_page(), "公司境外投资备案找谁?")
    page = open_page("/evaluation", role="operator")
    page.get_by_role("tab", name="使用情况").click()
    expect(page.locator("#pq-usage")).to_contain_text("一分钟内答复")
    expect(page.locator("#pq-usage")).to_contain_text("100%")
    expect(page.locator("#pq-usage")).to_contain_text("区服务发展办")
    page.get_by_label("近一年").check()
    expect(page.locator("#pq-usage")).to_contain_text("问答和工单")
