"""axe-core on every page and tab, light and dark, wide and narrow: nothing serious, nothing critical."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from eval.report import write_report
from ingest.settings import Settings
from tests.eval.reports import asked, report_of, says
from tests.ui.asking import answer
from tests.ui.conftest import DESKTOP, PAGES, PHONE, OpenPage
from tests.ui.test_workbench_page import TICKET, work

LOOKS = [("light", DESKTOP), ("dark", DESKTOP), ("light", PHONE)]


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def settled(page: Page, content: str) -> None:
    expect(page.locator(content).first).to_be_visible()
    # The colours of a theme fade in.
    page.wait_for_timeout(300)


@pytest.fixture(autouse=True)
def _report(project: Settings) -> None:
    write_report(project, report_of([(asked("M1"), says("M1")), (asked("M2"), says("M1"))]))


@pytest.mark.parametrize(("scheme", "viewport"), LOOKS)
@pytest.mark.parametrize("path", PAGES)
def test_every_page(open_page: OpenPage, path: str, scheme: str, viewport: dict[str, int]) -> None:
    page = open_page(path, role="operator", color_scheme=scheme, viewport=viewport)
    settled(page, PAGES[path])
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "tab", "content"),
    [
        ("/catalogue", "部门", "#pq-departments li"),
        ("/catalogue", "正文与附件不一致", "#pq-differences table"),
        ("/workbench", "批量", "#pq-table"),
        ("/workbench", "审核", "#pq-candidate"),
        ("/evaluation", "使用情况", "#pq-usage .pq-tiles"),
    ],
)
def test_every_tab(open_page: OpenPage, path: str, tab: str, content: str, scheme: str) -> None:
    page = open_page(path, role="operator", color_scheme=scheme)
    page.get_by_role("tab", name=tab, exact=True).click()
    settled(page, content)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_answers_of_every_kind_and_the_panel(open_page: OpenPage, scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    for question in ("执法检查", "区税务局牵头哪些措施?", "今天天气怎么样", "小饭店哪里能贷到款?电话多少"):
        card = answer(page, question)
    card.get_by_role("button", name="不对").click()
    settled(page, ".pq-doubt:not([hidden])")
    assert violations(page) == []
    card.get_by_role("link", name="看原文").click()
    settled(page, "dialog h1")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_ticket_worked_through(open_page: OpenPage, scheme: str) -> None:
    page = open_page("/workbench", role="operator", color_scheme=scheme)
    work(page, TICKET)
    page.get_by_role("button", name="不采纳").first.click()
    settled(page, "#pq-reject")
    assert violations(page) == []
