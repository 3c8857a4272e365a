"""Keeping the index up to date: plan what changed, build aside, publish in one step, clear away."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.building import build_version
from ingest.corpus import load_corpus
from ingest.encoder import encoder_name
from ingest.errors import IndexUnavailable, IngestBusy
from ingest.index import open_index
from ingest.layout import CURRENT, DIGESTS, index_dir
from ingest.manifest import FORMAT, engine_versions
from ingest.passages import Passage, passages_of
from ingest.plan import Plan
from ingest.progress import Progress
from ingest.publication import write_atomically
from ingest.settings import Settings


@dataclass(frozen=True, slots=True)
class IngestReport:
    """How many passages a run created, updated, deleted and left alone, and the version now in use."""

    version: str
    created: int
    updated: int
    deleted: int
    unchanged: int


def ingest(settings: Settings, progress: Progress) -> IngestReport:
    """Bring the index up to date with the corpus folder.

    Until a new version is complete and verified the old one stays in use, so an error or a kill at any
    moment loses nothing. Raises NoticeError or CorpusError for the corpus, IngestBusy if another ingest runs.
    """
    with _lock(settings):
        corpus = load_corpus(settings.corpus_dir)
        plan = _plan(settings, {passage.id: passage for passage in passages_of(corpus)})
        version = _version_name(settings)
        if plan.base is None or plan.base.name != version:
            build_version(settings, corpus, plan, version, progress)
        write_atomically(index_dir(settings) / CURRENT, version)
        _clear_away(settings, {version, plan.base.name if plan.base else version})
    unchanged = len(plan.wanted) - len(plan.upserts)
    return IngestReport(version, len(plan.created), len(plan.updated), len(plan.deleted), unchanged)


@contextmanager
def _lock(settings: Settings) -> Iterator[None]:
    index_dir(settings).mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(index_dir(settings) / "ingest.lock", timeout=0):
            yield
    except Timeout as error:
        raise IngestBusy("另一个 ingest 正在运行。", "请等它结束后再试。") from error


def _version_name(settings: Settings) -> str:
    """The same corpus files, encoder, format and engines always give the same name."""
    digest = sha256(json.dumps([FORMAT, encoder_name(settings), engine_versions()]).encode())
    for path in sorted(settings.corpus_dir.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(settings.corpus_dir).as_posix().encode() + b"\0")
            digest.update(sha256(path.read_bytes()).digest())
    return f"v{digest.hexdigest()[:16]}"


def _plan(settings: Settings, wanted: Mapping[str, Passage]) -> Plan:
    base, digests = _usable_base(settings)
    return Plan(
        base,
        wanted,
        created=tuple(name for name in wanted if name not in digests),
        updated=tuple(name for name in wanted if name in digests and digests[name] != wanted[name].digest),
        deleted=tuple(name for name in digests if name not in wanted),
    )


def _usable_base(settings: Settings) -> tuple[Path | None, dict[str, str]]:
    """The version in use with its passage digests; none if it is missing, damaged, or of another encoder or engine."""
    try:
        with closing(open_index(settings)) as index:
            manifest = index.manifest
    except IndexUnavailable:
        return None, {}
    if manifest.engines != engine_versions():
        return None, {}
    folder = index_dir(settings) / manifest.version
    return folder, json.loads((folder / DIGESTS).read_text(encoding="utf-8"))


def _clear_away(settings: Settings, kept: set[str]) -> None:
    """Remove versions that no reader can still be on, and what killed runs left behind."""
    for path in index_dir(settings).iterdir():
        if path.is_dir() and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
