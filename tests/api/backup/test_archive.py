"""An archive that is damaged or made to do harm is refused, and nothing has been changed."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from api.backup import restore
from api.backup.archive import FORMAT, MANIFEST
from ingest.errors import BackupError
from ingest.settings import Settings

Files = Mapping[str, bytes]
GOOD: Files = {"corpus/departments.toml": b"new", "evaluation/report.json": b"{}"}
LINK = 0o120777 << 16


def manifest(files: Files, **changed: object) -> dict[str, Any]:
    sealed = {name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)} for name, data in files.items()}
    stated = {"format": FORMAT, "program": "0.1.0", "made_at": "2026-11-28T09:00:00Z", "index": None, "store": None}
    return {**stated, "files": sealed, **changed}


def pack(file: Path, stated: object, files: Files = GOOD, mode: int = 0) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in {**files, MANIFEST: json.dumps(stated).encode()}.items():
            entry = zipfile.ZipInfo(name)
            entry.filename = name
            entry.external_attr = 0 if name == MANIFEST else mode
            archive.writestr(entry, data)
    return file


@pytest.fixture
def project(empty_project: Callable[[], Settings]) -> Settings:
    return empty_project()


def everything(settings: Settings) -> dict[str, bytes]:
    folders = (settings.corpus_dir, settings.data_dir)
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file() and path.name != "ingest.lock")
    return {str(path): path.read_bytes() for path in files}


def refused(settings: Settings, file: Path) -> str:
    before = everything(settings)
    with pytest.raises(BackupError) as refusal:
        restore(settings, file)
    assert everything(settings) == before
    assert not list(file.parent.rglob("evil*"))
    return str(refusal.value)


def test_a_whole_archive_is_taken(project: Settings, tmp_path: Path) -> None:
    restore(project, pack(tmp_path / "backup.zip", manifest(GOOD)))
    assert (project.corpus_dir / "departments.toml").read_bytes() == b"new"


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "corpus/../../evil",
        "/srv/evil",
        "corpus//evil",
        "corpus/./evil",
        "corpus\\..\\evil",
        "C:/evil",
        "evil",
        "models/evil",
        "corpus/",
        "index",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str, project: Settings, tmp_path: Path) -> None:
    files = {**GOOD, name: b"evil"}
    assert "别处" in refused(project, pack(tmp_path / "backup.zip", manifest(files), files))


def test_a_link_is_refused(project: Settings, tmp_path: Path) -> None:
    assert "别处" in refused(project, pack(tmp_path / "backup.zip", manifest(GOOD), mode=LINK))


def test_a_newer_format_asks_for_a_newer_program(project: Settings, tmp_path: Path) -> None:
    newer = {"format": FORMAT + 1, "contents": "unheard of"}
    assert "升级" in refused(project, pack(tmp_path / "backup.zip", newer))


@pytest.mark.parametrize(
    "stated",
    [
        [],
        {},
        manifest(GOOD, store="oracle"),
        manifest({}),
        manifest({**GOOD, "corpus/missing.txt": b""}),
        manifest({**GOOD, "corpus/departments.toml": b"other"}),
        manifest({**GOOD, "corpus/departments.toml": b"longer"}),
        manifest({**GOOD, "corpus/departments.toml": b"ne"}),
    ],
    ids=["list", "empty", "database", "files left out", "file missing", "other digest", "shorter", "longer"],
)
def test_files_and_manifest_must_agree(stated: object, project: Settings, tmp_path: Path) -> None:
    assert "完好的备份" in refused(project, pack(tmp_path / "backup.zip", stated))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused(project: Settings, tmp_path: Path) -> None:
    file = pack(tmp_path / "backup.zip", manifest(GOOD))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("corpus/departments.toml", b"evil")
    assert "与清单不符" in refused(project, file)


def test_damage_anywhere_is_noticed(project: Settings, tmp_path: Path) -> None:
    whole = pack(tmp_path / "backup.zip", manifest(GOOD)).read_bytes()
    file = tmp_path / "damaged.zip"
    for damaged in (whole[:-40], whole[: len(whole) // 2], b"", b"PK\x03\x04", whole.replace(b"new", b"nEw", 1)):
        file.write_bytes(damaged)
        assert "备份" in refused(project, file)


def test_what_is_no_archive_is_refused(project: Settings, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("photo.jpg", b"")
    assert "policyqa backup" in refused(project, tmp_path / "other.zip")
    assert "没有文件" in refused(project, tmp_path / "none.zip")
    assert refused(project, tmp_path)
