"""The doctor asks a language model server what models it has, and never shows the key."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from api.doctor import Finding
from api.doctor.language_model import check
from ingest.settings import Settings

KEY = "sk-secret"
Answer = tuple[int, object]
Look = Callable[..., Finding]


@pytest.fixture
def answers() -> Iterator[list[Answer]]:
    """What the server says to GET /v1/models, as status and body; its port comes first."""
    given: list[Answer] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_asked = self.path == "/v1/models" and self.headers["Authorization"] == f"Bearer {KEY}"
            status, body = given[-1] if is_asked else (401, None)
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    given.append((server.server_port, None))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield given
    server.shutdown()
    server.server_close()


@pytest.fixture
def look(answers: list[Answer], settings: Settings) -> Look:
    port = answers[0][0]

    def find(answer: Answer, **more: object) -> Finding:
        answers.append(answer)
        url = f"http://127.0.0.1:{port}/v1"
        set_to = {"llm_base_url": url, "llm_model": "qwen", "llm_api_key": KEY, **more}
        (finding,) = check(Settings.model_validate({**settings.model_dump(), **set_to}), 0)
        assert KEY not in finding.seen + finding.remedy
        return finding

    return find


LISTED: Answer = (200, {"data": [{"id": "qwen"}, {"id": "other"}]})


def test_a_server_that_has_the_model_is_well(look: Look) -> None:
    assert look(LISTED).state == "ok"


def test_the_key_may_be_in_a_file(look: Look, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n", encoding="utf-8")
    assert look(LISTED, llm_api_key="", llm_api_key_file=tmp_path / "key").state == "ok"
    assert "密钥文件" in look(LISTED, llm_api_key_file=tmp_path / "none").seen


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        ((200, {"data": [{"id": "other"}]}), "other"),
        ((401, None), "不接受密钥"),
        ((404, None), "404"),
        ((200, b"<html>"), "OpenAI"),
        ((200, {"models": []}), "OpenAI"),
        ((200, []), "OpenAI"),
    ],
)
def test_whatever_else_it_says_is_to_be_looked_at(answer: Answer, seen: str, look: Look) -> None:
    finding = look(answer)
    assert (finding.state, seen in finding.seen) == ("attention", True)
    assert finding.remedy


def test_a_server_that_is_down_is_to_be_looked_at_and_answers_go_on(look: Look) -> None:
    finding = look(LISTED, llm_base_url="http://user:password@127.0.0.1:9/v1")
    assert "password" not in finding.seen
    assert (finding.state, "没有应答" in finding.seen) == ("attention", True)
    assert "答复照常" in finding.remedy


def test_a_local_file_must_be_a_model(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    with_file = settings.model_copy(update={"llm_gguf": file})
    (missing,) = check(with_file, 0)
    file.write_bytes(b"text")
    (wrong,) = check(with_file, 0)
    assert (missing.state, wrong.state) == ("failed", "failed")
    assert "GGUF" in wrong.seen
