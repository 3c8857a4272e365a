"""Bad input gets a clear error in one shape, in Chinese, and never a trace."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.guards.body_limit import MAX_BODY_BYTES
from ingest.settings import Settings

JSON = {"content-type": "application/json"}


def assert_error(response: Any, status: int, code: str) -> dict[str, Any]:  # noqa: ANN401 - httpx or httpx2
    assert response.status_code == status
    error: dict[str, Any] = response.json()["error"]
    assert error.keys() == {"code", "message", "detail", "trace_id"}
    assert error["code"] == code
    assert error["trace_id"] == response.headers["X-Request-ID"]
    assert "Traceback" not in response.text
    return error


@pytest.mark.parametrize(
    ("body", "code", "mentions"),
    [
        ({}, "invalid_request", "缺少"),
        ({"question": ""}, "invalid_request", "不能为空"),
        ({"question": "   "}, "invalid_request", "不能为空"),
        ({"question": "问" * 2001}, "invalid_request", "太长"),
        ({"question": "😀" * 10_000}, "invalid_request", "太长"),
        ({"question": 7}, "invalid_request", "应为文字"),
        ({"question": None}, "invalid_request", "应为文字"),
        ({"question": "找谁", "history": [{"role": "user", "content": "a"}] * 21}, "invalid_request", "太多"),
        ({"question": "找谁", "history": [{"role": "system", "content": "a"}]}, "invalid_request", "取值"),
        ({"question": "找谁", "language": "fr"}, "invalid_request", "取值"),
        ({"question": "找谁", "questoin": "x"}, "invalid_request", "不认识的字段"),
        ({"question": "a\u0000b"}, "bad_question", "控制字符"),
        ({"question": "a\u001b[31mb"}, "bad_question", "控制字符"),
        ({"question": "\u200b\u2060"}, "bad_question", "空"),
    ],
)
def test_requests_that_break_the_contract(client: TestClient, body: dict[str, Any], code: str, mentions: str) -> None:
    error = assert_error(client.post("/v1/ask", json=body), 422, code)
    assert mentions in error["message"]


def test_half_a_surrogate_is_not_text(client: TestClient) -> None:
    assert_error(client.post("/v1/ask", content=b'{"question":"a\\ud800b"}', headers=JSON), 422, "invalid_request")


@pytest.mark.parametrize("content", [b"{", b'{"question":', b"\xff\xfe{}"])
def test_broken_json(client: TestClient, content: bytes) -> None:
    assert_error(client.post("/v1/ask", content=content, headers=JSON), 400, "bad_request")


def test_a_body_over_the_limit(client: TestClient) -> None:
    body = json.dumps({"question": "问" * MAX_BODY_BYTES}).encode()
    assert_error(client.post("/v1/ask", content=body, headers=JSON), 413, "body_too_large")


def test_a_body_over_the_limit_that_hides_its_length(client: TestClient) -> None:
    chunks = (b" " * 65_536 for _ in range(MAX_BODY_BYTES // 65_536 + 1))
    assert_error(client.post("/v1/ask", content=chunks, headers=JSON), 413, "body_too_large")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/v1/notices/pudong-2025", "unknown_notice"),
        ("/v1/measures/hongkou-2025/M49", "unknown_source"),
        ("/v1/measures/hongkou-2025/..%2F..%2Fetc", "not_found"),
        ("/v1/measures?department=气象局", "unknown_department"),
        ("/v1/departments/气象局", "unknown_department"),
        ("/v1/nothing", "not_found"),
        ("/nothing", "not_found"),
    ],
)
def test_what_does_not_exist(client: TestClient, path: str, code: str) -> None:
    assert_error(client.get(path), 404, code)


def test_an_unknown_notice_in_a_question(client: TestClient) -> None:
    error = assert_error(client.post("/v1/ask", json={"question": "找谁", "notice": "x"}), 404, "unknown_notice")
    assert "hongkou-2025" in error["message"]


def test_an_unexpected_failure_says_nothing_of_the_inside(settings: Settings) -> None:
    app = create_app(settings)

    @app.get("/boom")
    def boom() -> None:
        raise RuntimeError("/secret/path")

    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.get("/boom")
    assert_error(response, 500, "internal_error")
    assert "secret" not in response.text
