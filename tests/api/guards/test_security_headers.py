"""What browsers are told to refuse."""

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ingest.settings import Settings

PATHS = ("/v1/notices", "/v1/nothing", "/v1/measures/hongkou-2025/M99", "/healthz", "/metrics", "/openapi.json")


@pytest.mark.parametrize("path", PATHS)
def test_every_response_has_them(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "http" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", PATHS)
def test_what_the_api_answers_is_not_stored_and_runs_nothing(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    is_api = path.startswith("/v1/")
    assert (headers.get("Cache-Control") == "no-store") is is_api
    assert headers["Content-Security-Policy"].startswith("default-src 'none'") is is_api


def test_https_is_held_to_where_it_is_used(settings: Settings) -> None:
    app = create_app(settings)
    assert "Strict-Transport-Security" not in TestClient(app).get("/healthz").headers
    assert "max-age" in TestClient(app, base_url="https://a").get("/healthz").headers["Strict-Transport-Security"]
