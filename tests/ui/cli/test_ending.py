"""The life of a real process, from the first request to SIGTERM: its log, its spans, and what it finishes."""

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent import futures
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import grpc
import httpx
import pytest
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from api.store import Store
from ingest.settings import Settings
from tests.conftest import copy_project
from tests.model_server import Say, ScriptedModel, scripted_model
from tests.ui.cli.test_app import ODI, POLICYQA
from tests.ui.web.conftest import free_port, wait_until_answered
from ui.cli.server import LEAVING_S

PHONE = "13812345678"
SAID = "帮助企业更好拓展海外市场渠道。[[M12]]\n"
ROWS = 5000
BOUND_S = 15
HEAD = {"X-Request-ID": "slow-answer-1"}


class Collector(trace_service_pb2_grpc.TraceServiceServicer):
    """A collector of OpenTelemetry: keeps what it is sent."""

    def __init__(self) -> None:
        self.spans: list[Span] = []

    def Export(  # noqa: N802 - the protocol's name
        self, request: trace_service_pb2.ExportTraceServiceRequest, context: grpc.ServicerContext
    ) -> trace_service_pb2.ExportTraceServiceResponse:
        self.spans += [
            span for resource in request.resource_spans for scope in resource.scope_spans for span in scope.spans
        ]
        return trace_service_pb2.ExportTraceServiceResponse()


@contextmanager
def collecting(collector: Collector) -> Iterator[str]:
    server = grpc.server(futures.ThreadPoolExecutor(2))
    trace_service_pb2_grpc.add_TraceServiceServicer_to_server(collector, server)  # type: ignore[no-untyped-call]  # generated, untyped
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop(None).wait()


