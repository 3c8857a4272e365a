"""The archive of a backup, a ZIP file: its manifest, and how one is read that may be damaged or made to do harm.

manifest.json           format, what made it when, and the SHA-256 digest of every other file
corpus/…                the corpus folder
index/…                 the version in use with its segments, if there was one: current · versions/ · segments/
evaluation/report.json  the last evaluation, if there was one
store.db                the store as a SQLite database, whatever database it was in
"""

import hashlib
import json
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from ingest.errors import BackupError

FORMAT = 1
MANIFEST, CORPUS, INDEX, EVALUATION, STORE = "manifest.json", "corpus", "index", "evaluation/report.json", "store.db"
DAMAGED = "请换一份完好的备份。"
_CHUNK = 1 << 20
_MAX_MANIFEST = 64 * 1024 * 1024
_FAULTS = (zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError, RuntimeError)
"""What zipfile and the decompressors below it raise for damaged data: besides their own errors, ValueError for a
place that cannot be, EOFError for an end too soon, NotImplementedError for a way of packing that they do not know, and
RuntimeError for a file that claims to be encrypted."""


class SealedFile(BaseModel):
    """What a file in the archive must be; ``size`` in bytes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=0)]


class BackupManifest(BaseModel):
    """What a backup holds: ``index`` is the version, ``store`` the kind of database that it came from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    program: str
    made_at: AwareDatetime
    index: str | None
    store: Literal["sqlite", "postgresql"] | None
    files: Mapping[str, SealedFile]

    @property
    def size(self) -> int:
        """Bytes, unpacked."""
        return sum(each.size for each in self.files.values())


def program_version() -> str:
    """The version of this program."""
    return version("policy-qa")


def read_manifest(file: Path) -> BackupManifest:
    """What a backup says that it holds. Raises BackupError."""
    with _opened(file) as archive:
        return _manifest(file, archive)


def unpack(file: Path, target: Path) -> BackupManifest:
    """Write what the archive holds into a folder that is there, each file checked, on disk. Raises BackupError."""
    with _opened(file) as archive:
        manifest = _manifest(file, archive)
        for name, sealed in manifest.files.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if _written(archive, name, path, sealed.size) != sealed.sha256:
                raise BackupError(f"{file.name} 里的 {name} 与清单不符。", DAMAGED)
    return manifest


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except FileNotFoundError as error:
        raise BackupError(f"没有文件 {file}。", "请写备份文件的路径。") from error
    except _FAULTS as error:
        raise BackupError(f"{file.name} 已损坏,或不是 policyqa backup 做的。", DAMAGED) from error


def _manifest(file: Path, archive: zipfile.ZipFile) -> BackupManifest:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if MANIFEST not in names or archive.getinfo(MANIFEST).file_size > _MAX_MANIFEST:
        raise BackupError(f"{file.name} 不是 policyqa backup 做的。", DAMAGED)
    stated = json.loads(archive.read(MANIFEST))
    made = stated.get("format") if isinstance(stated, dict) else None
    if isinstance(made, int) and made > FORMAT:
        raise BackupError(f"{file.name} 的格式是 {made},本程序只认得到 {FORMAT}。", "请先升级本程序。")
    try:
        manifest = BackupManifest.model_validate(stated)
    except ValidationError as error:
        raise BackupError(f"{file.name} 的清单读不懂。", DAMAGED) from error
    for entry in entries:
        if not _is_plain(entry):
            raise BackupError(f"{file.name} 里的“{entry.filename}”会写到别处去。", "这份备份被人动过,请不要使用。")
    if sorted(names) != sorted([MANIFEST, *manifest.files]):
        raise BackupError(f"{file.name} 里的文件与清单不符。", DAMAGED)
    return manifest


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """Whether it is an ordinary file that belongs into one of the places of a backup."""
    name, mode = entry.filename, entry.external_attr >> 16
    # zipfile has cut the name at a NUL; what stood there before tells.
    is_name = name == entry.orig_filename and name == str(PurePosixPath(name)) and "\\" not in name
    parts = name.split("/")
    is_here = name in (MANIFEST, STORE, EVALUATION) or (len(parts) > 1 and parts[0] in (CORPUS, INDEX))
    return is_name and is_here and not {"..", ".", ""} & set(parts) and stat.S_IFMT(mode) in (0, stat.S_IFREG)


def _written(archive: zipfile.ZipFile, name: str, path: Path, size: int) -> str:
    """The digest of what was written; what is longer than it should be is not written to the end."""
    digest, written = hashlib.sha256(), 0
    with archive.open(name) as packed, path.open("xb") as file:
        while written <= size and (chunk := packed.read(_CHUNK)):
            written += len(chunk)
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest() if written <= size else ""
