"""Signing in: the pages of the staff open to whoever holds a key with the role, and to nobody else."""

from playwright.sync_api import Page, expect

from api.contract import KeyRole
from api.signing_in.access import COOKIE
from tests.ui.web.conftest import OpenPage


def sign_in(page: Page, key: str) -> None:
    page.get_by_label("密钥").fill(key)
    page.keyboard.press("Enter")


def test_without_a_key_the_workbench_shows_the_way_in(open_page: OpenPage, keys: dict[KeyRole, str]) -> None:
    page = open_page("/workbench")
    expect(page.locator(".pq-closed")).to_contain_text("此页供热线坐席使用,请先登录")
    expect(page.locator("#pq-ticket")).to_be_hidden()
    page.locator(".pq-closed").get_by_role("link", name="登录").click()
    sign_in(page, keys["agent"])
    expect(page.get_by_label("工单内容", exact=True)).to_be_visible()
    expect(page.locator(".pq-tools")).to_contain_text("agent一号")
    assert page.evaluate("location.pathname") == "/workbench"
    page.get_by_role("button", name="退出").click()
    expect(page.locator(".pq-tools")).to_contain_text("登录")
    assert page.context.cookies() == []


def test_the_key_rests_where_no_script_reads_it(open_page: OpenPage, keys: dict[KeyRole, str]) -> None:
    page = open_page("/sign-in?next=/evaluation")
    sign_in(page, f" {keys['agent']} ")
    expect(page.locator("#pq-evaluation")).to_be_visible()
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == (COOKIE, True, "Strict")
    assert keys["agent"] not in page.evaluate("document.cookie + JSON.stringify(localStorage)")


def test_a_wrong_key_is_refused_politely(open_page: OpenPage) -> None:
    page = open_page("/sign-in")
    sign_in(page, "pq_wrong")
    expect(page.locator("#wrong")).to_contain_text("这个密钥不能用")
    assert page.context.cookies() == []


def test_a_role_that_is_too_low_is_told_which_is_needed(open_page: OpenPage) -> None:
    page = open_page("/workbench", role="agent")
    page.get_by_role("tab", name="审核").click()
    expect(page.locator("#pq-candidate")).to_contain_text("需要“审核”或更高权限")


def test_after_signing_in_nobody_is_sent_to_another_site(open_page: OpenPage, keys: dict[KeyRole, str]) -> None:
    for target in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        page = open_page(f"/sign-in?next={target}")
        sign_in(page, keys["agent"])
        expect(page.locator(".pq-welcome")).to_be_visible()
        assert page.evaluate("location.pathname") == "/"


def test_the_question_page_needs_no_key(open_page: OpenPage) -> None:
    expect(open_page().get_by_label("您的问题")).to_be_visible()
