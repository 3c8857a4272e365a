"""The last evaluation as the API serves it; each test with a data folder of its own, which has no index."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from eval.report import write_report
from ingest.settings import Settings
from tests.api.test_errors import assert_error
from tests.eval.reports import asked, refuses, report_of, says

REPORT = report_of([(asked("M1"), says("M2")), (asked("M3"), refuses()), (asked("M2"), says("M2"))])


@pytest.fixture
def evaluated(settings: Settings, tmp_path: Path) -> Settings:
    """A data folder in which an evaluation has been made."""
    settings = settings.model_copy(update={"data_dir": tmp_path, "store_url": f"sqlite:///{tmp_path / 'store.db'}"})
    write_report(settings, REPORT)
    return settings


@pytest.fixture
def client(evaluated: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(evaluated), raise_server_exceptions=False) as client:
        yield client


def test_what_the_evaluation_wrote_is_what_is_served(client: TestClient, evaluated: Settings) -> None:
    response = client.get("/v1/evaluation")
    assert response.status_code == 200
    served, written = response.json(), json.loads(evaluated.evaluation_report.read_text("utf-8"))
    assert served.pop("at") == written.pop("at").replace("+00:00", "Z")
    assert served == written
    assert len(served["failures"]) == 2


def test_before_the_first_evaluation_the_remedy_is_named_and_works_without_a_restart(
    client: TestClient, evaluated: Settings
) -> None:
    evaluated.evaluation_report.unlink()
    error = assert_error(client.get("/v1/evaluation"), 404, "no_evaluation")
    assert "policyqa eval" in error["message"]
    write_report(evaluated, REPORT)
    assert client.get("/v1/evaluation").status_code == 200


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"at": "2026-',
        b"[]",
        b'{"figures": 1}',
        b"\xff\xfe\x00",
    ],
)
def test_a_damaged_or_foreign_file_is_not_served(client: TestClient, evaluated: Settings, content: bytes) -> None:
    evaluated.evaluation_report.write_bytes(content)
    assert_unreadable(client, evaluated)


@pytest.mark.parametrize("mean", [float("nan"), 1.5, -0.1, "many", None])
def test_a_share_that_is_none_is_damage(client: TestClient, evaluated: Settings, mean: object) -> None:
    report = json.loads(evaluated.evaluation_report.read_text("utf-8"))
    report["tables"][0]["rows"][0]["cells"][0]["mean"] = mean
    evaluated.evaluation_report.write_text(json.dumps(report), encoding="utf-8")
    assert_unreadable(client, evaluated)


def test_a_folder_in_its_place_is_not_served(client: TestClient, evaluated: Settings) -> None:
    evaluated.evaluation_report.unlink()
    evaluated.evaluation_report.mkdir()
    assert_unreadable(client, evaluated)


def assert_unreadable(client: TestClient, evaluated: Settings) -> None:
    response = client.get("/v1/evaluation")
    error = assert_error(response, 503, "evaluation_unreadable")
    assert "policyqa eval" in error["message"]
    assert str(evaluated.data_dir) not in response.text
