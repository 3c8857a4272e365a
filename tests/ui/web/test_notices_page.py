"""An operator adds a notice in a real browser, puts right what was misunderstood, and takes it out again."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from api.signing_in.access import COOKIE
from api.store import Store
from ingest.settings import Settings
from tests.conftest import copy_project
from tests.ingest.uploads import GUESSED_ID, MARKUP, ODD_LINE, TEXT, write_upload
from tests.ui.web.asking import answer
from tests.ui.web.conftest import DESKTOP, OpenPage, free_port, serving

QUESTION = "青浦区的公司想建公共海外仓,由哪个部门负责?"
PATIENCE_MS = 120_000
CODE = f'"><img src=x onerror="document.title=1">{MARKUP}'


@pytest.fixture(scope="module")
def own_site(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A server over a corpus that may be changed, and an operator's key to it."""
    project = copy_project(settings, tmp_path_factory.mktemp("notices"))
    with closing(Store(project.store)) as store:
        key = store.keys.add("运营一号", "operator", "管理员", datetime.now(UTC))
    with serving(project, free_port()) as url:
        yield url, key


@pytest.fixture
def page(browser: Browser, own_site: tuple[str, str]) -> Iterator[Page]:
    url, key = own_site
    context = browser.new_context(viewport=DESKTOP, locale="zh-CN")
    context.add_cookies([{"name": COOKIE, "value": key, "url": url}])
    page = context.new_page()
    page.goto(f"{url}/notices")
    yield page
    context.close()


def upload(page: Page, path: Path) -> None:
    page.locator("#pq-notice-file input[type=file]").set_input_files(path)
    expect(page.locator("#pq-notice-file")).to_contain_text(path.stem[:2])
    page.get_by_role("button", name="读一读").click()


def test_a_notice_is_corrected_published_asked_about_and_removed(
    page: Page, own_site: tuple[str, str], tmp_path: Path, artefacts: Path
) -> None:
    upload(page, write_upload(tmp_path))
    form = page.locator("#pq-understood")
    expect(form).to_contain_text(f"将收录为 {GUESSED_ID}")
    expect(form.locator("fieldset.pq-unsure legend").first).to_contain_text("M2")
    expect(form.locator("fieldset legend").nth(2)).to_contain_text("M2")
    expect(page.locator(f"#line-{ODD_LINE}")).to_contain_text("培育海外仓企业")
    page.screenshot(path=artefacts / "notices.png", full_page=True)

    page.get_by_role("button", name="发布").click()
    expect(page.locator("#pq-published")).to_contain_text(f"第{ODD_LINE}行")

    form.locator("[data-element=M2][data-field=responsible]").fill("区商务委、区文旅局")
    form.get_by_label("看过,没有问题").check()
    page.get_by_role("button", name="发布").click()
    expect(page.locator("#pq-published")).to_contain_text("区文旅局")
    form.locator("[data-element=M2][data-field=responsible]").fill("区税务局、区商务委")
    page.get_by_role("button", name="发布").click()
    expect(page.locator("#pq-published")).to_contain_text(f"已发布 {GUESSED_ID}", timeout=PATIENCE_MS)

    url, _ = own_site
    page.goto(url)
    card = answer(page, QUESTION)
    expect(card).to_contain_text("区税务局")
    expect(card).not_to_contain_text("另行明确")

    page.goto(f"{url}/notices")
    page.get_by_role("tab", name="已收录的通知").click()
    expect(page.locator("#pq-loaded")).to_contain_text(GUESSED_ID)
    page.get_by_label("要移去的通知").click()
    page.get_by_role("option", name=GUESSED_ID).click()
    page.get_by_role("button", name="移去", exact=True).click()
    expect(page.locator("#pq-removed")).to_contain_text("确定吗")
    page.get_by_role("button", name="确定移去").click()
    expect(page.locator("#pq-removed")).to_contain_text("已移去", timeout=PATIENCE_MS)
    expect(page.locator("#pq-loaded")).not_to_contain_text(GUESSED_ID)
    asked = httpx.post(f"{url}/v1/ask", json={"question": QUESTION}, timeout=60).json()
    assert all(not each["id"].startswith(GUESSED_ID) for each in asked["citations"])


def test_markup_in_a_document_is_text(page: Page, tmp_path: Path) -> None:
    text = TEXT.replace("开办跨境直播基地", CODE)
    upload(page, write_upload(tmp_path, text, "青浦.txt"))
    expect(page.locator(".pq-lines")).to_contain_text(MARKUP)
    expect(page.locator("[data-element=M1][data-field=title]")).to_have_value(CODE)
    assert page.title() == "政策问答"
    assert page.locator("#pq-form img, #pq-form script").count() == 0


def test_what_cannot_be_read_is_said(page: Page, tmp_path: Path) -> None:
    page.get_by_role("button", name="读一读").click()
    expect(page.locator("#pq-form")).to_contain_text("请先选择一个通知文件")
    upload(page, write_upload(tmp_path, "没有条目。", "空的.txt"))
    expect(page.locator("#pq-form .pq-error")).to_contain_text("没有读到")
    expect(page.get_by_role("button", name="发布")).to_be_hidden()


def test_the_page_is_for_operators(open_page: OpenPage) -> None:
    expect(open_page("/notices").locator(".pq-closed")).to_contain_text("运营人员")
    expect(open_page("/notices", role="agent").locator(".pq-closed")).to_contain_text("运营人员")


def test_it_speaks_english_too(open_page: OpenPage) -> None:
    page = open_page("/en/notices", role="operator")
    expect(page.get_by_role("button", name="Read it")).to_be_visible()
