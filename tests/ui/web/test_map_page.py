"""Who works with whom, drawn: the numbers of the catalogue, and ways into it."""

import pytest
from playwright.sync_api import Page, expect

from tests.ui.web.conftest import OpenPage


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    page = open_page("/map")
    expect(page.locator("#pq-network svg")).to_be_visible()
    return page


def test_a_cell_counts_and_leads_to_just_these_measures(page: Page) -> None:
    cell = page.get_by_label("区司法局,(五)提升监管检查质效:牵头 2,配合 0")
    expect(cell).to_have_text("2+0")
    cell.click()
    expect(page.locator("#pq-results [role=status]")).to_contain_text("共 2 条")
    expect(page.get_by_label("部门", exact=True)).to_have_value("区司法局")
    expect(page.get_by_label("大项", exact=True)).to_have_value("(五)提升监管检查质效")


def test_the_departments_with_most_to_do_stand_first(page: Page) -> None:
    totals = [int(text) for text in page.locator(".pq-heat tbody td:last-child").all_text_contents()]
    assert totals == sorted(totals, reverse=True)
    assert page.locator(".pq-heat tbody th").first.inner_text() == "区发展改革委"


def test_a_department_that_is_pointed_at_shows_its_lines_only(page: Page) -> None:
    node = page.get_by_label("区服务发展办:牵头 2,配合 1")
    opacity = "path => getComputedStyle(path).strokeOpacity"
    shown = page.locator("#pq-network path").first
    assert float(shown.evaluate(opacity)) > 0.2
    node.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    own = [float(each.evaluate(opacity)) for each in page.locator("#pq-network path").all()]
    assert {round(value, 2) for value in own} == {0.05, 0.9}


def test_a_department_opens_from_the_drawing(page: Page) -> None:
    page.get_by_label("区服务发展办:牵头 2,配合 1").click()
    expect(page.get_by_role("dialog").locator("h1")).to_have_text("区服务发展办")
