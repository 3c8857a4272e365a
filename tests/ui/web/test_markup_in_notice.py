"""A notice with HTML in it: on every page it is text, and nothing in it runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ingest.index.indexing import ingest
from ingest.settings import Settings
from tests.conftest import copy_project
from tests.progress import silent
from tests.ui.web.asking import answer
from tests.ui.web.conftest import free_port, serving

CODE = '<img src=x onerror="document.title=1"><script>document.title=2</script>'


@pytest.fixture(scope="module")
def hostile_site(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    project = copy_project(settings, tmp_path_factory.mktemp("hostile"))
    notice = Path(project.corpus_dir / "hongkou-2025" / "notice.txt")
    text = notice.read_text(encoding="utf-8")
    assert "提供海外上市服务、" in text
    notice.write_text(text.replace("提供海外上市服务、", f"提供海外上市服务{CODE}、"), encoding="utf-8")
    ingest(project, silent)
    with serving(project, free_port()) as url:
        yield url


@pytest.fixture
def page(browser: Browser, hostile_site: str) -> Iterator[Page]:
    page = browser.new_page(locale="zh-CN")
    page.goto(hostile_site)
    yield page
    page.close()


def test_in_an_answer_and_beside_it(page: Page) -> None:
    card = answer(page, "第12条原文")
    expect(card.locator("blockquote")).to_contain_text(CODE)
    card.get_by_role("link", name="看原文").click()
    expect(page.get_by_role("dialog").locator("#text")).to_contain_text(CODE)
    assert page.title() == "政策问答"


def test_on_the_pages_of_the_catalogue(page: Page, hostile_site: str) -> None:
    page.goto(f"{hostile_site}/notices/hongkou-2025/M12")
    expect(page.locator("#text")).to_contain_text(CODE)
    assert "第12条" in page.title()
    page.goto(f"{hostile_site}/catalogue?q=海外上市")
    expect(page.locator("#pq-results li")).to_contain_text("第12条")
    assert page.title() == "政策问答"


def test_in_a_ticket_worked_through(page: Page, hostile_site: str) -> None:
    page.goto(f"{hostile_site}/workbench")
    page.get_by_label("工单内容", exact=True).fill("公司想去境外上市,境外投资备案找哪个部门?")
    page.get_by_role("button", name="处理工单").click()
    expect(page.get_by_label("诉求1").locator("blockquote").first).to_contain_text(CODE)
    assert page.title() == "政策问答"
