"""The manifests of a published index: what it was made from, with what, and how to tell that it is whole."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import TypeAdapter

from ingest.errors import IndexCorrupt
from ingest.index.layout import CHROMA, DIGESTS

FORMAT = 7
REMEDY = "请运行 policyqa ingest 重建。"
_FILE = "manifest.json"
_ENGINES = ("chromadb", "bm25s", "jieba")
_CODE = Path(__file__).parents[1]
VectorsIn = Literal["folder", "server"]


@dataclass(frozen=True, slots=True)
class Manifest:
    """Of a version. ``counts`` are its passages by Chroma collection, ``files`` SHA-256 digests by relative path.

    ``segments`` are what it consists of; ``notices`` the digests of the folders that they were read from, by id.
    """

    format: int
    version: str
    encoder: str
    engines: dict[str, str]
    counts: dict[str, int]
    files: dict[str, str]
    segments: tuple[str, ...] = ()
    notices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SegmentManifest:
    """Of a segment: as of a version, but for ``notices``, the digests of what was read, by id.

    ``vectors_in`` says whether they are in its own folder or on a Chroma server.
    """

    format: int
    name: str
    encoder: str
    engines: dict[str, str]
    counts: dict[str, int]
    files: dict[str, str]
    notices: Mapping[str, str]
    vectors_in: VectorsIn = "folder"


_M = TypeVar("_M", Manifest, SegmentManifest)


def engine_versions() -> dict[str, str]:
    """Versions of the libraries whose files the index consists of."""
    return {name: version(name) for name in _ENGINES}


@lru_cache(maxsize=1)
def reader_digest() -> str:
    """Changes whenever a notice might be read otherwise than before: with the code of this package and its words."""
    digest = hashlib.sha256()
    for path in sorted(path for ending in ("py", "toml") for path in _CODE.rglob(f"*.{ending}")):
        digest.update(path.relative_to(_CODE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def sealed_files(folder: Path) -> dict[str, str]:
    """The digests of what a manifest vouches for: all files but those that Chroma rewrites whenever it is opened."""
    return {path.relative_to(folder).as_posix(): _digest(path) for path in _vouched_files(folder)}


def seal(folder: Path, manifest: Manifest | SegmentManifest) -> None:
    """Write the manifest of a finished folder; nothing may be written into it afterwards."""
    (folder / _FILE).write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")


def load_manifest(folder: Path) -> Manifest:
    """The manifest of a version, checked. Raises IndexCorrupt as load_segment_manifest."""
    return _load(folder, Manifest)


def load_segment_manifest(folder: Path) -> SegmentManifest:
    """The manifest of a segment: every file that it vouches for is checked.

    Raises IndexCorrupt if it cannot be read, is of another format, or a file is missing or altered.
    """
    return _load(folder, SegmentManifest)


def passage_digests(folder: Path) -> dict[str, str]:
    """The digests of the passages that a segment has, by passage id."""
    stored: dict[str, str] = json.loads((folder / DIGESTS).read_text(encoding="utf-8"))
    return stored


def _load(folder: Path, kind: type[_M]) -> _M:
    try:
        stated = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        if stated["format"] != FORMAT:
            remedy = f"请升级本程序;不升级,{REMEDY}" if stated["format"] > FORMAT else REMEDY
            raise IndexCorrupt(f"索引格式是 {stated['format']},本程序用 {FORMAT}。", remedy)
        manifest = TypeAdapter(kind).validate_python(stated)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexCorrupt(f"索引清单读不了:{error}。", REMEDY) from error
    for name, digest in manifest.files.items():
        path = folder / name
        if not path.is_file() or _digest(path) != digest:
            raise IndexCorrupt(f"索引文件 {name} 缺失或被改动。", REMEDY)
    return manifest


def _vouched_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (not path.is_relative_to(folder / CHROMA) or _is_lasting(path)):
            yield path


def _is_lasting(path: Path) -> bool:
    """Whether a file of Chroma's belongs to a graph that it has written once and for all.

    A damaged one is to be found out before Chroma loads it, which can end the process.
    """
    return (path.parent / "index_metadata.pickle").is_file()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
