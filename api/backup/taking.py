"""Making a backup: under the ingest lock, of a store that may be written to meanwhile, published by one rename."""

import hashlib
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from api.backup.archive import (
    CORPUS,
    EVALUATION,
    FORMAT,
    INDEX,
    MANIFEST,
    STORE,
    BackupManifest,
    SealedFile,
    program_version,
)
from api.store.copying import copy_store
from ingest.errors import BackupError, IndexUnavailable
from ingest.index.indexing import ingest_lock
from ingest.index.layout import CURRENT, SEGMENTS, VERSIONS, current_version, segment_dir, version_dir
from ingest.index.manifest import load_manifest
from ingest.index.segment import check_segment
from ingest.publication import published_file
from ingest.settings import Settings
from ingest.shelf.folders import settle

_CHUNK = 1 << 20
_FAST = 1
_ONLY_OWNER = 0o600

Member = tuple[str, Path]
"""A name in the archive, and the file that it is read from."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What is in the backup; in ``remarks`` what is not meant to be, in ``problems`` what could not be."""

    manifest: BackupManifest
    problems: tuple[str, ...]
    remarks: tuple[str, ...]


def back_up(settings: Settings, file: Path) -> Taken:
    """Write the archive, which only its owner may read: it holds tickets.

    Raises BackupError if it cannot be written there, IngestBusy, or StoreUnavailable.
    """
    if file.exists():
        raise BackupError(f"已经有 {file}。", "请换一个文件名。")
    if file.absolute().is_relative_to(settings.corpus_dir.absolute()):
        raise BackupError(f"{file} 在语料文件夹里,会进到下一份备份里。", "请写到别处。")
    with ingest_lock(settings), scratch(settings.data_dir / "backing-up") as folder:
        settle(settings.corpus_dir)
        members = list(_corpus(settings.corpus_dir))
        problems, remarks = [], []
        index: str | None = None
        try:
            if settings.chroma_url:
                remarks.append("备份里没有索引:向量在 Chroma 服务器上。恢复之后要重建。")
            else:
                index, files = _index(settings, folder)
                members += files
        except IndexUnavailable as error:
            problems.append(f"备份里没有索引:{error.message}恢复之后要重建。")
        if settings.evaluation_report.is_file():
            members.append((EVALUATION, settings.evaluation_report))
        if store := copy_store(settings.store, folder / STORE):
            members.append((STORE, folder / STORE))
        try:
            with published_file(file) as out:
                manifest = _write(out, members, index, store)
        except OSError as error:
            raise BackupError(f"备份写不进 {file}:{error.strerror}。", "请检查文件夹、权限和磁盘空间。") from error
    return Taken(manifest, tuple(problems), tuple(remarks))


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A folder for what is made on the way, gone afterwards; also what a run that was killed left in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _corpus(corpus_dir: Path) -> Iterator[Member]:
    """Every file but those of unfinished work, in folders with a dot; links are followed."""
    seen: set[Path] = set()
    for top, folders, names in os.walk(corpus_dir, followlinks=True):
        at = Path(top)
        if at.resolve() in seen:
            raise BackupError(f"语料文件夹里的 {at} 是绕回来的链接。", "请去掉这个链接。")
        seen.add(at.resolve())
        folders[:] = sorted(each for each in folders if at != corpus_dir or not each.startswith("."))
        yield from ((f"{CORPUS}/{(at / name).relative_to(corpus_dir).as_posix()}", at / name) for name in sorted(names))


def _index(settings: Settings, folder: Path) -> tuple[str, list[Member]]:
    """The version in use and its files, all whole. Raises IndexUnavailable."""
    name = current_version(settings)
    manifest = load_manifest(version_dir(settings, name))
    current = folder / CURRENT
    current.write_text(name, encoding="utf-8")
    members = [(f"{INDEX}/{CURRENT}", current)]
    members += _folder(f"{INDEX}/{VERSIONS}/{name}", version_dir(settings, name), folder)
    for segment in manifest.segments:
        check_segment(segment_dir(settings, segment))
        members += _folder(f"{INDEX}/{SEGMENTS}/{segment}", segment_dir(settings, segment), folder)
    return name, members


def _folder(name: str, source: Path, folder: Path) -> Iterator[Member]:
    for path in sorted(each for each in source.rglob("*") if each.is_file()):
        within = path.relative_to(source).as_posix()
        if path.suffix == ".sqlite3":
            # A service may have it open, and Chroma writes when it opens.
            path = _database(path, folder / f"{source.name}.sqlite3")
        yield f"{name}/{within}", path


def _database(path: Path, copy: Path) -> Path:
    source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    with closing(source), closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _write(out: BinaryIO, members: list[Member], index: str | None, store: str | None) -> BackupManifest:
    now = datetime.now(UTC)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST) as archive:
        files = {name: _packed(archive, _entry(name, now), path) for name, path in members}
        manifest = BackupManifest.model_validate(
            {
                "format": FORMAT,
                "program": program_version(),
                "made_at": now,
                "index": index,
                "store": store,
                "files": files,
            }
        )
        archive.writestr(_entry(MANIFEST, now), manifest.model_dump_json(indent=1))
    return manifest


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, now.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = _ONLY_OWNER << 16
    return entry


def _packed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> SealedFile:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file, archive.open(entry, "w", force_zip64=True) as packed:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            packed.write(chunk)
    return SealedFile(sha256=digest.hexdigest(), size=size)
