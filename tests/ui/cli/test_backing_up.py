"""policyqa backup and policyqa restore in a terminal."""

from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.store import Store
from ingest.settings import Settings
from tests.api.store.test_copying import contents, fill
from tests.ui.cli.projects import enter_project, run
from tests.ui.cli.test_app import policyqa
from ui.cli.app import app


def test_a_backup_goes_and_comes_back_and_each_says_what_it_did(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = enter_project(settings, tmp_path, monkeypatch)
    with closing(Store(project.store)) as store:
        fill(store)
    before, file = contents(project.store), tmp_path / "backup.zip"
    said = run("backup", str(file))
    assert str(file) in said
    assert "SQLite" in said
    with closing(Store(project.store)) as store:
        store.keys.revoke("李审核", "管理员", store.keys.all()[0].created_at)
    said = run("restore", str(file), "--yes")
    assert "已恢复" in said
    assert "before-restore" in said
    assert contents(project.store) == before


def test_what_is_left_to_do_is_said_and_exits_1(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = enter_project(settings, tmp_path, monkeypatch)
    (project.data_dir / "index" / "current").unlink()
    file = str(tmp_path / "backup.zip")
    taken = CliRunner().invoke(app, ["backup", file])
    assert (taken.exit_code, "没有索引" in taken.output) == (1, True)
    restored = CliRunner().invoke(app, ["restore", file, "--yes"])
    assert (restored.exit_code, "policyqa ingest" in restored.output) == (1, True)


def test_nothing_is_restored_unless_it_is_agreed_to(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = enter_project(settings, tmp_path, monkeypatch)
    file = tmp_path / "backup.zip"
    run("backup", str(file))
    (project.corpus_dir / "later.txt").write_text("later", encoding="utf-8")
    asked = policyqa("restore", str(file), project=project)
    assert (asked.returncode, asked.stderr.count("\n")) == (2, 1)
    assert "--yes" in asked.stderr
    assert (project.corpus_dir / "later.txt").exists()


def test_a_file_that_is_no_backup_is_one_line_and_exits_2(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    file.write_bytes(b"no archive")
    refused = policyqa("restore", str(file), "--yes", project=settings)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "backup.zip" in refused.stderr
