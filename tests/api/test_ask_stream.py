"""POST /v1/ask/stream: the answer of /v1/ask, piece by piece."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.serving import Served, ServedIndex
from ingest.errors import IndexCorrupt
from ingest.index import Index
from ingest.settings import Settings
from rag.answer import Answer
from rag.chain import AnswerChain
from rag.generation.record import Generation
from rag.turn import Turn
from tests.api.test_errors import assert_error

ODI = "我们公司想去越南设厂,ODI备案找哪个部门?"
Event = tuple[str, Any]


def events(response: Any) -> list[Event]:  # noqa: ANN401 - httpx or httpx2
    """The events of a stream, their data read as JSON."""
    assert response.status_code == 200, response.text
    blocks = response.text.removesuffix("\n\n").split("\n\n")
    fields = [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]
    assert all(field.keys() == {"event", "data"} for field in fields)
    return [(field["event"], json.loads(field["data"])) for field in fields]


def stream(client: TestClient, question: str, **more: object) -> list[Event]:
    return events(client.post("/v1/ask/stream", json={"question": question, **more}))


def test_status_and_citations_come_first_then_the_answer_in_pieces_then_all_of_it(client: TestClient) -> None:
    found = stream(client, ODI)
    names = [name for name, _ in found]
    assert names == ["status", "citations", *["delta"] * (len(found) - 3), "done"]
    assert names.count("delta") > 1
    (_, status), (_, citations), *_, (_, done) = found
    assert status == {"status": "answered"}
    assert citations == {"citations": done["citations"]}
    assert citations["citations"][0]["id"] == "hongkou-2025/M12"


@pytest.mark.parametrize(
    "question",
    [
        ODI,
        "保障性租赁房找谁申请,电话多少?",
        "投促办牵头和配合的措施有哪些",
        "这个方案分几个部分",
        "红烧肉怎么做才不腻?",
        "你好",
        "Which office helps with ODI filing?",
        "海外投資の担当部署はどこですか",
    ],
)
def test_the_pieces_joined_are_the_answer_and_the_end_is_the_answer_of_ask(client: TestClient, question: str) -> None:
    found = stream(client, question)
    _, done = found[-1]
    assert "".join(data["text"] for name, data in found if name == "delta") == done["answer"]
    asked = client.post("/v1/ask", json={"question": question}).json()
    own = ("trace_id", "timings_ms")
    assert {name: value for name, value in done.items() if name not in own} == {
        name: value for name, value in asked.items() if name not in own
    }
    assert asked["timings_ms"].keys() == {"recall", "compose", "total"}
    assert {"compose", "total"} < done["timings_ms"].keys()


def test_a_piece_ends_with_a_sentence_or_a_line(client: TestClient) -> None:
    pieces = [data["text"] for name, data in stream(client, ODI) if name == "delta"]
    assert all(piece.endswith(("。", "!", "?", "”", "\n")) for piece in pieces[:-1])


def test_every_field_of_the_request_counts(client: TestClient) -> None:
    history = [
        {"role": "user", "content": "外籍员工办事不方便找谁"},
        {"role": "assistant", "content": "第14条,区政府办公室牵头。"},
    ]
    _, done = stream(client, "那配合单位呢?", history=history, notice="hongkou-2025", language="en")[-1]
    assert done["citations"][0]["id"] == "hongkou-2025/M14"
    assert done["language"] == "en"


def test_nothing_on_the_way_may_hold_the_events_back(client: TestClient) -> None:
    response = client.post("/v1/ask/stream", json={"question": ODI}, headers={"X-Request-ID": "stream-7"})
    assert response.headers["Content-Type"].partition(";")[0] == "text/event-stream"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Accel-Buffering"] == "no"
    _, done = events(response)[-1]
    assert response.headers["X-Request-ID"] == done["trace_id"] == "stream-7"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"question": "  "}, 422, "invalid_request"),
        ({"question": "找谁", "questoin": "x"}, 422, "invalid_request"),
        ({"question": "a\u0000b"}, 422, "bad_question"),
        ({"question": "找谁", "notice": "pudong-2025"}, 404, "unknown_notice"),
    ],
)
def test_a_failure_before_the_first_event_is_an_ordinary_error(
    client: TestClient, body: dict[str, str], status: int, code: str
) -> None:
    assert_error(client.post("/v1/ask/stream", json=body), status, code)


def test_without_an_index_there_is_no_stream(empty_project: Callable[[], Settings]) -> None:
    with TestClient(create_app(empty_project())) as client:
        assert_error(client.post("/v1/ask/stream", json={"question": ODI}), 503, "index_unavailable")


class FailingChain(AnswerChain):
    """Finds what there is to find and then fails to put it into words."""

    def __init__(self, index: Index, failure: Exception) -> None:
        super().__init__(index)
        self._failure = failure

    def finish(self, turn: Turn, generation: Generation | None = None) -> Answer:
        raise self._failure


class FailingIndex(ServedIndex):
    """Serves the project's index with a chain that fails."""

    def __init__(self, settings: Settings, failure: Exception) -> None:
        super().__init__(settings)
        self._with = failure

    def get(self) -> Served:
        served = super().get()
        return replace(served, chain=FailingChain(served.index, self._with))


