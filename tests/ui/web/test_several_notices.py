"""Two years of one series in a real browser: a notice to choose, what is superseded marked, both versions shown."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from ingest.settings import Settings
from tests.ingest.years import NEWER, OLDER
from tests.ui.web.asking import answer
from tests.ui.web.cards import answer as answered
from tests.ui.web.cards import exchange, site, source
from tests.ui.web.conftest import DESKTOP, OpenPage, free_port, serving
from tests.ui.web.test_accessibility import violations
from ui.web.exchange import answer_card
from ui.web.notice_choice import notice_choices

TITLES = {OLDER: "《测试区优化营商环境行动方案(2024年)》", NEWER: "《测试区优化营商环境行动方案(2025年)》"}
ABROAD = "想去海外投资,备案找哪个部门?"


@pytest.fixture(scope="module")
def years(two_years: Settings) -> Iterator[str]:
    with serving(two_years, free_port()) as url:
        yield url


@pytest.fixture
def open_years(browser: Browser, years: str) -> Iterator[Callable[[str], Page]]:
    contexts: list[BrowserContext] = []

    def open_one(path: str) -> Page:
        contexts.append(browser.new_context(viewport=DESKTOP, locale="zh-CN"))
        page = contexts[-1].new_page()
        page.goto(f"{years}{path}")
        return page

    yield open_one
    for context in contexts:
        context.close()


def choose_notice(page: Page, option: str) -> None:
    page.get_by_label("通知", exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()


def listed(page: Page) -> Locator:
    return page.locator("#pq-results li")


def test_a_question_is_answered_from_the_notice_that_was_chosen(open_years: Callable[[str], Page]) -> None:
    page = open_years("/")
    choose_notice(page, f"{TITLES[OLDER]}(已被接替)")
    card = answer(page, ABROAD)
    expect(card.locator(".pq-lead")).to_have_text("区商务委")
    expect(card.locator(".pq-warning")).to_contain_text(f"这份通知已由{TITLES[NEWER]}接替。")
    choose_notice(page, TITLES[NEWER])
    card = answer(page, ABROAD)
    expect(card.locator(".pq-lead")).to_have_text("区数据局")
    expect(card.locator(".pq-warning")).to_have_count(0)
    expect(card.locator(".pq-previous")).to_contain_text(f"与上一份通知{TITLES[OLDER]}相比:第3条")
    expect(card.locator(".pq-previous")).to_contain_text("牵头单位原为区商务委,现为区数据局。")
    assert violations(page) == []


def test_the_catalogue_lists_what_is_in_force_until_another_notice_is_chosen(
    open_years: Callable[[str], Page],
) -> None:
    page = open_years("/catalogue")
    expect(listed(page)).to_have_count(5)
    expect(listed(page).first).to_contain_text(TITLES[NEWER])
    expect(page.locator("#pq-results")).not_to_contain_text("已被接替")
    listed(page).first.get_by_role("link", name=TITLES[NEWER]).click()
    expect(page.get_by_role("dialog").get_by_role("region", name="与上一年相比")).to_be_visible()
    page.keyboard.press("Escape")
    choose_notice(page, f"{TITLES[OLDER]}(已被接替)")
    expect(listed(page).first).to_contain_text("已被接替")
    expect(listed(page).last).to_contain_text(TITLES[OLDER])
    assert violations(page) == []
    again = open_years(page.get_by_role("link", name="本次筛选的网址").get_attribute("href") or "")
    expect(listed(again).first).to_contain_text(TITLES[OLDER])
    page.get_by_role("button", name="清除条件").click()
    expect(page.locator("#pq-results")).not_to_contain_text("已被接替")


def test_the_newer_notice_shows_what_changed_with_both_versions(open_years: Callable[[str], Page]) -> None:
    page = open_years(f"/notices/{NEWER}/N")
    section = page.get_by_role("region", name="与上一年相比")
    expect(section).to_contain_text(f"与{TITLES[OLDER]}逐条对照;其余 2 条没有变化(编号除外)。")
    headings = section.get_by_role("heading", level=3).all_text_contents()
    assert headings == ["新增(1 条)", "取消(1 条)", "牵头单位有变(1 条)", "配合责任单位有变(1 条)", "文字有变(1 条)"]
    trade = section.locator("li").filter(has_text="外贸服务")
    expect(trade).to_contain_text("上一年(第3条): 区商务委")
    expect(trade).to_contain_text("现在(第4条): 区数据局")
    assert violations(page) == []
    section.get_by_role("link", name="第4条 会展服务").click()
    expect(page.locator(".pq-warning")).to_contain_text(f"这份通知已由{TITLES[NEWER]}接替。")
    page.get_by_role("link", name="看新的一份").click()
    expect(page.get_by_role("region", name="与上一年相比")).to_be_visible()


def test_a_measure_says_who_led_it_before(open_years: Callable[[str], Page]) -> None:
    page = open_years(f"/notices/{NEWER}/M4")
    expect(page.locator(".pq-previous")).to_contain_text("牵头单位原为区商务委,现为区数据局。")
    page.locator(".pq-previous").get_by_role("link").click()
    expect(page.get_by_role("dialog").locator("h1")).to_contain_text("第3条外贸服务")
    expect(page.get_by_role("dialog").locator("dl")).to_contain_text("区商务委")
    assert violations(page) == []


def test_where_there_is_one_notice_there_is_nothing_to_choose(open_page: OpenPage) -> None:
    for path, ready in (("/", "#pq-log h1"), ("/catalogue", "#pq-results li")):
        page = open_page(path)
        expect(page.locator(ready).first).to_be_visible()
        expect(page.get_by_label("通知", exact=True)).to_have_count(0)
    expect(page.locator("#pq-results li").first).not_to_contain_text("《")
    whole = open_page("/notices/hongkou-2025/N")
    expect(whole.locator("h1")).to_be_visible()
    expect(whole.locator("#pq-changes")).to_have_count(0)


def test_a_notice_that_is_not_loaded_is_not_chosen_by_an_address() -> None:
    notices = [{"id": each, "title": each, "issued_on": None, "superseded_by": None} for each in (OLDER, NEWER)]
    assert notice_choices(site(), notices, "test-1999")["value"] == ""
    assert notice_choices(site(), notices, OLDER)["value"] == OLDER
    assert not notice_choices(site(), notices[:1])["visible"]


def test_a_notice_without_a_date_says_so() -> None:
    undated = exchange(answered(source()), notice={"title": "方案", "issuer": "测试区政府", "issued_on": None})
    assert "(测试区政府,未印日期)" in answer_card(site(), undated)


def test_a_change_of_words_alone_is_not_on_the_card() -> None:
    previous = {
        "id": f"{OLDER}/M3",
        "notice_title": "旧方案",
        "kind": "measure",
        "number": 3,
        **{role: ["区商务委"] for role in ("lead", "cooperating", "responsible")},
    }
    shown, silent = (
        answer_card(site(), exchange(answered(source(previous={**previous, "changed": changed}))))
        for changed in (["text", "lead"], ["text", "number"])
    )
    assert "与上一份通知《旧方案》相比" in shown
    assert "pq-previous" not in silent
