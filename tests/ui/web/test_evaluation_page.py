"""The evaluation in a real browser: first nothing, then the last report; the use of the service."""

from pathlib import Path

from playwright.sync_api import expect

from eval.report import write_report
from ingest.settings import Settings
from tests.eval.reports import TRADE, asked, refuses, report_of, says
from tests.ui.web.asking import answer
from tests.ui.web.conftest import OpenPage


def test_the_last_report_is_shown_with_every_failure(open_page: OpenPage, project: Settings, artefacts: Path) -> None:
    project.evaluation_report.unlink(missing_ok=True)
    page = open_page("/evaluation", role="agent")
    expect(page.locator("#pq-evaluation")).to_contain_text("还没有评测结果")
    pairs = [(asked("M1"), says("M1")), (asked("M2"), says("M1", confidence=0.6)), (asked("M3"), refuses())]
    write_report(project, report_of(pairs))
    page.reload()
    shown = page.locator("#pq-evaluation")
    expect(shown.locator("table").first).to_contain_text("正确出处排第一")
    expect(shown.locator("svg circle")).to_have_count(3)
    confusion = shown.locator("tr").filter(has_text=TRADE).first
    expect(confusion).to_contain_text("区税务局")
    shown.get_by_text("答错的题(2)").click()
    expect(shown.locator("details tr").filter(has_text="找谁?")).to_have_count(2)
    page.screenshot(path=artefacts / "evaluation.png", full_page=True)


def test_the_figures_follow_what_was_asked(open_page: OpenPage) -> None:
    answer(open_page(), "公司境外投资备案找谁?")
    page = open_page("/evaluation", role="operator")
    page.get_by_role("tab", name="使用情况").click()
    expect(page.locator("#pq-usage")).to_contain_text("一分钟内答复")
    expect(page.locator("#pq-usage")).to_contain_text("100%")
    expect(page.locator("#pq-usage")).to_contain_text("区服务发展办")
    page.get_by_label("近一年").check()
    expect(page.locator("#pq-usage")).to_contain_text("问答和工单")
