"""A language model server of the tests' own: real HTTP, OpenAI's protocol, and whatever misbehaviour is wanted."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ingest.settings import Settings

_CHUNK = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}


@dataclass(frozen=True, slots=True)
class Say:
    """Text in pieces of so many characters, with a pause before each."""

    text: str
    size: int = 12
    pause_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing for so long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes that are no event, or only half of one."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Refuse:
    """Another status than 200 instead of a stream."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HangUp:
    """The connection closed in the middle."""


Script = Sequence[Say | Wait | Raw | Refuse | HangUp]


@dataclass
class ScriptedModel:
    """Does what ``script`` says on each request; keeps what it was asked, and whether somebody left before the end."""

    url: str = ""
    script: Script | Callable[[dict[str, Any]], Script] = ()
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    request_ids: list[str | None] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)

    def settings(self, settings: Settings, **more: object) -> Settings:
        """Settings with this model."""
        return Settings.model_validate(
            {**settings.model_dump(), "llm_base_url": f"{self.url}/v1", "llm_model": "scripted", **more}
        )


@contextmanager
def scripted_model() -> Iterator[ScriptedModel]:
    """A server on a port of its own."""
    model = ScriptedModel()

    class Handler(_Handler):
        scripted = model

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    scripted: ScriptedModel

    def do_POST(self) -> None:
        model = self.scripted
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model.requests.append(asked)
        model.keys.append(self.headers["Authorization"])
        model.request_ids.append(self.headers["X-Request-ID"])
        script = model.script(asked) if callable(model.script) else model.script
        try:
            self._play(script)
        except OSError:
            model.left.set()

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def _play(self, script: Script) -> None:
        if script and isinstance(script[0], Refuse):
            self.send_response(script[0].status)
            for header in script[0].headers:
                self.send_header(*header)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for step in script:
            if isinstance(step, Say):
                for at in range(0, len(step.text), step.size):
                    time.sleep(step.pause_s)
                    self._event({"delta": {"content": step.text[at : at + step.size]}})
            elif isinstance(step, Wait):
                time.sleep(step.seconds)
            elif isinstance(step, Raw):
                self.wfile.write(step.data)
            elif isinstance(step, HangUp):
                return
        self._event({"delta": {}, "finish_reason": "stop"})
        usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
        self._send({**_CHUNK, "choices": [], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, choice: dict[str, Any]) -> None:
        self._send({**_CHUNK, "choices": [{"index": 0, "finish_reason": None, **choice}]})

    def _send(self, data: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()
