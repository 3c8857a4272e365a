"""policyqa eval in a terminal, on a few questions: what it prints is what it keeps."""

import json
from pathlib import Path

import pytest

from eval.dataset import SETS_DIR
from ingest.settings import Settings
from tests.conftest import copy_project
from tests.ui.cli.test_app import policyqa


@pytest.fixture
def own_project(settings: Settings, tmp_path: Path) -> Settings:
    return copy_project(settings, tmp_path)


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """A folder with one small set."""
    folder = tmp_path / "sets"
    folder.mkdir()
    lines = (SETS_DIR / "owners.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "few.jsonl").write_text("".join(lines[:6]), encoding="utf-8")
    return folder


def test_the_tables_printed_are_those_of_the_report(own_project: Settings, sets: Path) -> None:
    run = policyqa("eval", "--quick", "--sets", str(sets), project=own_project)
    assert run.returncode == 0, run.stderr
    report = json.loads(own_project.evaluation_report.read_text(encoding="utf-8"))
    assert report["quick"]
    assert report["questions"] == 6
    for table in report["tables"]:
        assert table["title"] in run.stdout
        for row in table["rows"]:
            for cell in filter(None, row["cells"]):
                assert f"{cell['mean']:.3f} {cell['low']:.2f}–{cell['high']:.2f}" in run.stdout
    assert f"答错 {len(report['failures'])} 题" in run.stdout
    assert "--quick" in run.stdout


def test_a_folder_without_questions_exits_2_and_keeps_the_last_report(own_project: Settings, tmp_path: Path) -> None:
    own_project.evaluation_report.parent.mkdir()
    own_project.evaluation_report.write_text("the last", encoding="utf-8")
    run = policyqa("eval", "--quick", "--sets", str(tmp_path / "none"), project=own_project)
    assert run.returncode == 2
    assert "没有题目" in run.stderr
    assert own_project.evaluation_report.read_text(encoding="utf-8") == "the last"


def test_a_line_that_cannot_be_read_exits_2_and_is_named(own_project: Settings, sets: Path) -> None:
    with (sets / "few.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "X7", "gold": "M1"}\n')
    run = policyqa("eval", "--quick", "--sets", str(sets), project=own_project)
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert "few.jsonl 第7行" in run.stderr
