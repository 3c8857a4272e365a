import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, expect

from api.contract import KeyRole
from api.signing_in.access import COOKIE
from api.store import Store
from bench.browser import chromium
from ingest.settings import Settings
from tests.conftest import copy_project

# Slow machines are not wrong.
expect.set_options(timeout=15_000)

START_LIMIT_S = 60
STOP_LIMIT_S = 1
DESKTOP: ViewportSize = {"width": 1100, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
KEY_ROLES: tuple[KeyRole, ...] = ("agent", "reviewer", "operator")

PAGES = {
    "/": "#pq-log h1",
    "/catalogue": "#pq-results li",
    "/map": "#pq-network svg",
    "/workbench": "#pq-ticket textarea",
    "/evaluation": "#pq-evaluation .pq-card",
    "/notices/hongkou-2025/M43": "#text",
    "/departments/区司法局": "h1",
    "/notices": "#pq-notice-file",
    "/sign-in": "#key",
    "/en/": "#pq-log h1",
}
"""The pages of the site, and what is there once a page has settled."""

OpenPage = Callable[..., Page]
"""``open_page(path, role=…, **context options)``: a page of its own browser context, signed in as ``role``."""


@pytest.fixture(scope="session")
def project(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A copy of the project's corpus and index, with a store of its own."""
    return copy_project(settings, tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def keys(project: Settings) -> dict[KeyRole, str]:
    """A key of each role: the site is not open."""
    with closing(Store(project.store)) as store:
        return {role: store.keys.add(f"{role}一号", role, "管理员", datetime.now(UTC)) for role in KEY_ROLES}


@pytest.fixture(scope="session")
def site(project: Settings, keys: dict[KeyRole, str]) -> Iterator[str]:
    """Address of the real server, as `policyqa serve` starts it."""
    # All tests are one visitor, and a quick machine runs many in a minute.
    with serving(project, free_port(), POLICYQA_RATE_LIMITS='{"public": {"read": 100000, "write": 100000}}') as url:
        yield url


@contextmanager
def serving(project: Settings, port: int, sign_of_life: str = "/readyz", **more: str) -> Iterator[str]:
    """A real server over ``project``, until it is left; yields its address once ``sign_of_life`` is answered.

    ``more`` are further environment variables.
    """
    environment = {
        **os.environ,
        "POLICYQA_CORPUS_DIR": str(project.corpus_dir),
        "POLICYQA_DATA_DIR": str(project.data_dir),
        **more,
    }
    command = [str(Path(sys.executable).with_name("policyqa")), "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield wait_until_answered(server, port, sign_of_life)
    finally:
        server.terminate()
        try:
            server.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            # A page that is still open keeps its connection.
            server.kill()
            server.wait()


def wait_until_answered(server: subprocess.Popen[bytes], port: int, sign_of_life: str = "/readyz") -> str:
    """The address of a server that is starting, once it answers there."""
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + START_LIMIT_S
    while not _answers(f"{url}{sign_of_life}"):
        assert server.poll() is None, "the server ended while starting"
        assert time.monotonic() < deadline, "the server did not start in time"
        time.sleep(0.2)
    return url


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(url: str) -> bool:
    try:
        return httpx.get(url).is_success
    except httpx.TransportError:
        return False


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_page(browser: Browser, site: str, keys: dict[KeyRole, str]) -> Iterator[OpenPage]:
    contexts: list[BrowserContext] = []
    refused: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            refused.append(message.text)

    def open_one(path: str = "/", role: KeyRole | None = None, **options: Any) -> Page:  # noqa: ANN401 - playwright's own
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "zh-CN", **options})
        contexts.append(context)
        if role:
            context.add_cookies([{"name": COOKIE, "value": keys[role], "url": site}])
        page = context.new_page()
        page.on("console", note)
        page.goto(f"{site}{path}")
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not refused, "what a page does itself is within its own policy"


@pytest.fixture
def artefacts(settings: Settings) -> Path:
    """Where pictures are left for people to look at."""
    folder = settings.data_dir / "artefacts"
    folder.mkdir(exist_ok=True)
    return folder
