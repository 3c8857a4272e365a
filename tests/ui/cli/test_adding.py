"""add, remove, notices and parse as an operator types them."""

import json
from pathlib import Path

import pytest

from ingest.settings import Settings
from tests.conftest import copy_project
from tests.ingest.notices import three_measures
from tests.ingest.uploads import GUESSED_ID, ODD_LINE, TEXT, write_upload
from tests.ui.cli.test_app import policyqa


@pytest.fixture
def project(settings: Settings, tmp_path: Path) -> Settings:
    return copy_project(settings, tmp_path / "project")


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    return write_upload(tmp_path)


def test_parse_says_what_to_look_at_and_exits_1(upload: Path) -> None:
    run = policyqa("parse", str(upload))
    assert run.returncode == 1
    for said in ("上海市青浦区", "2026-03-02", "一、加强支持", f"请看第{ODD_LINE}行", "没有把握", "M2"):
        assert said in run.stdout


def test_parse_json_has_the_fields_of_the_contract_and_how_sure_they_are(upload: Path) -> None:
    run = policyqa("parse", str(upload), "--json")
    found = json.loads(run.stdout)
    assert run.returncode == 1
    assert found.keys() >= {"title", "issuer", "issued_on", "document_number", "measures", "municipal_items"}
    assert found["measures"][0]["outline"] == ["一、加强支持"]
    assert found["oddities"][0]["line"] == ODD_LINE
    assert found["confidence"]["M2"] < 0.8
    assert (found["region"], found["year"]) == ("上海市青浦区", 2026)


def test_parse_of_what_cannot_be_read_exits_2_with_one_line(tmp_path: Path) -> None:
    for path in (write_upload(tmp_path, "没有条目。"), tmp_path / "missing.txt"):
        run = policyqa("parse", str(path))
        assert run.returncode == 2
        assert run.stderr.count("\n") == 1


def test_add_publishes_and_the_next_question_is_answered_from_it(project: Settings, upload: Path) -> None:
    run = policyqa("add", str(upload), "--yes", project=project)
    assert run.returncode == 1, "accepted oddities are reported problems"
    assert "corrections.toml" in run.stdout.replace("\n", "")
    answer = json.loads(policyqa("ask", "青浦区组织出海培训的是哪个部门?", "--json", project=project).stdout)
    assert answer["citations"][0]["id"].startswith(f"{GUESSED_ID}/")
    again = policyqa("add", str(upload), "--yes", project=project)
    assert (again.returncode, "没有变化" in again.stdout) == (0, True)

    listed = policyqa("notices", project=project).stdout
    assert "qingpu" in listed
    assert "hongkou" in listed
    removed = policyqa("remove", GUESSED_ID, "--yes", project=project)
    assert removed.returncode == 0
    assert "qingpu" not in policyqa("notices", project=project).stdout


def test_a_notice_without_anything_odd_is_added_under_the_id_that_is_given(project: Settings, tmp_path: Path) -> None:
    path = write_upload(tmp_path, three_measures().text())
    run = policyqa("add", str(path), "--as", "plain-2025", "--yes", project=project)
    assert run.returncode == 0, run.stdout + run.stderr
    assert (project.corpus_dir / "plain-2025" / "notice.toml").exists()


def test_without_a_terminal_nothing_is_published_unasked(project: Settings, upload: Path) -> None:
    for arguments in (("add", str(upload)), ("remove", "hongkou-2025")):
        run = policyqa(*arguments, project=project)
        assert run.returncode == 2
        assert "--yes" in run.stderr
        assert run.stderr.count("\n") == 1
    assert [path.name for path in project.corpus_dir.iterdir() if path.is_dir()] == ["hongkou-2025"]


def test_what_cannot_be_added_exits_2_with_the_remedy(project: Settings, upload: Path) -> None:
    run = policyqa("add", str(upload), "--as", "../evil", "--yes", project=project)
    assert run.returncode == 2
    assert "小写字母" in run.stderr
    assert policyqa("remove", "pudong-2025", "--yes", project=project).returncode == 2


def test_an_update_shows_what_changes(project: Settings, upload: Path) -> None:
    policyqa("add", str(upload), "--yes", project=project)
    write_upload(upload.parent, TEXT.replace("组织出海培训", "组织跨境培训"), upload.name)
    run = policyqa("add", str(upload), project=project)
    assert run.returncode == 2
    assert "有变 M3 组织跨境培训" in run.stdout


def test_a_folder_is_added_at_once_and_one_bad_file_does_not_stop_the_rest(project: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "notices"
    folder.mkdir()
    write_upload(folder)
    write_upload(folder, TEXT.replace("2026", "2025"), "去年.txt")
    write_upload(folder, "没有条目。", "坏的.txt")
    (folder / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    run = policyqa("add", str(folder), "--yes", project=project)
    assert run.returncode == 1
    assert run.stdout.count("已收录") == 2
    assert run.stdout.count("未收录") == 2
    stated = (project.corpus_dir / GUESSED_ID / "notice.toml").read_text(encoding="utf-8")
    assert 'supersedes = "qingpu-2025"' in stated
