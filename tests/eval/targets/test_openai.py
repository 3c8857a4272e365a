"""A bare chat model as a target, over real HTTP."""

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from eval.dataset.card import load_split
from eval.targets.openai import ChatModel
from ingest.corpus import Corpus
from tests.eval.items import asked

SAID = "牵头单位:区服务发展办\n依据:第12条\n牵头部门会办理ODI备案。"


class _Model(BaseHTTPRequestHandler):
    asked: list[dict[str, Any]]
    status = 200

    def do_POST(self) -> None:
        self.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        message = {"role": "assistant", "content": SAID}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        body = json.dumps({"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]})
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def model() -> Iterator[type[_Model]]:
    yield from _served(type("Here", (_Model,), {"asked": []}))


def _served(handler: type[_Model]) -> Iterator[type[_Model]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.url = f"http://127.0.0.1:{server.server_port}/v1"  # type: ignore[attr-defined]  # told to the test
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield handler
    server.shutdown()
    server.server_close()


def test_its_words_are_read_and_its_prompt_holds_the_whole_notice(model: type[_Model], corpus: Corpus) -> None:
    url: str = model.url  # type: ignore[attr-defined]  # told to the test
    with closing(ChatModel(url, "m", None, corpus, shows_notice=True)) as target:
        reply = target.ask(asked("M2"))
    assert (reply.status, reply.cited, reply.citations[0].lead) == ("answered", ("M12",), ("区服务发展办",))
    assert reply.text == SAID
    (request,) = model.asked
    system, question = request["messages"]
    assert (system["role"], question["content"], request["temperature"]) == ("system", "Q1找谁?", 0)
    for source in corpus.notices[0].notice.sources:
        assert source.text in system["content"]


def test_a_conversation_is_handed_over_and_closed_book_shows_nothing(model: type[_Model], corpus: Corpus) -> None:
    item = next(item for item in load_split("test") if item.history)
    url: str = model.url  # type: ignore[attr-defined]  # told to the test
    with closing(ChatModel(url, "m", None, corpus, shows_notice=False)) as target:
        target.ask(item)
    said = [(message["role"], message["content"]) for message in model.asked[0]["messages"]]
    assert said == [*((each.role, each.content) for each in item.history), ("user", item.question)]


def test_a_model_that_fails_is_told_in_the_reply(model: type[_Model], corpus: Corpus) -> None:
    model.status = 400
    url: str = model.url  # type: ignore[attr-defined]  # told to the test
    with closing(ChatModel(url, "m", None, corpus, shows_notice=True)) as target:
        reply = target.ask(asked("M2"))
    assert "BadRequestError" in reply.failure
    assert reply.status is None
