"""axe-core on every page and tab, light and dark: nothing serious, nothing critical; and nothing wider than a phone."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from eval.reporting.report import write_report
from ingest.settings import Settings
from tests.eval.reports import asked, report_of, says
from tests.ui.web.asking import answer
from tests.ui.web.conftest import DESKTOP, PAGES, PHONE, OpenPage
from tests.ui.web.test_workbench_page import TICKET, work

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def violations(page: Page) -> list[str]:
    """What axe finds serious or critical in the page as it is, light and dark; and whether a phone cuts it off."""
    found = []
    # Colours fade in; what is half faded has too little contrast.
    page.add_style_tag(content="* { transition: none !important; animation: none !important; }")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found += [
            f"{scheme} {each['id']}: {node['html']}"
            for each in Axe().run(page).response["violations"]
            if each["impact"] in ("serious", "critical")
            for node in each["nodes"]
        ]
    page.set_viewport_size(PHONE)
    if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
        found.append("wider than a phone")
    page.set_viewport_size(DESKTOP)
    return found


@pytest.fixture(autouse=True)
def _report(project: Settings) -> None:
    write_report(project, report_of([(asked("M1"), says("M1")), (asked("M2"), says("M1"))]))


@pytest.mark.parametrize("path", PAGES)
def test_every_page(open_page: OpenPage, path: str) -> None:
    page = open_page(path, role="operator")
    expect(page.locator(PAGES[path]).first).to_be_visible()
    assert violations(page) == []


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
def test_every_tab(open_page: OpenPage, path: str, tab: str, content: str) -> None:
    page = open_page(path, role="operator")
    page.get_by_role("tab", name=tab, exact=True).click()
    expect(page.locator(content).first).to_be_visible()
    assert violations(page) == []


def test_answers_of_every_kind_and_the_panel(open_page: OpenPage) -> None:
    page = open_page()
    for question in ("执法检查", "区税务局牵头哪些措施?", "今天天气怎么样", "小饭店哪里能贷到款?电话多少"):
        card = answer(page, question)
    card.get_by_role("button", name="不对").click()
    expect(card.locator(".pq-doubt")).to_be_visible()
    assert violations(page) == []
    card.get_by_role("link", name="看原文").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []


def test_a_ticket_worked_through(open_page: OpenPage) -> None:
    page = open_page("/workbench", role="operator")
    work(page, TICKET)
    page.get_by_role("button", name="不采纳").first.click()
    expect(page.locator("#pq-reject")).to_be_visible()
    assert violations(page) == []
