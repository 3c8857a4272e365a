"""What operators see of the service: bounded however callers behave, and telling when a part is away."""

import logging
import secrets
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.observing.telemetry import TIMEOUT_S, Telemetry
from ingest.index.layout import current_version
from ingest.settings import Settings
from rag.spans import span
from tests.api.conftest import StartUsing
from tests.model_server import Refuse, ScriptedModel

ODI = "我们公司想去越南设厂,ODI备案找哪个部门?"


def series(client: TestClient) -> set[str]:
    """Names and labels of everything measured."""
    lines = client.get("/metrics").text.splitlines()
    return {line.rpartition(" ")[0] for line in lines if not line.startswith("#")}


def value(client: TestClient, name: str) -> float:
    lines = client.get("/metrics").text.splitlines()
    return float(next(line.rpartition(" ")[2] for line in lines if line.startswith(f"{name} ")))


def test_callers_cannot_make_up_series(hotline: TestClient) -> None:
    def attack(times: int) -> None:
        for _ in range(times):
            made_up = secrets.token_hex(8)
            hotline.get(f"/v1/departments/{made_up}")
            hotline.get(f"/{made_up}", headers={"X-Request-ID": made_up})
            hotline.get("/v1/measures", params={"department": made_up, "notice": made_up})
            hotline.request(made_up.upper(), f"/v1/{made_up}")
            hotline.request(made_up, "/v1/notices")

    attack(1)
    series(hotline)
    before = series(hotline)
    attack(200)  # a thousand requests
    assert series(hotline) == before


def test_the_line_of_a_request_has_its_route_and_neither_path_nor_query(
    hotline: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "api.observing.observation"):
        hotline.get("/v1/departments/王建国?tel=13812345678", headers={"Authorization": "Bearer pq_geheim"})
    (record,) = caplog.records
    seen = vars(record)
    assert (seen["method"], seen["route"], seen["status"]) == ("GET", "/v1/departments/{name}", 404)
    assert not [secret for secret in ("王建国", "13812345678", "geheim") if secret in str(seen)]


def test_index_process_and_running_requests_are_measured(hotline: TestClient, own_settings: Settings) -> None:
    found = series(hotline)
    assert any(current_version(own_settings) in name for name in found if name.startswith("policyqa_index_info"))
    assert {"process_resident_memory_bytes", "process_cpu_seconds_total", "policyqa_requests_running"} <= found
    assert value(hotline, "policyqa_store_up") == 1
    assert value(hotline, "policyqa_requests_running") == 0


def test_a_store_that_is_away_and_what_is_lost_by_it_are_measured(own_settings: Settings, tmp_path: Path) -> None:
    away = own_settings.model_copy(update={"store_url": f"sqlite:///{tmp_path}"})
    with TestClient(create_app(away)) as client:
        assert client.post("/v1/ask", json={"question": ODI}).status_code == 200
        client.get("/metrics")  # what was put before is written, or lost, by then
        assert value(client, "policyqa_store_up") == 0
        assert value(client, "policyqa_lost_exchanges_total") == 1


def test_a_model_that_is_left_alone_is_measured(start_using: StartUsing, model: ScriptedModel) -> None:
    model.script = [Refuse(400)]
    client = start_using("wording")
    alone = 'policyqa_model_left_alone{model="scripted"}'
    assert value(client, alone) == 0
    for _ in range(3):
        client.post("/v1/ask", json={"question": ODI})
    assert value(client, alone) == 1


def test_without_a_collector_nothing_is_recorded_and_no_thread_runs(settings: Settings) -> None:
    telemetry = Telemetry(settings)
    with span("step") as step:
        assert not step.is_recording()
    telemetry.close()


def test_a_collector_that_is_away_neither_disturbs_nor_holds_up_the_end(own_settings: Settings) -> None:
    away = Settings.model_validate({**own_settings.model_dump(), "otlp_endpoint": "http://127.0.0.1:9"})
    with TestClient(create_app(away)) as client:
        assert client.post("/v1/ask", json={"question": ODI}).status_code == 200
        with span("step") as step:
            assert step.is_recording()
        ended_at = time.monotonic()
    assert time.monotonic() - ended_at < 2 * TIMEOUT_S
    with span("step") as step:
        assert not step.is_recording()