@dataclass
class Life:
    """What was seen of the process."""

    events: list[str] = field(default_factory=list)
    answer: dict[str, Any] = field(default_factory=dict)
    ready_while_ending: int = 0
    answered_after: float = 0.0
    seconds: float = 0.0
    exit_code: int | None = None
    lines: list[dict[str, Any]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    model_ids: list[str | None] = field(default_factory=list)
    batch_id: str = ""
    rows_done: int = 0


@pytest.fixture(scope="module")
def life(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Life:
    """A process that is told to end while it streams an answer, works through a batch, and a page is open."""
    folder = tmp_path_factory.mktemp("life")
    project, collector, life = copy_project(settings, folder), Collector(), Life()
    with scripted_model() as model, collecting(collector) as endpoint:
        model.script = [Say(SAID, size=3, pause_s=0.4)]
        environment = {
            "POLICYQA_CORPUS_DIR": str(project.corpus_dir),
            "POLICYQA_DATA_DIR": str(project.data_dir),
            "POLICYQA_LLM_BASE_URL": f"{model.url}/v1",
            "POLICYQA_LLM_MODEL": "scripted",
            "POLICYQA_OTLP_ENDPOINT": endpoint,
        }
        port = free_port()
        with (folder / "log").open("wb") as log:
            command = [POLICYQA, "serve", "--port", str(port)]
            server = subprocess.Popen(command, env=os.environ | environment, stdout=log, stderr=log)
            try:
                _live(life, wait_until_answered(server, port), server, model)
            finally:
                server.kill()
                server.wait()
        life.model_ids = model.request_ids
    life.spans = collector.spans
    life.lines = [json.loads(line) for line in (folder / "log").read_text(encoding="utf-8").splitlines()]
    with closing(Store(project.store)) as store:
        life.rows_done = len(store.batches.results(life.batch_id))
    return life


def _live(life: Life, url: str, server: subprocess.Popen[bytes], model: ScriptedModel) -> None:
    httpx.post(f"{url}/v1/ask?{PHONE}", json={"question": f"红烧肉怎么做?我姓王,电话{PHONE}"})
    httpx.get(f"{url}/v1/measures/hongkou-2025/M12?q={PHONE}")
    table = "工单内容\n" + "".join(f"第{at}家面馆想一次办好执照和许可,找哪个部门?\n" for at in range(ROWS))
    life.batch_id = httpx.post(f"{url}/v1/batches", files={"file": ("a.csv", table.encode())}).json()["id"]
    page = threading.Thread(target=_keep_open, args=(f"{url}/gradio_api/heartbeat/page",))
    page.start()
    asked = {"question": f"{ODI}电话{PHONE}"}
    with httpx.stream("POST", f"{url}/v1/ask/stream", json=asked, headers=HEAD, timeout=30) as response:
        lines = response.iter_lines()
        while "citations" not in life.events:
            _read(life, next(lines))
        while not model.requests:
            time.sleep(0.02)
        begun = time.monotonic()
        server.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        life.ready_while_ending = httpx.get(f"{url}/readyz").status_code
        for line in lines:
            _read(life, line)
        life.answered_after = time.monotonic() - begun
    with suppress(subprocess.TimeoutExpired):
        life.exit_code = server.wait(BOUND_S)
    life.seconds = time.monotonic() - begun
    page.join(5)


def _read(life: Life, line: str) -> None:
    name, _, value = line.partition(": ")
    if name == "event":
        life.events.append(value)
    elif name == "data" and life.events[-1] == "done":
        life.answer = json.loads(value)


def _keep_open(url: str) -> None:
    with suppress(httpx.TransportError):
        httpx.get(url, timeout=60)


class TestShutdown:
    def test_an_answer_that_is_being_given_is_finished(self, life: Life) -> None:
        assert life.answered_after > LEAVING_S
        assert life.events[-1] == "done"
        assert life.answer["answer_source"] == "generated"
        assert "拓展海外市场渠道" in life.answer["answer"]

    def test_meanwhile_it_says_that_it_is_not_ready(self, life: Life) -> None:
        assert life.ready_while_ending == 503

    def test_it_ends_well_and_does_not_wait_for_an_open_page_or_a_whole_batch(self, life: Life) -> None:
        assert life.exit_code == 0
        assert life.seconds < BOUND_S

    def test_of_a_batch_that_was_left_whole_steps_are_kept(self, life: Life) -> None:
        assert life.rows_done < ROWS
        assert life.rows_done % 20 == 0
        assert any(life.batch_id in line["message"] and "goes on" in line["message"] for line in life.lines)


class TestLog:
    def test_every_line_is_one_object_with_time_level_logger_message_and_id(self, life: Life) -> None:
        for line in life.lines:
            assert list(line)[:5] == ["time", "level", "logger", "message", "trace_id"]
            assert datetime.fromisoformat(line["time"]).tzinfo

    def test_every_request_has_one_line_with_its_route_and_nothing_that_was_said(self, life: Life) -> None:
        (line,) = [line for line in life.lines if line.get("method") and line["trace_id"] == HEAD["X-Request-ID"]]
        assert (line["method"], line["route"], line["status"]) == ("POST", "/v1/ask/stream", 200)
        assert line["role"] == "operator"
        assert line["ms"] > 500
        assert {"/v1/ask", "/v1/measures/{notice}/{key}"} <= {line.get("route") for line in life.lines}
        everything = json.dumps(life.lines, ensure_ascii=False)
        assert not [said for said in (PHONE, "红烧肉", "越南", "面馆") if said in everything]

    def test_the_server_speaks_in_the_same_form(self, life: Life) -> None:
        assert {"uvicorn.error", "api.observing.observation"} <= {line["logger"] for line in life.lines}
        assert "uvicorn.access" not in {line["logger"] for line in life.lines}

    def test_a_batch_is_logged_under_its_id(self, life: Life) -> None:
        (begun,) = [line for line in life.lines if line["message"].endswith(f"{ROWS} rows")]
        assert begun["trace_id"] == life.batch_id


class TestSpans:
    def test_the_id_goes_on_to_the_language_model(self, life: Life) -> None:
        assert life.model_ids == [HEAD["X-Request-ID"]]

    def test_a_request_is_a_span_with_its_steps_and_the_model_inside(self, life: Life) -> None:
        request = next(span for span in life.spans if span.name == "POST /v1/ask/stream")
        said = {each.key: each.value.string_value or each.value.int_value for each in request.attributes}
        assert said == {
            "http.request.method": "POST",
            "http.route": "/v1/ask/stream",
            "http.response.status_code": 200,
            "policyqa.trace_id": HEAD["X-Request-ID"],
        }
        inside = {span.name for span in life.spans if span.parent_span_id == request.span_id}
        assert inside == {"understand", "retrieve", "judge", "evidence", "compose", "model"}

    def test_nothing_that_was_said_is_in_a_span(self, life: Life) -> None:
        everything = b"".join(span.SerializeToString() for span in life.spans)
        assert not [said for said in (PHONE, "越南", "红烧肉", "海外") if said.encode() in everything]
        assert all(not span.events for span in life.spans)
