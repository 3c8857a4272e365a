"""A full disk and a read-only one: the command says so in one line, nothing is lost, and the next run succeeds."""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest.errors import IndexUnwritable
from ingest.index import open_index
from ingest.index.indexing import ingest
from ingest.index.layout import current_version, index_dir
from ingest.settings import Settings
from tests.ingest.disk import SmallDisk, small_disk
from tests.ingest.notices import one_measure, write_project_notice
from tests.progress import silent
from ui.cli.app import main

OLD, NEW = "设立仲裁服务中心。", "设立国际仲裁服务中心。"
ENOUGH_TO_BEGIN = 100_000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk") as disk:
        yield disk


@pytest.fixture
def project(disk: SmallDisk, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A small project whose index is on the disk and whose notice was changed since; commands work on it."""
    (tmp_path / "corpus").mkdir()
    project = Settings(corpus_dir=tmp_path / "corpus", data_dir=disk.path)
    (project.corpus_dir / "departments.toml").write_bytes((settings.corpus_dir / "departments.toml").read_bytes())
    (disk.path / "models").symlink_to((settings.data_dir / "models").absolute())
    write_project_notice(project.corpus_dir, one_measure("法律服务", OLD))
    ingest(project, silent)
    write_project_notice(project.corpus_dir, one_measure("法律服务", NEW))
    monkeypatch.setenv("POLICYQA_CORPUS_DIR", str(project.corpus_dir))
    monkeypatch.setenv("POLICYQA_DATA_DIR", str(project.data_dir))
    return project


def text_of(project: Settings) -> str:
    with closing(open_index(project)) as index:
        return index.corpus.source("test-2025/M1").text


def last_line_of_ingest(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What `policyqa ingest`, which ends with 2, says on standard error, under its progress bars."""
    monkeypatch.setattr(sys, "argv", ["policyqa", "ingest"])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert "Traceback" not in said
    return said.strip().splitlines()[-1]


@pytest.mark.parametrize("left", [0, ENOUGH_TO_BEGIN])
def test_on_a_full_disk_ingest_loses_nothing_and_succeeds_once_there_is_room(
    left: int, project: Settings, disk: SmallDisk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    version = current_version(project)
    disk.fill(leave=left)
    said = last_line_of_ingest(monkeypatch, capsys)
    assert said.startswith("policyqa: 数据文件夹里的索引写不了")
    assert "请腾出磁盘空间" in said
    assert current_version(project) == version
    assert not list(index_dir(project).rglob("*.building"))
    disk.make_room()
    assert text_of(project) == OLD
    ingest(project, silent)
    assert text_of(project) == NEW


def test_on_a_full_disk_an_index_that_cannot_be_opened_is_not_said_to_be_damaged(
    project: Settings, disk: SmallDisk
) -> None:
    disk.fill()
    with pytest.raises(IndexUnwritable, match="腾出磁盘空间"):
        open_index(project)


def test_on_a_read_only_disk_it_is_searched_and_ingest_says_why_it_cannot_be_changed(
    project: Settings, disk: SmallDisk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    disk.remount("ro")
    assert text_of(project) == OLD
    said = last_line_of_ingest(monkeypatch, capsys)
    assert "Read-only" in said
    assert "写入权限" in said
    assert str(disk.path) not in said
    disk.remount("rw")
    ingest(project, silent)
    assert text_of(project) == NEW
