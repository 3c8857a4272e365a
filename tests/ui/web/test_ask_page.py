"""A person types a question in a real browser and reads the department, the measure and the proof."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.ui.web.asking import answer, ask
from tests.ui.web.conftest import PAGES, PHONE, OpenPage

ODI = "我们公司想去越南设厂,ODI备案找哪个部门?"
HOSTILE = '<img src=x onerror="document.title=1">第12条是什么<script>document.title=2</script>'


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


def test_a_question_is_answered_with_department_measure_and_quote(page: Page, artefacts: Path) -> None:
    card = answer(page, ODI)
    expect(card.locator(".pq-lead")).to_have_text("区服务发展办")
    expect(card.locator(".pq-measure")).to_contain_text("第12条 帮助拓展海外市场")
    expect(card.locator(".pq-star")).to_have_text("★ 虹口区提出")
    expect(card.locator(".pq-coop")).to_contain_text("区商务委、区发展改革委、区司法局、区税务局")
    expect(card.locator("blockquote")).to_contain_text("ODI备案指导(境外投资备案指导)")
    expect(card.locator("blockquote mark").first).to_have_text("ODI备案")
    expect(card.locator(".pq-sure")).to_have_text("把握很大")
    page.screenshot(path=artefacts / "answer.png")


def test_what_the_notice_does_not_say_and_where_body_and_annex_differ_is_said(page: Page) -> None:
    card = answer(page, "小饭店周转不开,哪里能帮忙贷到款?电话多少")
    expect(card.locator(".pq-gap")).to_contain_text("没有写明:电话")
    expect(card.locator(".pq-warning")).to_contain_text("正文:“各相关部门”;附件2:“各产业部门”")


def test_a_follow_up_is_understood_from_what_was_said_before(page: Page) -> None:
    answer(page, ODI)
    follow_up = answer(page, "那配合单位呢?")
    expect(follow_up.locator(".pq-asked")).to_contain_text("区商务委、区发展改革委、区司法局、区税务局")


def test_of_several_fitting_measures_one_is_chosen_by_button(page: Page) -> None:
    card = answer(page, "执法检查")
    choice = card.get_by_role("button").filter(has_text="第23条")
    expect(choice).to_contain_text("区司法局、区数据局")
    choice.click()
    expect(page.locator(".pq-answer .pq-measure")).to_contain_text("第23条")
    expect(page.locator(".pq-turn").last).to_be_focused()


class TestPanel:
    def test_the_original_opens_beside_the_answer_at_the_quote(self, page: Page) -> None:
        card = answer(page, "第43条由谁牵头?")
        quote = (card.locator("blockquote").text_content() or "").partition("——")[0].strip()
        card.get_by_role("link", name="看原文").click()
        panel = page.get_by_role("dialog")
        expect(panel.locator("h1")).to_contain_text("第43条")
        expect(panel.locator("mark")).to_have_text(quote)
        expect(panel.locator("mark")).to_be_in_viewport()
        expect(panel.locator(".pq-differences")).to_contain_text("附件2:区信访办")
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        assert page.evaluate("location.pathname") == "/"

    def test_a_long_measure_is_scrolled_to_the_quote(self, open_page: OpenPage) -> None:
        page = open_page(viewport={"width": 360, "height": 320})
        card = answer(page, ODI)
        card.get_by_role("link", name="看原文").click()
        expect(page.get_by_role("dialog").locator("mark")).to_be_in_viewport()

    def test_related_measures_and_departments_open_there_too(self, page: Page) -> None:
        card = answer(page, ODI)
        card.get_by_text("相关措施").click()
        related = card.locator(".pq-related a").first
        title = (related.text_content() or "").rpartition(" ")[2]
        related.click()
        expect(page.get_by_role("dialog").locator("h1")).to_contain_text(title)
        page.keyboard.press("Escape")
        card.get_by_role("link", name="区服务发展办", exact=True).click()
        expect(page.get_by_role("dialog").locator("h1")).to_have_text("区服务发展办")


class TestActions:
    def test_an_answer_is_copied(self, open_page: OpenPage) -> None:
        page = open_page(permissions=["clipboard-read", "clipboard-write"])
        card = answer(page, ODI)
        card.get_by_role("button", name="复制答复").click()
        expect(card.locator(".pq-done")).to_have_text("已复制")
        assert "牵头单位:区服务发展办" in page.evaluate("navigator.clipboard.readText()")

    def test_one_answer_is_printed_without_the_rest_of_the_page(self, page: Page) -> None:
        answer(page, ODI)
        card = answer(page, "第23条由谁牵头?")
        # The first print is of the one answer, the second, after it, of the page as it is.
        page.emulate_media(media="print")
        shown = "[...document.querySelectorAll('.pq-turn')].map((turn) => turn.checkVisibility())"
        page.evaluate(f"window.print = () => {{ window.printed = {shown}; }}")
        card.get_by_text("打印").evaluate("button => button.click()")
        assert page.evaluate("window.printed") == [False, True]
        expect(card.locator(".pq-lead")).to_be_visible()
        for part in (page.locator(".pq-header"), page.locator("#pq-ask"), card.locator(".pq-actions")):
            expect(part).to_be_hidden()
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.evaluate(shown) == [True, True]

    def test_a_good_answer_is_praised_and_that_is_kept(self, page: Page, open_page: OpenPage) -> None:
        card = answer(page, ODI)
        card.get_by_role("button", name="有用").click()
        expect(card.locator(".pq-done")).to_have_text("谢谢,已记下。")
        expect(card.get_by_role("button", name="不对")).to_be_disabled()
        assert decided(open_page) > 0

    def test_a_wrong_answer_is_rejected_with_a_reason(self, page: Page, open_page: OpenPage) -> None:
        before = decided(open_page)
        card = answer(page, "第12条由谁牵头?")
        card.get_by_role("button", name="不对").click()
        card.get_by_label("补充说明(可不填)").fill("应为区商务委")
        card.get_by_role("button", name="部门不对").click()
        expect(card.locator(".pq-done")).to_have_text("谢谢,已记下。")
        assert decided(open_page) == before + 1


def decided(open_page: OpenPage) -> int:
    """How many answers were judged so far, as the operator sees it."""
    page = open_page("/evaluation", role="operator")
    page.get_by_role("tab", name="使用情况").click()
    tile = page.locator("#pq-usage .pq-tiles div").filter(has_text="已有判断").locator("dd")
    expect(tile).to_be_visible()
    return int(tile.inner_text())


class TestHistory:
    def test_what_was_asked_stays_in_the_browser_until_it_is_cleared(self, page: Page) -> None:
        answer(page, ODI)
        page.reload()
        expect(page.locator(".pq-turn .pq-lead")).to_have_text("区服务发展办")
        expect(answer(page, "那配合单位呢?").locator(".pq-asked")).to_contain_text("区商务委")
        page.get_by_role("button", name="清除记录").click()
        expect(page.locator(".pq-welcome")).to_be_visible()
        page.reload()
        expect(page.locator(".pq-welcome")).to_be_visible()
        expect(page.locator(".pq-turn")).to_have_count(0)

    def test_another_browser_sees_nothing_of_it(self, page: Page, open_page: OpenPage) -> None:
        answer(page, ODI)
        expect(open_page().locator(".pq-welcome")).to_be_visible()

    def test_what_was_being_written_survives_a_reload(self, page: Page) -> None:
        page.get_by_label("您的问题").press_sequentially("还没写完的")
        page.reload()
        expect(page.get_by_label("您的问题")).to_have_value("还没写完的")


def test_an_example_is_asked_with_one_click(page: Page) -> None:
    page.get_by_role("button", name="第23条是哪个部门牵头?").click()
    expect(page.locator(".pq-answer .pq-lead")).to_have_text("区司法局 · 区数据局")


def test_nothing_typed_gets_a_polite_sentence(page: Page) -> None:
    page.get_by_role("button", name="提问").click()
    expect(page.locator(".pq-error")).to_contain_text("请先写下您要问的事")


def test_html_in_a_question_is_shown_as_text_and_never_runs(page: Page) -> None:
    card = answer(page, HOSTILE)
    expect(card.locator(".pq-lead")).to_have_text("区服务发展办")
    expect(page.locator(".pq-question")).to_contain_text("<script>document.title=2</script>")
    assert page.title() == "政策问答"
    assert page.locator(".pq-turn img").count() == 0


def test_a_question_is_asked_and_its_original_read_by_keyboard_alone(page: Page) -> None:
    expect(page.locator(".pq-welcome")).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#pq-question textarea')"):
            break
    page.keyboard.type("第12条由谁牵头?")
    page.keyboard.press("Enter")
    expect(page.locator(".pq-answer")).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.textContent") == "看原文":
            break
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid", "where the keyboard is must be seen"
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("h1")).to_contain_text("第12条")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_on_a_phone_nothing_is_cut_off(open_page: OpenPage, artefacts: Path) -> None:
    page = open_page(viewport=PHONE, has_touch=True)
    card = answer(page, ODI)
    expect(card.locator(".pq-lead")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    card.get_by_role("link", name="看原文").tap()
    box = page.get_by_role("dialog").bounding_box()
    assert box is not None
    assert box["width"] <= PHONE["width"]
    page.screenshot(path=artefacts / "phone.png")


@pytest.mark.parametrize(
    ("question", "role", "said"),
    [
        ("Which office handles overseas investment filing (ODI)?", "Lead department", "Services Development Office"),
        ("公司想去越南設廠,ODI備案找哪個部門?", "牽頭單位", "第12條"),
        ("ベトナムに工場を建てたいのですが、ODI届出はどの部門ですか。", "主管部門", "Services Development Office"),
    ],
)
def test_the_card_speaks_the_language_of_the_question(page: Page, question: str, role: str, said: str) -> None:
    card = answer(page, question)
    expect(card.locator(".pq-role")).to_have_text(role)
    expect(card.locator(".pq-lead")).to_have_text("区服务发展办")
    expect(card).to_contain_text(said)


def test_the_page_itself_speaks_english_by_a_switch(page: Page) -> None:
    page.get_by_role("link", name="English").click()
    expect(page.get_by_label("Your question")).to_be_visible()
    page.wait_for_function("document.documentElement.lang === 'en'")
    page.get_by_label("Your question").fill("Which office handles overseas investment filing (ODI)?")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Original text").click()
    expect(page.get_by_role("dialog")).to_contain_text("Lead department")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="中文").click()
    expect(page.locator(".pq-turn .pq-lead")).to_have_text("区服务发展办")
    page.wait_for_function("document.documentElement.lang === 'zh-CN'")


def test_light_and_dark_follow_the_system_until_the_person_chooses(open_page: OpenPage) -> None:
    page = open_page(color_scheme="dark")
    shade = "getComputedStyle(document.querySelector('.gradio-container')).backgroundColor"
    expect(page.locator(".pq-welcome")).to_be_visible()
    page.wait_for_function(f"{shade} === 'rgb(21, 27, 33)'")
    page.get_by_role("button", name="切换深浅色").click()
    page.wait_for_function(f"{shade} === 'rgb(255, 255, 255)'")
    page.reload()
    expect(page.locator(".pq-welcome")).to_be_visible()
    page.wait_for_function(f"{shade} === 'rgb(255, 255, 255)'")


def test_every_request_goes_to_the_pages_own_origin(open_page: OpenPage, site: str) -> None:
    page = open_page("/sign-in", role="operator")
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    page.goto(site)
    answer(page, "第12条是什么").get_by_role("link", name="看原文").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    for path, content in PAGES.items():
        page.goto(f"{site}{path}")
        expect(page.locator(content).first).to_be_visible()
    hosts = {urlsplit(url).netloc for url in urls if urlsplit(url).scheme not in ("data", "blob")}
    assert hosts == {urlsplit(site).netloc}


def test_the_box_is_usable_while_the_answer_is_searched(page: Page) -> None:
    ask(page, ODI)
    expect(page.get_by_label("您的问题")).to_be_editable()
    expect(page.locator(".pq-answer")).to_be_visible()
