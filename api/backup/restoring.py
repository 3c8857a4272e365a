"""Restoring a backup: unpacked and checked beside what there is, then put into place as one."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from api.backup.archive import CORPUS, EVALUATION, INDEX, STORE, BackupManifest, read_manifest, unpack
from api.backup.taking import scratch
from api.store.copying import is_in_use, load_store, settle_copy
from api.store.engine import make_engine, sqlite_file
from ingest.encoder import packaged_model_dir
from ingest.errors import BackupError, IndexUnavailable
from ingest.index.indexing import ingest_lock
from ingest.index.layout import CURRENT, index_dir, segment_dir, version_dir
from ingest.index.manifest import load_manifest
from ingest.index.segment import check_segment
from ingest.replacement import Replacement, finish, state
from ingest.settings import PACKAGED_ENCODER, Settings
from ingest.shelf.folders import settle

_RESTORED, _BEFORE = ".restored", ".before-restore"
_ONLY_OWNER = 0o600
_SPARE = 1.1
"""Of the disk: file systems round up."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place, where what was there before is ``kept``, and in ``remarks`` what is left to do."""

    manifest: BackupManifest
    kept: tuple[Path, ...]
    remarks: tuple[str, ...]


def restore(settings: Settings, file: Path) -> Restored:
    """Put what a backup holds in the place of what there is, which is kept. A kill leaves the one or the other.

    Raises BackupError, IngestBusy or StoreUnavailable, with nothing changed.
    """
    try:
        with ingest_lock(settings), ExitStack() as stack:
            return _restored(settings, file, stack)
    except OSError as error:
        raise BackupError(f"没有恢复完:{error.strerror} {error.filename or ''}。", "请检查权限和磁盘空间。") from error


def _restored(settings: Settings, file: Path, stack: ExitStack) -> Restored:
    at = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    _check_room(settings, read_manifest(file))
    settle(settings.corpus_dir)
    # Of a restore that was killed and finished by another command.
    _keep_corpus(settings, settings.data_dir / "removed" / f"before-restore-until-{at}")
    unpacked = stack.enter_context(scratch(settings.data_dir / "restoring"))
    manifest = unpack(file, unpacked)
    kept = settings.data_dir / "removed" / f"before-restore-{at}"
    replacements = [*_index(settings, unpacked / INDEX, manifest, kept)]
    remarks = () if replacements else ("索引要重建:请运行 policyqa ingest。",)
    if manifest.store:
        replacements += _store(settings, unpacked / STORE, at, stack)
    if (unpacked / EVALUATION).exists():
        settings.evaluation_report.parent.mkdir(parents=True, exist_ok=True)
        replacements.append(Replacement(settings.evaluation_report, kept / EVALUATION, unpacked / EVALUATION))
    replacements += _corpus(settings, unpacked / CORPUS, stack)
    state(settings.data_dir, replacements)
    scratches = stack.pop_all()
    finish(settings.data_dir)
    _keep_corpus(settings, kept)
    scratches.close()
    if settings.encoder == PACKAGED_ENCODER and not packaged_model_dir(settings).exists() and not remarks:
        remarks = ("这台机器上还没有编码模型:请运行 policyqa ingest。",)
    return Restored(manifest, tuple(path for path in (kept, *_kept_stores(settings, at)) if path.exists()), remarks)


def _check_room(settings: Settings, manifest: BackupManifest) -> None:
    free = shutil.disk_usage(settings.data_dir).free
    if free < manifest.size * _SPARE:
        needed = manifest.size * _SPARE / 1e6
        raise BackupError(f"磁盘只剩 {free / 1e6:.0f} MB,恢复要 {needed:.0f} MB。", "请先腾出空间。")


def _index(settings: Settings, unpacked: Path, manifest: BackupManifest, kept: Path) -> Iterator[Replacement]:
    """What of the version is not there yet, whole; then the version. None if this program cannot use it."""
    if manifest.index is None:
        return
    beside = settings.model_copy(update={"data_dir": unpacked.parent})
    try:
        names = load_manifest(version_dir(beside, manifest.index)).segments
        for name in names:
            check_segment(segment_dir(beside, name))
    except IndexUnavailable:
        # Of another format: made by an older program.
        return
    for name in names:
        place = segment_dir(settings, name)
        if not _is_whole(place, check_segment):
            place.parent.mkdir(parents=True, exist_ok=True)
            yield Replacement(place, kept / INDEX / name, segment_dir(beside, name))
    place = version_dir(settings, manifest.index)
    if not _is_whole(place, load_manifest):
        place.parent.mkdir(parents=True, exist_ok=True)
        yield Replacement(place, kept / INDEX / manifest.index, version_dir(beside, manifest.index))
    yield Replacement(index_dir(settings) / CURRENT, kept / INDEX / CURRENT, unpacked / CURRENT)


def _is_whole(folder: Path, check: Callable[[Path], object]) -> bool:
    try:
        check(folder)
    except IndexUnavailable:
        return False
    return True


def _store(settings: Settings, unpacked: Path, at: str, stack: ExitStack) -> Iterator[Replacement]:
    settle_copy(unpacked)
    place = sqlite_file(make_engine(settings.store))
    if place is None:
        load_store(unpacked, settings.store)
        return
    if place.exists() and is_in_use(place):
        raise BackupError("工单库正在使用。", "请先停下服务,再恢复。")
    place.parent.mkdir(parents=True, exist_ok=True)
    # Its folder may be on another disk.
    beside = stack.enter_context(scratch(place.with_name(f"{place.name}.restored"))) / STORE
    shutil.move(unpacked, beside)
    beside.chmod(_ONLY_OWNER)
    for ending in ("-wal", "-shm"):
        side = Path(f"{place}{ending}")
        yield Replacement(side, Path(f"{_kept_store(place, at)}{ending}"))
    yield Replacement(place, _kept_store(place, at), beside)


def _kept_store(place: Path, at: str) -> Path:
    return place.with_name(f"{place.name}.before-restore-{at}")


def _kept_stores(settings: Settings, at: str) -> Iterator[Path]:
    if place := sqlite_file(make_engine(settings.store)):
        yield _kept_store(place, at)


def _corpus(settings: Settings, unpacked: Path, stack: ExitStack) -> Iterator[Replacement]:
    """Entry by entry, within the folder: it may be on another disk, and be what is mounted there."""
    place = settings.corpus_dir
    beside = stack.enter_context(scratch(place / _RESTORED))
    for path in unpacked.iterdir():
        shutil.move(path, beside / path.name)
    names = {path.name for folder in (place, beside) for path in folder.iterdir() if not path.name.startswith(".")}
    for name in sorted(names):
        new = beside / name
        yield Replacement(place / name, place / _BEFORE / name, new if new.exists() else None)


def _keep_corpus(settings: Settings, kept: Path) -> None:
    before = settings.corpus_dir / _BEFORE
    if before.exists():
        kept.mkdir(parents=True, exist_ok=True)
        shutil.move(before, kept / CORPUS)
