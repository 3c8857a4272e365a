"""Slow and too many: what does not come is given up, what cannot be served is refused at once. On a real server."""

import json
import re
import socket
from contextlib import ExitStack
from urllib.parse import urlsplit

import httpx
import pytest

from api.guards import body_limit, overload
from ingest.settings import Settings
from tests.api.conftest import GRACE_S, Serve
from tests.api.test_errors import assert_error
from tests.model_server import Say, ScriptedModel, Wait

HEAD = "POST /v1/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
QUESTION = json.dumps({"question": "境外投资备案找谁?"}).encode()


def begin(url: str, body: bytes) -> socket.socket:
    """A question of which ``body`` is sent and the rest is not."""
    address = urlsplit(url)
    connection = socket.create_connection((address.hostname or "", address.port or 0), timeout=GRACE_S)
    connection.sendall(HEAD.format(length=len(QUESTION)).encode() + body)
    return connection


def read_to_end(connection: socket.socket) -> str:
    return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


class TestSlowBody:
    @pytest.fixture
    def url(self, settings: Settings, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> str:
        monkeypatch.setattr(body_limit, "MAX_BODY_S", 0.3)
        return serve(settings)

    @pytest.mark.parametrize("sent", [b"", QUESTION[:-1]])
    def test_it_is_given_up_with_an_error_and_the_connection_is_closed(self, url: str, sent: bytes) -> None:
        with begin(url, sent) as connection:
            said = read_to_end(connection)
        assert re.match(r"HTTP/1\.1 400 ", said)
        assert json.loads(said.partition("\r\n\r\n")[2])["error"]["code"] == "body_too_slow"

    def test_a_stop_and_go_does_not_put_the_deadline_off(self, url: str) -> None:
        with begin(url, b"") as connection:
            connection.settimeout(0.05)
            said, at = b"", 0
            while not said and at < len(QUESTION) - 1:
                connection.sendall(QUESTION[at : at + 1])
                at += 1
                try:
                    said = connection.recv(65536)
                except TimeoutError:
                    continue
        assert b"body_too_slow" in said

    def test_an_answer_that_takes_longer_is_not_cut_off(
        self, own_settings: Settings, serve: Serve, model: ScriptedModel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(body_limit, "MAX_BODY_S", 0.05)
        model.script = [Wait(0.3), Say("请找区服务发展办。")]
        url = serve(model.settings(own_settings, llm_uses=("wording",)))
        answered = httpx.post(f"{url}/v1/ask", json=json.loads(QUESTION))
        assert answered.json()["timings_ms"]["total"] > 300


class TestTooMany:
    @pytest.fixture
    def url(self, settings: Settings, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> str:
        monkeypatch.setattr(overload, "MAX_AT_ONCE", 0)
        return serve(settings)

    @pytest.mark.parametrize(
        ("method", "path"), [("POST", "/v1/ask"), ("POST", "/v1/ask/stream"), ("GET", "/v1/notices")]
    )
    def test_it_is_refused_at_once_in_the_shape_of_the_contract(self, url: str, method: str, path: str) -> None:
        body = QUESTION if method == "POST" else None
        refused = httpx.request(method, url + path, content=body, headers={"Content-Type": "application/json"})
        assert_error(refused, 503, "busy")
        assert refused.headers["Retry-After"] == "1"

    def test_probes_are_answered(self, url: str) -> None:
        assert [httpx.get(url + path).status_code for path in ("/healthz", "/metrics")] == [200, 200]

    def test_places_are_given_back_and_bodies_on_their_way_hold_none(
        self, settings: Settings, serve: Serve, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(overload, "MAX_AT_ONCE", 1)
        url = serve(settings)
        with ExitStack() as stack:
            for _ in range(5):
                stack.enter_context(begin(url, QUESTION[:-1]))
            for _ in range(3):
                assert httpx.get(f"{url}/v1/notices").is_success
                assert httpx.post(f"{url}/v1/ask", json=json.loads(QUESTION)).is_success
                assert httpx.post(f"{url}/v1/ask", json={}).status_code == 422
