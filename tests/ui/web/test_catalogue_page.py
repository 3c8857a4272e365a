"""The catalogue in a real browser: search, filters, departments, differences, addresses that stay."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.ui.web.conftest import OpenPage


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    page = open_page("/catalogue")
    expect(found(page)).to_have_text("共 77 条")
    return page


def found(page: Page) -> Locator:
    return page.locator("#pq-results [role=status]")


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_label(label, exact=True)
    box.click()
    page.get_by_role("option", name=option, exact=True).click()


def test_all_measures_and_items_are_listed_in_printed_order(page: Page) -> None:
    titles = page.locator("#pq-results li p:first-child a b").all_text_contents()
    assert titles == [
        *(f"第{number}条" for number in range(1, 49)),
        *(f"附件1第{number}项" for number in range(1, 30)),
    ]


def test_filters_narrow_the_list_together_and_are_cleared_together(page: Page) -> None:
    choose(page, "部门", "区司法局")
    expect(found(page)).to_contain_text("共 7 条")
    page.get_by_label("牵头", exact=True).check()
    expect(found(page)).to_contain_text("共 4 条")
    page.get_by_label("查找").fill("检查码")
    expect(found(page)).to_contain_text("共 1 条")
    expect(page.locator("#pq-results li")).to_contain_text("第23条")
    page.get_by_role("button", name="清除条件").click()
    expect(found(page)).to_have_text("共 77 条")


def test_section_kind_and_star_are_filters_too(page: Page) -> None:
    page.get_by_label("只看 ★ 虹口区提出的").check()
    expect(found(page)).to_contain_text("共 20 条")
    choose(page, "大项", "(三)涉外服务")
    expect(page.locator("#pq-results li").first).to_contain_text("(三)涉外服务")
    page.get_by_role("button", name="清除条件").click()
    page.get_by_label("市级事项").check()
    expect(found(page)).to_contain_text("共 29 条")
    page.get_by_label("查找").fill("没有这种事")
    expect(found(page)).to_contain_text("没有符合条件的措施")


def test_what_is_chosen_right_after_clearing_stays_however_slow_the_server(page: Page) -> None:
    page.get_by_label("只看 ★ 虹口区提出的").check()
    expect(found(page)).to_contain_text("共 20 条")
    held: list[Route] = []
    page.route("**/queue/join*", lambda route: held.append(route))
    page.get_by_role("button", name="清除条件").click()
    expect(page.get_by_label("只看 ★ 虹口区提出的")).not_to_be_checked()
    page.get_by_label("市级事项").check()
    for route in held:
        route.continue_()
    page.unroute("**/queue/join*")
    expect(found(page)).to_contain_text("共 29 条")
    expect(page.get_by_label("市级事项")).to_be_checked()


def test_a_selection_has_an_address_of_its_own(page: Page, open_page: OpenPage) -> None:
    choose(page, "部门", "区税务局")
    expect(found(page)).to_contain_text("共 3 条")
    address = page.get_by_role("link", name="本次筛选的网址").get_attribute("href") or ""
    again = open_page(address)
    expect(found(again)).to_contain_text("共 3 条")
    expect(again.get_by_label("部门", exact=True)).to_have_value("区税务局")


def test_a_measure_opens_beside_the_list_and_has_a_page_of_its_own(page: Page, open_page: OpenPage) -> None:
    page.get_by_role("link", name="第12条 帮助拓展海外市场").click()
    expect(page.get_by_role("dialog").locator("h1")).to_contain_text("帮助拓展海外市场")
    address = page.get_by_role("dialog").get_by_role("link", name="/notices/").get_attribute("href")
    assert address == "/notices/hongkou-2025/M12"
    own = open_page(address)
    expect(own.locator("h1")).to_contain_text("第12条")
    expect(own.locator("#text")).to_contain_text("ODI备案指导")
    own.get_by_role("link", name="区服务发展办").click()
    expect(own.locator("h1")).to_have_text("区服务发展办")


def test_departments_have_pages_with_all_that_they_lead_and_join(page: Page, open_page: OpenPage) -> None:
    page.get_by_role("tab", name="部门").click()
    row = page.locator("#pq-departments li").filter(has_text="区司法局")
    expect(row).to_contain_text("牵头 4 · 配合 3")
    row.get_by_role("link").click()
    expect(page.get_by_role("dialog")).to_contain_text("第23条")
    own = open_page("/departments/区司法局")
    expect(own.locator(".pq-list").first.locator("li")).to_have_count(4)
    expect(own.locator("dl")).to_contain_text("上海市虹口区司法局")


def test_the_differences_between_body_and_annex_are_side_by_side(page: Page) -> None:
    page.get_by_role("tab", name="正文与附件不一致").click()
    table = page.locator("#pq-differences table")
    expect(table.locator("caption")).to_have_text("共 14 处不一致")
    expect(table.locator("tbody tr")).to_have_count(14)
    expect(table.locator("tbody tr").first).to_contain_text("政策制订")


@pytest.mark.parametrize("path", ["/notices/hongkou-2025/M99", "/notices/nowhere/M1", "/departments/没有这个局"])
def test_what_does_not_exist_is_said_to_be_missing(open_page: OpenPage, path: str) -> None:
    page = open_page(path)
    expect(page.locator("h1")).to_have_text("没有找到")
    expect(page.get_by_role("link", name="回到企业问答")).to_be_visible()


def test_a_quote_that_is_not_in_the_source_marks_nothing_and_is_never_shown(open_page: OpenPage) -> None:
    page = open_page("/notices/hongkou-2025/M12?quote=<script>document.title=2</script>")
    expect(page.locator("#text")).to_contain_text("ODI备案指导")
    assert page.locator("mark").count() == 0
    assert "document.title" not in page.content()
