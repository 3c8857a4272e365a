"""The command as a person types it: a process of its own, its output and its exit code."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from ingest.settings import Settings
from tests.ingest.notices import three_measures, write_project_notice

POLICYQA = str(Path(sys.executable).with_name("policyqa"))
ODI = "我们公司想去越南设厂,ODI备案找哪个部门?"


def policyqa(*arguments: str, project: Settings | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "120"}
    if project:
        environment |= {"POLICYQA_CORPUS_DIR": str(project.corpus_dir), "POLICYQA_DATA_DIR": str(project.data_dir)}
    return subprocess.run([POLICYQA, *arguments], env=environment, capture_output=True, text=True, check=False)


def test_ask_shows_department_and_measure(settings: Settings) -> None:
    run = policyqa("ask", ODI, project=settings)
    assert run.returncode == 0
    assert "区服务发展办" in run.stdout
    assert "第12条" in run.stdout


def test_ask_json_is_the_response_of_the_api(settings: Settings) -> None:
    run = policyqa("ask", ODI, "--json", project=settings)
    assert json.loads(run.stdout)["citations"][0]["id"] == "hongkou-2025/M12"


def test_ask_without_an_index_exits_2_with_one_line_that_names_the_remedy(
    empty_project: Callable[[], Settings],
) -> None:
    run = policyqa("ask", ODI, project=empty_project())
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert "policyqa ingest" in run.stderr


def test_ask_refuses_an_empty_question(settings: Settings) -> None:
    run = policyqa("ask", " ", project=settings)
    assert run.returncode == 2
    assert "不能为空" in run.stderr


def test_ingest_says_what_it_did_and_a_broken_notice_exits_2(empty_project: Callable[[], Settings]) -> None:
    project = empty_project()
    folder = write_project_notice(project.corpus_dir, three_measures())
    created = policyqa("ingest", project=project)
    assert created.returncode == 0
    assert "0 updated, 0 deleted, 0 unchanged" in created.stdout
    assert "0 created, 0 updated, 0 deleted" in policyqa("ingest", project=project).stdout

    notice = folder / "notice.txt"
    notice.write_text(notice.read_text(encoding="utf-8").replace("牵头单位:区税务局", ""), encoding="utf-8")
    broken = policyqa("ingest", project=project)
    assert broken.returncode == 2
    assert "第21行" in broken.stderr


def test_ingest_takes_another_corpus_folder(empty_project: Callable[[], Settings], tmp_path: Path) -> None:
    project = empty_project()
    other = tmp_path / "other"
    shutil.copytree(project.corpus_dir, other)
    write_project_notice(other, three_measures())
    assert "0 updated, 0 deleted" in policyqa("ingest", str(other), project=project).stdout
    missing = policyqa("ingest", str(tmp_path / "none"), project=project)
    assert (missing.returncode, "不是文件夹" in missing.stderr) == (2, True)


def test_parse_prints_what_was_understood(settings: Settings) -> None:
    run = policyqa("parse", str(settings.corpus_dir / "hongkou-2025" / "notice.txt"), "--json")
    parsed = json.loads(run.stdout)
    assert run.returncode == 0
    assert len(parsed["measures"]) == 48
    assert len(parsed["municipal_items"]) == 29
    assert parsed["issued_on"] == "2025-03-07"
    assert parsed["discrepancies"][0] == {"source": "M2", "field": "title", "body": "政策制定", "annex": "政策制订"}


def test_an_unknown_setting_is_named(tmp_path: Path) -> None:
    (tmp_path / "policyqa.toml").write_text('encodre = "packaged"\n', encoding="utf-8")
    run = subprocess.run([POLICYQA, "ingest"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "encodre" in run.stderr
