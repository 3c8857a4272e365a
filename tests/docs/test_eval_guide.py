"""The evaluation guide, followed to the letter: questions of one's own, and a notice of one's own."""

import json
import re
from pathlib import Path

import pytest

from eval.dataset import SETS_DIR, load_set
from ingest.corpus import CorpusNotice
from ingest.settings import PROJECT_DIR, Settings
from tests.conftest import copy_project
from tests.ui.cli.test_app import policyqa

GUIDE = (PROJECT_DIR / "docs" / "eval-guide.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r'^\{"id": .*\}$', GUIDE, re.MULTILINE)
NOTICE = "taian-2026"


@pytest.fixture
def project(settings: Settings, tmp_path: Path) -> Settings:
    return copy_project(settings, tmp_path)


def report_of(project: Settings) -> dict[str, dict[str, float]]:
    """The product's figures by table and row."""
    report = json.loads(project.evaluation_report.read_text(encoding="utf-8"))
    return {
        table["title"]: {row["metric"]: row["cells"][-1]["mean"] for row in table["rows"] if row["cells"][-1]}
        for table in report["tables"]
    }


def written(folder: Path, lines: list[dict[str, object]]) -> Path:
    folder.mkdir()
    path = folder / "mine.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return folder


def test_the_example_is_a_true_item(tmp_path: Path, hongkou: CorpusNotice) -> None:
    (item,) = load_set(written(tmp_path / "sets", [json.loads(EXAMPLE)]) / "mine.jsonl")
    (key,) = item.gold
    assert hongkou.source(key).lead == item.lead


def test_ten_questions_of_ones_own_are_measured(project: Settings, tmp_path: Path) -> None:
    example = json.loads(EXAMPLE)
    sets = written(tmp_path / "sets", [{**example, "id": f"MY{at:03}"} for at in range(10)])
    run = policyqa("eval", "--sets", str(sets), "--target", "BM25", "--target", "product", project=project)
    assert run.returncode == 0, run.stderr
    figures = report_of(project)
    assert figures["派到部门:牵头单位对不对"]["lead"] == 1.0
    assert "10 题" in run.stdout
    assert project.evaluation_report.with_name("report.html").exists()


def test_a_notice_of_ones_own_needs_no_code(project: Settings, tmp_path: Path) -> None:
    added = policyqa("add", str(SETS_DIR / "notices" / "13-taian-2026.txt"), "--as", NOTICE, "--yes", project=project)
    assert added.returncode in (0, 1), added.stderr
    truth = json.loads((SETS_DIR / "notices" / "13-taian-2026.json").read_text(encoding="utf-8"))
    lines: list[dict[str, object]] = [
        {
            **json.loads(EXAMPLE),
            "id": f"TA{measure['number']}",
            "notice": NOTICE,
            "question": f"{measure['title']}由谁牵头?",
            "gold": [f"M{measure['number']}"],
            "lead": measure["lead"],
        }
        for measure in truth["measures"][:10]
    ]
    sets = written(tmp_path / "sets", lines)
    run = policyqa("eval", "--sets", str(sets), "--target", "BM25", "--target", "product", project=project)
    assert run.returncode == 0, run.stderr
    figures = report_of(project)
    assert figures["检索:正确的出处找到没有"]["hit@1"] >= 0.8
    assert figures["引用:依据对不对、是不是原文"]["verbatim quotes"] == 1.0


def test_a_source_that_the_notice_lacks_is_pointed_out(project: Settings, tmp_path: Path) -> None:
    sets = written(tmp_path / "sets", [{**json.loads(EXAMPLE), "gold": ["M99"]}])
    run = policyqa("eval", "--sets", str(sets), "--target", "product", project=project)
    assert run.returncode == 2
    assert "MY001" in run.stderr
    assert "M99" in run.stderr
