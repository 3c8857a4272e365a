"""policyqa eval in a terminal, on a few questions: what it prints is what it keeps."""

import json
from pathlib import Path

import pytest

from eval.dataset import TEST_DIR
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
    lines = (TEST_DIR / "interviews.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "few.jsonl").write_text("".join(lines[:6]), encoding="utf-8")
    return folder


def test_the_tables_printed_are_those_of_the_report(own_project: Settings, sets: Path) -> None:
    run = policyqa("eval", "--quick", "--sets", str(sets), project=own_project)
    assert run.returncode == 0, run.stderr
    report = json.loads(own_project.evaluation_report.read_text(encoding="utf-8"))
    assert report["systems"] == ["BM25", "+ adapter", "product"]
    assert report["questions"] == 6
    for table in report["tables"]:
        assert table["title"] in run.stdout
        for row in table["rows"]:
            for cell in filter(None, row["cells"]):
                assert f"{cell['mean']:.3f} {cell['low']:.2f}–{cell['high']:.2f}" in run.stdout
    assert f"有出入的 {len(report['failures'])} 题" in run.stdout


def test_runs_are_scored_again_and_compared(own_project: Settings, sets: Path) -> None:
    of = ("--sets", str(sets))
    assert policyqa("eval", *of, "--target", "BM25", "--target", "product", project=own_project).returncode == 0
    again = policyqa("eval", "score", *of, "BM25", "product", project=own_project)
    assert again.returncode == 0, again.stderr
    same = policyqa("eval", "compare", *of, "product", "product", project=own_project)
    assert same.returncode == 0, same.stderr
    assert "1.0000" in same.stdout


def test_a_significant_drop_exits_1_and_is_named(own_project: Settings, tmp_path: Path) -> None:
    for name, value in (("before", 1), ("after", 0)):
        (tmp_path / name).mkdir()
        rows = "".join(f"refusal,status,Q{at},{value}\n" for at in range(20))
        (tmp_path / name / "scores.csv").write_text(f"thing,metric,item,value\n{rows}", encoding="utf-8")
    run = policyqa("eval", "compare", str(tmp_path / "before"), str(tmp_path / "after"), project=own_project)
    assert run.returncode == 1
    assert "显著变差:该答、该说缺、该拒,做对" in run.stdout


def test_the_development_questions_are_not_published(own_project: Settings, sets: Path) -> None:
    own_project.evaluation_report.parent.mkdir()
    own_project.evaluation_report.write_text("the last", encoding="utf-8")
    run = policyqa("eval", "--split", "development", "--target", "BM25", project=own_project)
    assert run.returncode == 0, run.stderr
    assert own_project.evaluation_report.read_text(encoding="utf-8") == "the last"


def test_a_folder_without_questions_exits_2_and_keeps_the_last_report(own_project: Settings, tmp_path: Path) -> None:
    own_project.evaluation_report.parent.mkdir()
    own_project.evaluation_report.write_text("the last", encoding="utf-8")
    run = policyqa("eval", "--quick", "--sets", str(tmp_path / "none"), project=own_project)
    assert run.returncode == 2
    assert "不是文件夹" in run.stderr
    assert own_project.evaluation_report.read_text(encoding="utf-8") == "the last"


def test_a_line_that_cannot_be_read_exits_2_and_is_named(own_project: Settings, sets: Path) -> None:
    with (sets / "few.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "X7", "gold": "M1"}\n')
    run = policyqa("eval", "--quick", "--sets", str(sets), project=own_project)
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert "few.jsonl 第7行" in run.stderr


def test_a_target_that_is_none_exits_2_and_a_run_that_was_not_made_too(own_project: Settings, sets: Path) -> None:
    unknown = policyqa("eval", "--sets", str(sets), "--target", "bm26", project=own_project)
    assert (unknown.returncode, "bm26" in unknown.stderr) == (2, True)
    unasked = policyqa("eval", "score", "--sets", str(sets), "BM25", project=own_project)
    assert (unasked.returncode, "BM25" in unasked.stderr) == (2, True)
