"""Signing in at the organisation's provider in a real browser, on the real server; and what its log says of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from api.signing_in.staff import SESSION_COOKIE
from ingest.settings import Settings
from tests.conftest import copy_project
from tests.oidc_provider import CLIENT_SECRET, SESSION_SECRET, OidcProvider, oidc_provider
from tests.ui.cli.test_serving import serving


@pytest.fixture(scope="module")
def provider() -> Iterator[OidcProvider]:
    with oidc_provider() as provider:
        provider.has_page = True
        yield provider


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "log"


@pytest.fixture(scope="module")
def oidc_site(
    settings: Settings, provider: OidcProvider, log: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The server with the provider and without any key; its log tells all that it can."""
    set_up = {f"POLICYQA_{name.upper()}": _written(value) for name, value in provider.environment().items()}
    project = copy_project(settings, tmp_path_factory.mktemp("oidc"))
    with serving(project, log, POLICYQA_LOG_LEVEL="DEBUG", **set_up) as url:
        yield url


def _written(value: Any) -> str:  # noqa: ANN401 - settings of any kind
    return value if isinstance(value, str) else json.dumps(value)


@pytest.mark.parametrize(
    ("prefix", "button", "out"), [("", "用统一登录", "退出"), ("/en", "Single sign-on", "Sign out")]
)
def test_staff_come_back_to_the_page_where_they_set_out(
    browser: Browser, oidc_site: str, prefix: str, button: str, out: str
) -> None:
    with browser.new_context(locale="zh-CN") as context:
        page = context.new_page()
        page.goto(f"{oidc_site}{prefix}/workbench")
        page.locator(".pq-closed a").click()
        page.get_by_role("link", name=button).click()
        page.get_by_text("我是王敏").click()
        expect(page.locator("#pq-ticket textarea")).to_be_visible()
        assert page.evaluate("location.pathname") == f"{prefix}/workbench"
        expect(page.locator(".pq-tools")).to_contain_text("王敏(wangmin)")
        (cookie,) = context.cookies()
        assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == (SESSION_COOKIE, True, "Lax")
        assert page.evaluate("document.cookie") == ""
        page.get_by_role("button", name=out).click()
        expect(page.locator(".pq-welcome")).to_be_visible()
        assert context.cookies() == []


def test_who_has_no_role_is_told_so_and_led_back(browser: Browser, oidc_site: str, provider: OidcProvider) -> None:
    provider.person = {**provider.person, "groups": ["全体职工"]}
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{oidc_site}/sign-in")
        page.get_by_role("link", name="用统一登录").click()
        page.get_by_text("我是王敏").click()
        expect(page.get_by_role("alert")).to_contain_text("“王敏(wangmin)”还没有使用工作台的权限")
        page.get_by_role("link", name="回到登录页").click()
        expect(page.get_by_label("密钥")).to_be_visible()


def test_nothing_secret_of_all_that_is_in_the_log(oidc_site: str, provider: OidcProvider, log: Path) -> None:
    provider.has_page = False
    with httpx.Client(base_url=oidc_site, follow_redirects=True) as client:
        assert client.get("/sign-in/oidc?next=/v1/session").status_code in (200, 403)
        provider.alter = lambda claims: {**claims, "nonce": "another"}
        assert client.get("/sign-in/oidc").status_code == 401
    said = log.read_text(encoding="utf-8", errors="replace")
    assert "DEBUG" in said
    assert "sign-in refused: InvalidClaimError" in said
    assert len(provider.tokens) >= 4
    asked = [each[name] for each in provider.asked for name in ("state", "nonce", "code_challenge")]
    secrets = (CLIENT_SECRET, SESSION_SECRET, *provider.tokens, *provider.codes, *provider.verifiers, *asked)
    assert not [secret for secret in secrets if secret in said]


def test_with_keys_alone_there_is_no_such_way(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site}/sign-in")
        expect(page.get_by_label("密钥")).to_be_visible()
        assert page.get_by_role("link", name="用统一登录").count() == 0
