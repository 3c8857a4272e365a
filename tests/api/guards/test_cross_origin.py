"""Pages of other origins may not call, unless the operator names them."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ingest.errors import SettingsError
from ingest.settings import Settings, load_settings

OURS, FOREIGN = "https://portal.example.gov.cn", "https://evil.example"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,authorization"}


@pytest.fixture(scope="module")
def opened(settings: Settings) -> Iterator[TestClient]:
    """The API, opened to one origin."""
    with TestClient(create_app(settings.model_copy(update={"cors_origins": frozenset({OURS})}))) as client:
        yield client


def allowed(client: TestClient, method: str, path: str, origin: str) -> dict[str, str]:
    headers = {"Origin": origin, **(PREFLIGHT if method == "OPTIONS" else {})}
    response = client.request(method, path, headers=headers)
    return {name: value for name, value in response.headers.items() if name.startswith("access-control-")}


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
@pytest.mark.parametrize("path", ["/v1/ask", "/v1/notices", "/healthz"])
def test_a_foreign_origin_is_allowed_nothing(opened: TestClient, path: str, method: str) -> None:
    for origin in (FOREIGN, "null", f"{OURS}.evil.example", OURS.replace("https", "http")):
        assert allowed(opened, method, path, origin) == {}


def test_an_origin_that_is_named_may_call_the_api_without_cookies(opened: TestClient) -> None:
    preflight = allowed(opened, "OPTIONS", "/v1/ask", OURS)
    assert preflight["access-control-allow-origin"] == OURS
    assert "authorization" in preflight["access-control-allow-headers"].lower()
    answered = allowed(opened, "GET", "/v1/notices", OURS)
    assert answered["access-control-allow-origin"] == OURS
    assert "retry-after" in answered["access-control-expose-headers"].lower()
    assert "access-control-allow-credentials" not in preflight | answered


def test_nothing_but_the_api_is_opened(opened: TestClient) -> None:
    assert allowed(opened, "GET", "/openapi.json", OURS) == {}


def test_without_the_setting_nobody_may(client: TestClient) -> None:
    assert allowed(client, "OPTIONS", "/v1/ask", OURS) == {}
    assert allowed(client, "GET", "/v1/notices", OURS) == {}


@pytest.mark.parametrize("origin", ["*", "portal.example", "https://portal.example/", "https://*.example", "null"])
def test_what_is_no_origin_is_refused_by_name(origin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_CORS_ORIGINS", f'["{origin}"]')
    with pytest.raises(SettingsError, match="cors_origins"):
        load_settings()
