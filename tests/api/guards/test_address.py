"""Addresses that can be none never reach what would stumble over them."""

import os

import pytest
from fastapi.testclient import TestClient

import ingest
from tests.api.test_errors import assert_error


@pytest.mark.parametrize("host", ["[::1", "a b", "evil.example/path", "localhost:99999999", "a@b"])
def test_a_host_that_is_none(client: TestClient, host: str) -> None:
    assert_error(client.get("/v1/notices", headers={"Host": host}), 400, "bad_request")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "zwdt.example.gov.cn"])
def test_hosts_that_are_some(client: TestClient, host: str) -> None:
    assert client.get("/v1/notices", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("name", ["%00", "a%0d%0ab", "%2e%2e", "..%2f..", "x" * 256, "%E8%99%B9" * 86, "%E2%80%AE"])
def test_names_that_nothing_can_have(client: TestClient, name: str) -> None:
    assert_error(client.get(f"/v1/notices/{name}"), 404, "not_found")


def test_names_in_chinese_are_names(client: TestClient) -> None:
    assert client.get("/v1/departments/区司法局").status_code == 200


@pytest.mark.parametrize("body", ['{"question":"找谁","notice":"\\ud800"}', '{"\\ud800":1}'])
def test_half_a_surrogate_is_not_text_anywhere(client: TestClient, body: str) -> None:
    response = client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"})
    assert_error(response, 422, "invalid_request")


def test_the_encoders_engine_is_told_not_to_report_to_its_maker() -> None:
    assert ingest
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
