"""The last evaluation as the API serves it; each test with a data folder of its own, which has no index."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from eval.reporting.report import write_report
from eval.scores import Pair
from eval.targets.reply import Reply
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


@pytest.mark.parametrize("mean", [float("nan"), float("inf"), "many", None])
def test_a_mean_that_is_no_number_is_damage(client: TestClient, evaluated: Settings, mean: object) -> None:
    report = json.loads(evaluated.evaluation_report.read_text("utf-8"))
    report["tables"][0]["rows"][0]["cells"][0]["mean"] = mean
    evaluated.evaluation_report.write_text(json.dumps(report), encoding="utf-8")
    assert_unreadable(client, evaluated)


@pytest.mark.parametrize("share", [float("nan"), 1.5, -0.1])
def test_a_share_that_is_none_is_damage(client: TestClient, evaluated: Settings, share: float) -> None:
    report = json.loads(evaluated.evaluation_report.read_text("utf-8"))
    report["reliability"]["error"] = share
    evaluated.evaluation_report.write_text(json.dumps(report), encoding="utf-8")
    assert_unreadable(client, evaluated)


def test_a_score_below_0_and_seconds_above_1_are_served(client: TestClient, evaluated: Settings) -> None:
    slow = replace(says("M2"), seconds=12.5)
    write_report(evaluated, report_of([(asked("M1"), slow)]))
    served = client.get("/v1/evaluation").json()
    rows = {row["metric"]: row["cells"][-1]["mean"] for table in served["tables"] for row in table["rows"]}
    assert (rows["CRAG"], rows["seconds"]) == (-1.0, 12.5)


@pytest.mark.parametrize(
    "pairs",
    [
        [(asked("M1"), Reply("Q1", 3.0, failure="timeout"))],
        [(asked("M1"), says("M1", status=None, confidence=None))],
        [(replace(asked("M1"), id=str(number)), says("M2", confidence=number / 7)) for number in range(7)],
    ],
    ids=["no reply at all", "cannot refuse, states no confidence", "always wrong"],
)
def test_whatever_the_replies_were_the_report_is_served(
    client: TestClient, evaluated: Settings, pairs: list[Pair]
) -> None:
    write_report(evaluated, report_of(pairs))
    assert client.get("/v1/evaluation").status_code == 200


def test_a_folder_in_its_place_is_not_served(client: TestClient, evaluated: Settings) -> None:
    evaluated.evaluation_report.unlink()
    evaluated.evaluation_report.mkdir()
    assert_unreadable(client, evaluated)


def assert_unreadable(client: TestClient, evaluated: Settings) -> None:
    response = client.get("/v1/evaluation")
    error = assert_error(response, 503, "evaluation_unreadable")
    assert "policyqa eval" in error["message"]
    assert str(evaluated.data_dir) not in response.text
