from collections.abc import Callable

from fastapi.testclient import TestClient

from api.app import create_app
from ingest.index.indexing import ingest
from ingest.index.layout import current_version, version_dir
from ingest.settings import Settings
from tests.ingest.notices import three_measures, write_project_notice
from tests.progress import silent

QUESTION = {"question": "第2条由谁牵头?"}


def test_health_and_readiness(client: TestClient, settings: Settings) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready"
    assert ready["version"] == current_version(settings)


def test_without_an_index_it_starts_and_names_the_remedy(empty_project: Callable[[], Settings]) -> None:
    with TestClient(create_app(empty_project())) as client:
        assert client.get("/healthz").status_code == 200
        for response in (client.get("/readyz"), client.post("/v1/ask", json=QUESTION)):
            assert response.status_code == 503
            assert response.json()["error"]["code"] == "index_unavailable"
            assert "policyqa ingest" in response.json()["error"]["message"]


def test_a_corrupt_index_is_not_served_and_the_remedy_works_without_a_restart(
    empty_project: Callable[[], Settings],
) -> None:
    project = empty_project()
    write_project_notice(project.corpus_dir, three_measures())
    ingest(project, silent)
    (version_dir(project, current_version(project)) / "manifest.json").write_text("{", encoding="utf-8")
    with TestClient(create_app(project)) as client:
        assert client.get("/readyz").status_code == 503
        write_project_notice(project.corpus_dir, three_measures(), ['{"source":"M1","question":"?","origin":"t"}'])
        ingest(project, silent)
        assert client.get("/readyz").status_code == 200


def test_a_new_version_is_served_as_soon_as_it_is_published(empty_project: Callable[[], Settings]) -> None:
    project = empty_project()
    folder = write_project_notice(project.corpus_dir, three_measures())
    ingest(project, silent)
    with TestClient(create_app(project)) as client:
        assert "区司法局" in client.post("/v1/ask", json=QUESTION).json()["answer"]
        notice = folder / "notice.txt"
        notice.write_text(notice.read_text(encoding="utf-8").replace("区司法局", "区商务委"), encoding="utf-8")
        ingest(project, silent)
        assert client.post("/v1/ask", json=QUESTION).json()["citations"][0]["lead"] == ["区商务委"]


def test_the_openapi_document_describes_the_contract(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert set(document["paths"]) == {
        *("/v1/ask", "/v1/notices", "/v1/notices/{notice}", "/v1/measures", "/v1/measures/{notice}/{key}"),
        *("/v1/departments", "/v1/departments/{name}", "/healthz", "/readyz"),
        *("/v1/assist", "/v1/feedback", "/v1/batches", "/v1/batches/{batch_id}", "/v1/batches/{batch_id}/answers"),
        *("/v1/candidates", "/v1/candidates/{candidate_id}", "/v1/figures", "/v1/digest", "/metrics"),
        *("/v1/session", "/v1/evaluation", "/v1/ask/stream", "/v1/chat/completions", "/v1/models"),
        *("/v1/notices/preview", "/v1/notices/{notice}/changes"),
    }
    ask = document["paths"]["/v1/ask"]["post"]
    assert ask["responses"]["422"]["content"]["application/json"]["schema"]["$ref"].endswith("/ErrorBody")
    assert document["components"]["schemas"]["AskBody"]["examples"]
