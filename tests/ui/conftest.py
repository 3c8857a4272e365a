import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from ingest.settings import Settings
from tests.conftest import copy_project

START_LIMIT_S = 60
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def project(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A copy of the project's corpus and index, with a store of its own."""
    return copy_project(settings, tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def site(project: Settings) -> Iterator[str]:
    """Address of the real server, as `policyqa serve` starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "POLICYQA_CORPUS_DIR": str(project.corpus_dir),
        "POLICYQA_DATA_DIR": str(project.data_dir),
    }
    command = [str(Path(sys.executable).with_name("policyqa")), "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + START_LIMIT_S
        while not _is_ready(url):
            assert server.poll() is None, "the server ended while starting"
            assert time.monotonic() < deadline, "the server did not start in time"
            time.sleep(0.2)
        yield url
    finally:
        server.terminate()
        server.wait()


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz").is_success
    except httpx.TransportError:
        return False


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    page.goto(site)
    yield page
    page.close()
