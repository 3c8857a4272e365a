"""A Chroma server that is not there, goes, comes back or comes back empty: what callers see, and that it heals."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.serving import RETRY_S
from ingest.index.indexing import ingest
from ingest.settings import Settings
from tests.api.test_errors import assert_error
from tests.chroma_server import ChromaServer, chroma_server
from tests.ingest.notices import three_measures, write_project_notice
from tests.progress import silent

NO_LONGER_THAN_S = 6.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with chroma_server(tmp_path_factory.mktemp("chroma") / "data") as server:
        yield server


@pytest.fixture(scope="module")
def project(server: ChromaServer, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A small notice whose vectors are on the server."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "data").mkdir()
    (folder / "corpus").mkdir()
    (folder / "data" / "models").symlink_to((settings.data_dir / "models").absolute())
    (folder / "corpus" / "departments.toml").write_bytes((settings.corpus_dir / "departments.toml").read_bytes())
    project = Settings(corpus_dir=folder / "corpus", data_dir=folder / "data", chroma_url=server.url)
    write_project_notice(project.corpus_dir, three_measures(), ['{"source":"M1","question":"发票?","origin":"t"}'])
    ingest(project, silent)
    return project


@pytest.fixture
def client(project: Settings, server: ChromaServer) -> Iterator[TestClient]:
    """The API that has answered from the server once."""
    server.start()
    with TestClient(create_app(project), raise_server_exceptions=False) as client:
        assert ask(client, "先问一句:发票怎么开?").status_code == 200
        yield client


def ask(client: TestClient, question: str, path: str = "/v1/ask") -> Any:  # noqa: ANN401 - httpx or httpx2
    started = time.monotonic()
    response = client.post(path, json={"question": question})
    assert time.monotonic() - started < NO_LONGER_THAN_S
    return response


def test_down_at_the_start_it_starts_says_what_is_wrong_and_heals(project: Settings, server: ChromaServer) -> None:
    server.kill()
    with TestClient(create_app(project), raise_server_exceptions=False) as client:
        assert client.get("/healthz").status_code == 200
        for response in (client.get("/readyz"), ask(client, "仲裁找谁?")):
            message = assert_error(response, 503, "index_unavailable")["message"]
            assert "POLICYQA_CHROMA_URL" in message
            assert server.url not in message
        server.start()
        time.sleep(RETRY_S)
        assert client.get("/readyz").status_code == 200
        assert ask(client, "仲裁找谁?").json()["citations"]


def test_killed_while_serving_asking_fails_in_the_contracts_shape_and_heals(
    client: TestClient, server: ChromaServer
) -> None:
    server.kill()
    for path in ("/v1/ask", "/v1/ask/stream"):
        assert_error(ask(client, "仲裁机构在哪里?", path), 503, "index_unavailable")
    assert_error(client.post("/v1/assist", json={"text": "公司想找仲裁机构。"}), 503, "index_unavailable")
    assert_error(client.get("/readyz"), 503, "index_unavailable")
    # What needs no vectors goes on.
    assert client.get("/v1/measures").json()["total"] == 4
    assert ask(client, "第2条由谁牵头?").status_code == 200
    server.start()
    assert ask(client, "仲裁机构在哪里?").json()["citations"]
    assert client.get("/readyz").status_code == 200


def test_hanging_while_serving_it_is_given_up_soon_and_heals(client: TestClient, server: ChromaServer) -> None:
    with server.hanging():
        assert_error(ask(client, "企业怎样去海外拓展?"), 503, "index_unavailable")
    assert ask(client, "企业怎样去海外拓展?").json()["citations"]


def test_emptied_while_serving_it_names_the_remedy_which_heals_it(
    client: TestClient, project: Settings, server: ChromaServer
) -> None:
    server.empty()
    for response in (ask(client, "想打官司怎么办?"), client.get("/readyz")):
        assert "policyqa ingest" in assert_error(response, 503, "index_unavailable")["message"]
    ingest(project, silent)
    assert ask(client, "想打官司怎么办?").json()["citations"]
    assert client.get("/readyz").status_code == 200
