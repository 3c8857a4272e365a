"""The service does what its OpenAPI document says, with every check of Schemathesis (bench/contract.py does more)."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from bench.contract import UNLIMITED, command, made_examples, new_key
from ingest.settings import Settings
from tests.api.conftest import Serve

EXAMPLES = 8
"""Of each operation: two hundred in all, the same every time."""

LINKED = {
    ("/v1/ask", "post", "200"): {"/v1/measures/{notice}/{key}", "/v1/feedback"},
    ("/v1/assist", "post", "200"): {"/v1/measures/{notice}/{key}", "/v1/feedback"},
    ("/v1/batches", "post", "202"): {"/v1/batches/{batch_id}", "/v1/batches/{batch_id}/answers"},
    ("/v1/measures", "get", "200"): {"/v1/measures/{notice}/{key}"},
}


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def test_the_service_keeps_to_its_document(own_project: Settings, serve: Serve, tmp_path: Path) -> None:
    key = new_key(own_project.store, "operator")
    url = serve(own_project.model_copy(update={"rate_limits": UNLIMITED}))
    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=60) as caller:
        made = made_examples(caller)
    done = subprocess.run(
        command(url, key, EXAMPLES, ("fuzzing", "stateful")),
        cwd=tmp_path,
        env={**os.environ, **made},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    counts = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    assert counts, done.stdout
    assert int(counts[1]) > 100


@pytest.mark.parametrize(("path", "method", "status"), LINKED)
def test_where_an_answer_leads_to_is_documented(document: dict[str, Any], path: str, method: str, status: str) -> None:
    links = document["paths"][path][method]["responses"][status]["links"].values()
    targets = {re.sub(r"^#/paths/|/(get|post)$", "", link["operationRef"]).replace("~1", "/") for link in links}
    assert targets == LINKED[path, method, status]
    assert targets <= document["paths"].keys()


def test_the_parts_of_a_source_id_lead_to_its_text(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "第2条由谁牵头?"}).json()
    cited = answer["citations"][0]
    assert f"{cited['notice']}/{cited['key']}" == cited["id"]
    assert client.get(f"/v1/measures/{cited['notice']}/{cited['key']}").json()["id"] == cited["id"]


@pytest.mark.parametrize("path", ["/v1/session", "/v1/feedback"])
def test_a_key_that_need_not_be_sent_is_documented_as_optional(document: dict[str, Any], path: str) -> None:
    (operation,) = document["paths"][path].values()
    assert {} in operation["security"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/v1/ask", "POST"),
        ("TRACE", "/v1/ask", "POST"),
        ("BREW", "/v1/measures/hongkou-2025/M1", "GET"),
        ("PUT", "/v1/notices/hongkou-2025", "GET, DELETE"),
        ("GET", "/v1/batches", "POST"),
        ("POST", "/healthz", "GET"),
    ],
)
def test_a_method_that_an_address_does_not_know(client: TestClient, method: str, path: str, allowed: str) -> None:
    response = client.request(method, path)
    assert response.status_code == 405
    assert response.headers["Allow"] == allowed
    assert response.json()["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize("method", ["GET", "TRACE", "BREW", "OPTIONS"])
def test_an_address_that_is_none_whatever_the_method(client: TestClient, method: str) -> None:
    response = client.request(method, "/v1/nothing")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"
