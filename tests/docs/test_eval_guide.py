"""The evaluation guide, followed to the letter: questions of one's own, and a notice of one's own."""

import json
import re
from pathlib import Path

import pytest

from eval.dataset import SETS_DIR, load_set
from eval.scores import first_fits
from eval.targets.product import Product
from ingest.corpus import CorpusNotice
from ingest.index import Index
from ingest.settings import PROJECT_DIR, Settings
from tests.conftest import copy_project
from tests.ui.cli.test_app import policyqa

GUIDE = (PROJECT_DIR / "docs" / "eval-guide.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r'^\{"id": .*\}$', GUIDE, re.MULTILINE)
EXAMPLES = [EXAMPLE, *re.findall(r'^\w+ +(\{"id": .*\})$', GUIDE, re.MULTILINE)]
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


def test_the_examples_are_true_items_that_the_product_answers_rightly(
    tmp_path: Path, hongkou: CorpusNotice, index: Index
) -> None:
    items = list(load_set(written(tmp_path / "sets", list(map(json.loads, EXAMPLES))) / "mine.jsonl"))
    assert len(items) == 6
    product = Product(index)
    for item in items:
        reply = product.ask(item)
        assert reply.status, item.id
        assert item.is_right(reply.status), item.id
        assert first_fits(item, reply), item.id
        for key in item.gold:
            assert set(item.lead) <= set(hongkou.source(key).lead), item.id


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


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ({"gold": ["M99"]}, "MY001 引用了通知 hongkou-2025 里没有的出处 M99"),
        ({"lead": ["环保局"]}, "MY001 的牵头单位 环保局"),
        ({"notice": "nowhere-2020"}, "MY001 问的通知 nowhere-2020 没有收录"),
        ({"answerable": False}, "mine.jsonl 第1行"),
    ],
)
def test_a_mistake_is_pointed_out_before_anything_is_asked(
    project: Settings, tmp_path: Path, mistake: dict[str, object], said: str
) -> None:
    sets = written(tmp_path / "sets", [{**json.loads(EXAMPLE), **mistake}])
    run = policyqa("eval", "--sets", str(sets), "--target", "product", project=project)
    assert run.returncode == 2
    assert said in run.stderr


def test_who_forgets_to_name_the_notice_is_told(project: Settings, tmp_path: Path) -> None:
    notice = SETS_DIR / "notices" / "13-taian-2026.txt"
    policyqa("add", str(notice), "--as", NOTICE, "--yes", project=project)
    sets = written(tmp_path / "sets", [json.loads(EXAMPLE)])
    run = policyqa("eval", "--sets", str(sets), "--target", "BM25", project=project)
    assert "1 题没有写 notice,按 hongkou-2025 算" in run.stdout