@pytest.fixture
def failing(own_settings: Settings) -> Iterator[Callable[[Exception], TestClient]]:
    with ExitStack() as stack:

        def make(failure: Exception) -> TestClient:
            app = create_app(own_settings)
            app.state.served_index = stack.enter_context(closing(FailingIndex(own_settings, failure)))
            return stack.enter_context(TestClient(app))

        yield make


def test_a_failure_after_the_first_event_is_the_last_event_and_says_nothing_of_the_inside(
    failing: Callable[[Exception], TestClient], caplog: pytest.LogCaptureFixture
) -> None:
    client = failing(RuntimeError("/secret/path"))
    with caplog.at_level(logging.ERROR):
        response = client.post("/v1/ask/stream", json={"question": ODI})
    found = events(response)
    assert [name for name, _ in found] == ["status", "citations", "error"]
    error = found[-1][1]["error"]
    assert error.keys() == {"code", "message", "detail", "trace_id"}
    assert (error["code"], error["trace_id"]) == ("internal_error", response.headers["X-Request-ID"])
    assert "secret" not in response.text
    assert "/secret/path" in caplog.text
    assert error["trace_id"] in caplog.text


def test_a_known_failure_after_the_first_event_names_the_remedy(
    failing: Callable[[Exception], TestClient],
) -> None:
    client = failing(IndexCorrupt("目录读不了。", "请运行 policyqa ingest 重建。"))
    name, data = stream(client, ODI)[-1]
    assert (name, data["error"]["code"]) == ("error", "index_unavailable")
    assert "policyqa ingest" in data["error"]["message"]


def test_a_failed_answer_is_neither_kept_nor_counted(failing: Callable[[Exception], TestClient]) -> None:
    client = failing(RuntimeError())
    trace_id = stream(client, ODI)[-1][1]["error"]["trace_id"]
    said = client.post("/v1/feedback", json={"trace_id": trace_id, "verdict": "helpful"})
    assert_error(said, 404, "unknown_trace")
    assert 'kind="ask"' not in client.get("/metrics").text


def test_a_streamed_exchange_is_kept_and_counted_like_any_other(hotline: TestClient) -> None:
    _, done = stream(hotline, ODI)[-1]
    said = {"trace_id": done["trace_id"], "verdict": "wrong_measure", "correct_sources": ["hongkou-2025/M2"]}
    assert hotline.post("/v1/feedback", json=said).status_code == 202
    (candidate,) = hotline.get("/v1/candidates").json()["items"]
    assert (candidate["question"], candidate["sources"]) == (ODI, ["hongkou-2025/M2"])
    counted = 'policyqa_answers_total{department="区服务发展办",intent="which_office",kind="ask",status="answered"} 1.0'
    assert counted in hotline.get("/metrics").text


def test_the_openapi_document_describes_each_event_and_errors_as_json(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    responses = document["paths"]["/v1/ask/stream"]["post"]["responses"]
    assert responses["200"]["content"].keys() == {"text/event-stream"}
    described = responses["200"]["content"]["text/event-stream"]["itemSchema"]["oneOf"]
    names = [event["properties"]["event"]["const"] for event in described]
    assert names == ["status", "citations", "delta", "done", "error"]
    references = {text.rpartition("/")[2] for text in _references(described)}
    assert {"SourceModel", "ErrorInfo"} <= references <= document["components"]["schemas"].keys()
    assert all(set(found["content"]) == {"application/json"} for code, found in responses.items() if code != "200")


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (said for key, said in value.items() if key == "$ref")
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)
