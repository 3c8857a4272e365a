"""When the service fails while somebody is at it: what they see, and how it goes on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from api.serving import RETRY_S
from ingest.settings import Settings
from tests.conftest import copy_project
from tests.ui.web.asking import answer, ask
from tests.ui.web.conftest import free_port, serving

ODI = "公司境外投资备案找谁?"


@pytest.fixture
def own_project(settings: Settings, tmp_path: Path) -> Settings:
    return copy_project(settings, tmp_path)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(locale="zh-CN")
    yield page
    page.close()


def test_without_an_index_the_question_stays_and_is_answered_once_there_is_one(
    page: Page, own_project: Settings, tmp_path: Path
) -> None:
    index, aside = own_project.data_dir / "index", tmp_path / "aside"
    shutil.move(index, aside)
    with serving(own_project, free_port(), "/healthz") as url:
        page.goto(url)
        ask(page, ODI)
        expect(page.locator(".pq-error")).to_contain_text("policyqa ingest")
        expect(page.get_by_label("您的问题")).to_have_value(ODI)
        shutil.move(aside, index)
        # The server looks for an index again only after a moment.
        page.wait_for_timeout((RETRY_S + 0.5) * 1000)
        page.get_by_role("button", name="再试一次").click()
        expect(page.locator(".pq-answer .pq-lead")).to_have_text("区服务发展办")
        page.close()


def test_a_server_that_is_gone_is_said_to_be_gone_and_work_goes_on_when_it_is_back(
    page: Page, own_project: Settings
) -> None:
    port = free_port()
    with serving(own_project, port) as url:
        page.goto(url)
        answer(page, ODI)
    page.get_by_label("您的问题").press_sequentially("第23条由谁牵头?")
    expect(page.locator(".pq-offline")).to_contain_text("暂时连不上服务", timeout=20_000)
    with serving(own_project, port):
        expect(page.locator(".pq-offline")).to_be_hidden(timeout=20_000)
        expect(page.locator(".pq-turn .pq-lead")).to_have_text("区服务发展办")
        expect(page.get_by_label("您的问题")).to_have_value("第23条由谁牵头?")
        page.get_by_role("button", name="提问").click()
        expect(page.locator(".pq-turn").nth(1).locator(".pq-lead")).to_have_text("区司法局 · 区数据局")
        page.close()
