"""The whole service where there is no network: installed, indexed, asked, shown in Chromium, a file uploaded.

    unshare --net python -m bench.no_network

Inside a network namespace without a route. The kernel counts what the server tried to send elsewhere; a hook in the
server, and the browser, tell every address that was asked for.
"""

import fcntl
import json
import re
import socket
import struct
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import FilePayload, Page

from bench.browser import chromium
from bench.project import copied_project
from bench.server import Server, running
from tests.ingest.uploads import TEXT

QUESTION = "我们公司想去越南设厂,ODI备案找哪个部门?"
PAGES = {
    "/": ".pq-welcome",
    "/catalogue": "#pq-results li",
    "/map": "#pq-network svg",
    "/workbench": "#pq-ticket textarea",
    "/evaluation": "#pq-evaluation",
    "/notices": "#pq-notice-file",
    "/notices/hongkou-2025/M43": "#text",
    "/departments/区司法局": "h1",
    "/sign-in": "#key",
    "/en/": "#pq-log h1",
}
"""Every page, and what is there once it has settled."""

_HOOK = """import os, sys
def hook(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
        with open(os.environ["ADDRESSES"], "a") as file:
            print(event, arguments[1] if event != "socket.getaddrinfo" else arguments[0], file=file)
sys.addaudithook(hook)
"""
_LOCAL = re.compile(r"127\.0\.0\.1|localhost|::1|^socket\.connect (b?'?/|b?'\\x00)|None")
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1


def main() -> None:
    """Bring up loopback, run, print what was tried as JSON."""
    bring_up_loopback()
    with TemporaryDirectory() as folder:
        print(json.dumps(report(Path(folder)), ensure_ascii=False))


def bring_up_loopback() -> None:
    """A new network namespace has a loopback device that is down."""
    with socket.socket() as probe:
        request = struct.pack("16sH14x", b"lo", 0)
        flags: int = struct.unpack("16xH14x", fcntl.ioctl(probe, _GET_FLAGS, request))[0]
        fcntl.ioctl(probe, _SET_FLAGS, struct.pack("16sH14x", b"lo", flags | _UP))


def report(folder: Path) -> Mapping[str, object]:
    """What worked, and every attempt to reach another machine."""
    (folder / "sitecustomize.py").write_text(_HOOK, encoding="utf-8")
    _, environment = copied_project(folder)
    addresses = folder / "addresses"
    addresses.touch()
    more = {"PYTHONPATH": str(folder), "ADDRESSES": str(addresses), "HOME": str(folder)}
    before = unroutable()
    policyqa = str(Path(sys.executable).with_name("policyqa"))
    with running([policyqa, "serve"], QUESTION, {**environment, **more}) as server:
        answered = _over_http(server)
        # Chromium itself looks whether there is a network; so far only the server has run.
        kernel = unroutable() - before
        requested, shown = _in_browser(server.url)
    tried = [line for line in addresses.read_text(encoding="utf-8").splitlines() if not _LOCAL.search(line)]
    elsewhere = sorted(url for url in requested if not url.startswith((server.url, "data:", "blob:")))
    return {
        "interfaces": [name for _, name in socket.if_nameindex()],
        "answered": answered,
        "pages": shown,
        "requests": len(requested),
        "browser_elsewhere": elsewhere,
        "server_elsewhere": tried,
        "kernel_unroutable": kernel,
        "kernel_counts": _counts(),
    }


def unroutable() -> int:
    """How often a process of this namespace, in whatever language, had a packet for an address without a route."""
    lines = Path("/proc/net/snmp").read_text(encoding="utf-8").splitlines()
    names, values = (line.split() for line in lines if line.startswith("Ip:"))
    count = int(values[names.index("OutNoRoutes")])
    six = Path("/proc/net/snmp6")
    if six.exists():
        found = re.search(r"Ip6OutNoRoutes\s+(\d+)", six.read_text(encoding="utf-8"))
        count += int(found[1]) if found else 0
    return count


def _counts() -> bool:
    """Whether the count would tell: an attempt to reach an address that is kept for documentation."""
    before = unroutable()
    with socket.socket() as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 80))
    return unroutable() > before


def _over_http(server: Server) -> Mapping[str, int]:
    file = {"file": ("notice.txt", TEXT)}
    table = {"file": ("tickets.csv", "编号,工单内容\n1,想去越南设厂找谁\n")}
    return {
        "ask": server.client.post("/v1/ask", json={"question": QUESTION}).status_code,
        "assist": server.client.post("/v1/assist", json={"text": QUESTION}).status_code,
        "preview": server.client.post("/v1/notices/preview", files=file).status_code,
        "batch": server.client.post("/v1/batches", files=table).status_code,
        "metrics": server.client.get("/metrics").status_code,
    }


def _in_browser(url: str) -> tuple[set[str], list[str]]:
    """The addresses that the pages asked for, and the pages that were shown."""
    requested: set[str] = set()
    shown = []
    with chromium() as browser:
        page = browser.new_page(locale="zh-CN")
        page.on("request", lambda request: requested.add(request.url))
        for path, sign in PAGES.items():
            page.goto(f"{url}{path}")
            page.locator(sign).first.wait_for()
            shown.append(path)
        _ask(page, url)
        _upload(page, url)
    return requested, [*shown, "question", "upload"]


def _ask(page: Page, url: str) -> None:
    page.goto(url)
    page.locator(".pq-welcome").wait_for()
    page.locator("#pq-question textarea").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".pq-answer").wait_for()


def _upload(page: Page, url: str) -> None:
    page.goto(f"{url}/notices")
    file = FilePayload(name="notice.txt", mimeType="text/plain", buffer=TEXT.encode())
    page.locator("#pq-notice-file input[type=file]").set_input_files(file)
    page.locator("#pq-notice-file").get_by_text("notice").first.wait_for()
    page.get_by_role("button", name="读一读").click()
    page.locator("#pq-understood").wait_for()


if __name__ == "__main__":
    main()
