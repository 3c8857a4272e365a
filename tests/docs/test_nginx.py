"""The real nginx configuration: alone, in front of a server that tells what reached it, and in front of the product."""

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from bench.browser import chromium
from tests.docs.conftest import Nginx, Site, StartNginx, nginx_config
from tests.docs.layout import tool
from tests.model_server import Say
from tests.ui.web.asking import answer

QUESTION = {"question": "我们公司想去越南设厂,ODI备案找哪个部门?"}
EVENTS_APART_S = 0.6


class Echo(BaseHTTPRequestHandler):
    """Answers with what reached it; /v1/ask/stream and the event stream of the pages in two parts, some time apart."""

    protocol_version = "HTTP/1.1"
    seen: list[str]

    def do_GET(self) -> None:
        self.seen.append(self.path)
        told = json.dumps({"path": self.path, **{name.lower(): value for name, value in self.headers.items()}}).encode()
        self.send_response(200)
        self.send_header(
            "Content-Type", "text/event-stream" if "stream" in self.path or "queue" in self.path else "a/b"
        )
        self.send_header("Content-Length", str(len(told) * 2))
        self.end_headers()
        self.wfile.write(told)
        self.wfile.flush()
        if "stream" in self.path or "queue" in self.path:
            time.sleep(EVENTS_APART_S)
        self.wfile.write(b" " * len(told))

    def log_message(self, *_: object) -> None:
        """Nothing."""


class _Crowded(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


@pytest.fixture(scope="module")
def echo() -> Iterator[tuple[list[str], int]]:
    """What has reached the server so far, and its port."""
    seen: list[str] = []
    server = _Crowded(("127.0.0.1", 0), type("Here", (Echo,), {"seen": seen}))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield seen, server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def proxied(echo: tuple[list[str], int], start_nginx: StartNginx) -> Nginx:
    return start_nginx([echo[1], echo[1]])


def told(nginx: Nginx, path: str, **headers: str) -> dict[str, str]:
    """What reaches the server when a client at 127.0.0.2 asks for ``path``."""
    with httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.2")) as client:
        answered: dict[str, str] = client.get(f"{nginx.url}{path}", headers=headers).json()
    return answered


def curl(*arguments: str) -> str:
    """The status of each response, one a line."""
    command = [tool("curl"), "--silent", "--write-out", "%{http_code}\\n", "--output", "/dev/null", *arguments]
    return subprocess.run(command, capture_output=True, text=True).stdout


def first_and_last(url: str, **more: object) -> tuple[float, float]:
    """Seconds until the first piece of a response came, and until the last."""
    started = time.perf_counter()
    with httpx.stream("POST" if more else "GET", url, timeout=30, **more) as response:  # type: ignore[arg-type]  # httpx options as they come
        assert response.status_code == httpx.codes.OK
        times = [time.perf_counter() - started for _ in response.iter_raw()]
    return times[0], times[-1]


@pytest.mark.parametrize("upstream", ["upstream-systemd.conf", "upstream-compose.conf"])
def test_nginx_finds_no_fault_in_the_configuration(tmp_path: Path, upstream: str) -> None:
    config = nginx_config(tmp_path, 8080, [8001, 8002], upstream)
    tested = subprocess.run(
        [tool("nginx"), "-t", "-p", str(tmp_path), "-c", str(config), "-e", "stderr"], capture_output=True, text=True
    )
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr


@pytest.mark.parametrize("path", ["/v1/notices", "/v1/ask/stream", "/", "/en/gradio_api/queue/data"])
def test_the_servers_are_told_who_called_and_not_what_the_caller_claims(proxied: Nginx, path: str) -> None:
    reached = told(proxied, path, **{"X-Forwarded-For": "8.8.8.8", "X-Forwarded-Proto": "https"})
    assert reached["x-forwarded-for"] == "127.0.0.2"
    assert reached["x-forwarded-proto"] == "http"
    assert reached["host"] == proxied.url.removeprefix("http://")


def test_a_request_keeps_the_id_that_the_caller_gave_it(proxied: Nginx) -> None:
    assert told(proxied, "/v1/notices", **{"X-Request-ID": "ticket-17"})["x-request-id"] == "ticket-17"


def test_a_page_may_ask_for_a_web_socket(proxied: Nginx) -> None:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket"}
    reached = told(proxied, "/gradio_api/queue/join", **upgrade)
    assert (reached["connection"], reached["upgrade"]) == ("upgrade", "websocket")


@pytest.mark.parametrize("path", ["/v1/ask/stream", "/v1/chat/completions?stream", "/gradio_api/queue/data"])
def test_events_are_passed_on_as_they_come(proxied: Nginx, path: str) -> None:
    first, last = first_and_last(f"{proxied.url}{path}")
    assert first < EVENTS_APART_S / 2 < EVENTS_APART_S <= last


@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "//metrics", "/%6detrics", "/v1/../metrics", "/metrics?a=b"])
def test_the_figures_are_not_shown_outside(proxied: Nginx, echo: tuple[list[str], int], path: str) -> None:
    before = len(echo[0])
    assert curl("--path-as-is", f"{proxied.url}{path}") == "404\n"
    assert len(echo[0]) == before


def test_a_flood_from_one_address_is_turned_away_and_others_are_served(proxied: Nginx) -> None:
    flood = ["--parallel", "--parallel-immediate", "--parallel-max", "50", "--interface", "127.0.0.3"]
    statuses = set(curl(*flood, f"{proxied.url}/v1/notices?[1-300]").split())
    assert statuses == {"200", "429"}
    assert told(proxied, "/v1/notices")["path"] == "/v1/notices"


def test_what_people_ask_in_an_address_is_not_logged(proxied: Nginx) -> None:
    told(proxied, "/v1/measures?q=13800000000")
    log = proxied.access_log.read_text(encoding="utf-8")
    assert "GET /v1/measures" in log
    assert "13800000000" not in log


def test_questions_are_shared_among_the_replicas(site: Site) -> None:
    for _ in range(4):
        assert httpx.post(f"{site.nginx.url}/v1/ask", json=QUESTION, timeout=30).json()["status"] == "answered"
    log = site.nginx.access_log.read_text(encoding="utf-8")
    assert all(f"127.0.0.1:{port}" in log for port in (site.unit_port, site.image_port))


def test_an_answer_that_is_being_written_arrives_as_it_is_written(site: Site) -> None:
    site.model.script = [Say("这件事由相关部门办理。", size=1, pause_s=0.1)]
    first, last = first_and_last(f"{site.nginx.url}/v1/ask/stream", json=QUESTION)
    assert last - first > 0.5


def test_the_question_page_answers_through_nginx(site: Site) -> None:
    site.model.script = []
    with chromium() as browser:
        page = browser.new_page()
        page.goto(site.nginx.url)
        expect(answer(page, QUESTION["question"])).to_contain_text("区商务委")
