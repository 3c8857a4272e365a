"""The manifest of a published index: what it was made from, with what, and how to tell that it is whole."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from ingest.errors import IndexCorrupt
from ingest.layout import CHROMA

FORMAT = 5
REMEDY = "请运行 policyqa ingest 重建。"
_FILE = "manifest.json"
_DATABASE = f"{CHROMA}/chroma.sqlite3"
_ENGINES = ("chromadb", "bm25s", "jieba")


@dataclass(frozen=True, slots=True)
class Manifest:
    """``counts`` are the passages by Chroma collection; ``files`` the SHA-256 digests by relative path."""

    format: int
    version: str
    encoder: str
    engines: dict[str, str]
    counts: dict[str, int]
    files: dict[str, str]


def engine_versions() -> dict[str, str]:
    """Versions of the libraries whose files the index consists of."""
    return {name: version(name) for name in _ENGINES}


def seal(folder: Path, name: str, encoder: str, counts: dict[str, int]) -> None:
    """Write the manifest of a finished index folder; nothing may be written into it afterwards."""
    files = {path.relative_to(folder).as_posix(): _digest(path) for path in _vouched_files(folder)}
    manifest = Manifest(FORMAT, name, encoder, engine_versions(), counts, files)
    (folder / _FILE).write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")


def load_manifest(folder: Path) -> Manifest:
    """Read the manifest, check every file it vouches for, and Chroma's database with SQLite's own check.

    Raises IndexCorrupt if it cannot be read, is of another format, or a file is missing or altered.
    """
    try:
        manifest = Manifest(**json.loads((folder / _FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexCorrupt(f"索引清单读不了:{error}。", REMEDY) from error
    if manifest.format != FORMAT:
        raise IndexCorrupt(f"索引格式是 {manifest.format},本程序用 {FORMAT}。", REMEDY)
    for name, digest in manifest.files.items():
        path = folder / name
        if not path.is_file() or _digest(path) != digest:
            raise IndexCorrupt(f"索引文件 {name} 缺失或被改动。", REMEDY)
    _check_database(folder / _DATABASE)
    return manifest


def _vouched_files(folder: Path) -> Iterator[Path]:
    # Chroma rewrites its own files whenever it is opened, so their digests would not last.
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_relative_to(folder / CHROMA):
            yield path


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_database(path: Path) -> None:
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise IndexCorrupt(f"向量库打不开:{error}。", REMEDY) from error
    if verdict != "ok":
        raise IndexCorrupt(f"向量库已损坏:{verdict}。", REMEDY)
