"""A person types a question in a real browser and reads the department, the measure and the proof."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

from ingest.settings import Settings


def ask(page: Page, question: str) -> None:
    page.get_by_label("您的问题").fill(question)
    page.keyboard.press("Enter")


def test_a_question_is_answered_with_department_measure_and_quote(page: Page, settings: Settings) -> None:
    ask(page, "我们公司想去越南设厂,ODI备案找哪个部门?")
    card = page.locator(".pq-card")
    expect(card.locator(".pq-lead")).to_have_text("区服务发展办")
    expect(card.locator(".pq-measure")).to_contain_text("第12条")
    expect(card.locator("blockquote")).to_contain_text("ODI备案指导(境外投资备案指导)")
    artefacts = settings.data_dir / "artefacts"
    artefacts.mkdir(exist_ok=True)
    page.screenshot(path=artefacts / "answer.png")


def test_a_follow_up_is_understood_from_what_was_said_before(page: Page) -> None:
    ask(page, "我们公司想去越南设厂,ODI备案找哪个部门?")
    expect(page.locator(".pq-card")).to_have_count(1)
    ask(page, "那配合单位呢?")
    expect(page.locator(".pq-card").last.locator(".pq-asked")).to_contain_text(
        "区商务委、区发展改革委、区司法局、区税务局"
    )


def test_the_link_opens_the_full_measure(page: Page) -> None:
    ask(page, "第43条由谁牵头?")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="看全文").click()
    full = opened.value
    expect(full.locator("h1")).to_contain_text("第43条")
    expect(full.locator("#text")).to_contain_text("对多次重复涉企投诉")
    expect(full.get_by_label("正文与附件不一致")).to_contain_text("附件2:“区信访办”")


def test_an_example_question_can_be_asked_with_one_click_and_enter(page: Page) -> None:
    page.get_by_text("第23条是哪个部门牵头?").click()
    expect(page.get_by_label("您的问题")).to_have_value("第23条是哪个部门牵头?")
    page.get_by_role("button", name="提问").click()
    expect(page.locator(".pq-lead")).to_have_text("区司法局、区数据局")


def test_nothing_typed_gets_a_polite_sentence(page: Page) -> None:
    page.get_by_role("button", name="提问").click()
    expect(page.locator(".pq-card")).to_contain_text("请先写下您要问的事")


def test_html_in_a_question_is_shown_as_text_and_never_runs(page: Page) -> None:
    ask(page, '<img src=x onerror="document.title=1">第12条是什么<script>document.title=2</script>')
    expect(page.locator(".pq-lead")).to_have_text("区服务发展办")
    assert page.title() == "政策问答"


def test_every_request_goes_to_the_pages_own_origin(browser: Browser, site: str) -> None:
    page = browser.new_page()
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    page.goto(site)
    ask(page, "第12条是什么")
    expect(page.locator(".pq-lead")).to_be_visible()
    hosts = {urlsplit(url).netloc for url in urls if urlsplit(url).scheme in ("http", "https")}
    assert hosts == {urlsplit(site).netloc}
    page.close()
