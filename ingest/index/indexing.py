"""Keeping the index up to date: plan what changed, build aside, publish in one step, clear away."""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256

from filelock import FileLock, Timeout

from ingest.encoder import encoder_name, packaged_model_dir
from ingest.errors import IndexCorrupt, IngestBusy
from ingest.index.building import build_segment
from ingest.index.disk import writing
from ingest.index.layout import (
    CURRENT,
    DEPARTMENTS,
    PASSAGES,
    QUESTIONS,
    SEGMENTS,
    VERSIONS,
    index_dir,
    segment_dir,
    version_dir,
)
from ingest.index.lexicon import keep_dictionary
from ingest.index.manifest import (
    FORMAT,
    Manifest,
    SegmentManifest,
    engine_versions,
    load_manifest,
    passage_digests,
    seal,
    sealed_files,
)
from ingest.index.passages import passages_of
from ingest.index.plan import Plan, SegmentPlan, make_plan, read_notice, what_stands
from ingest.index.vector_host import vector_host
from ingest.progress import Progress
from ingest.publication import published, write_atomically
from ingest.replacement import finish
from ingest.settings import PACKAGED_ENCODER, Settings

Segments = dict[str, SegmentManifest]


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
    moment loses nothing. Raises NoticeError or CorpusError for the corpus, IngestBusy if another ingest runs,
    IndexUnwritable if the disk is full or read-only.
    """
    with ingest_lock(settings):
        return update_index(settings, progress)


def update_index(settings: Settings, progress: Progress) -> IngestReport:
    """The same for a caller that holds the ``ingest_lock``."""
    with writing():
        return _update(settings, progress)


def _update(settings: Settings, progress: Progress) -> IngestReport:
    keep_dictionary(index_dir(settings))
    _ensure_model(settings, progress)
    standing = what_stands(settings)
    plan = make_plan(settings, standing)
    report = _counted(settings, plan, standing.segments)
    segments = {name: standing.segments[name] for name in plan.kept}
    for each in plan.built:
        built = build_segment(settings, each, progress)
        segments[built.name] = built
    manifests = [standing.manifest] if standing.manifest else []
    manifests.append(_publish(settings, plan.digests, segments))
    # What is new is in use before the rest is tidied up, which can take longer.
    host = vector_host(settings)
    while merged := host.merged({name: sum(each.counts.values()) for name, each in segments.items()}):
        built = build_segment(settings, _merger(settings, segments, merged), progress)
        segments = {name: each for name, each in segments.items() if name not in merged} | {built.name: built}
        manifests.append(_publish(settings, plan.digests, segments))
    _clear_away(settings, manifests)
    return IngestReport(manifests[-1].version, *report)


@contextmanager
def ingest_lock(settings: Settings) -> Iterator[None]:
    """Held by whoever changes the index, or the notices' folders that it is made of.

    A restore that was cut off is finished first. Raises IngestBusy or IndexUnwritable.
    """
    with ExitStack() as held:
        with writing():
            index_dir(settings).mkdir(parents=True, exist_ok=True)
            try:
                held.enter_context(FileLock(index_dir(settings) / "ingest.lock", timeout=0))
            except Timeout as error:
                raise IngestBusy("另一个 ingest 正在运行。", "请等它结束后再试。") from error
        finish(settings.data_dir)
        yield


def _ensure_model(settings: Settings, progress: Progress) -> None:
    """Build the packaged model where it has not been built yet."""
    folder = packaged_model_dir(settings)
    if settings.encoder == PACKAGED_ENCODER and not folder.exists():
        # torch and its kin take seconds to import and are needed only here.
        from ingest.model import build_model

        build_model(folder, progress)
        for outdated in folder.parent.iterdir():
            if outdated != folder:
                shutil.rmtree(outdated)


def _counted(settings: Settings, plan: Plan, segments: Mapping[str, SegmentManifest]) -> tuple[int, int, int, int]:
    """How many passages are created, updated, deleted and left alone by a plan."""
    folders = [segment_dir(settings, each) for each in plan.dropped]
    before = {name: digest for folder in folders for name, digest in passage_digests(folder).items()}
    after = {passage.id: passage.digest for each in plan.built for passage in passages_of(each.notices)}
    common = before.keys() & after.keys()
    updated = sum(before[name] != after[name] for name in common)
    untouched = sum(sum(segments[name].counts.values()) for name in plan.kept)
    return len(after) - len(common), updated, len(before) - len(common), untouched + len(common) - updated


def _merger(settings: Settings, segments: Segments, merged: Sequence[str]) -> SegmentPlan:
    notices = [read_notice(settings, name, each) for name in merged for each in segments[name].notices]
    return SegmentPlan(tuple(sorted(notices, key=lambda entry: entry.id)), tuple(merged))


def _publish(settings: Settings, digests: Mapping[str, str], segments: Segments) -> Manifest:
    """Make a version of the segments the one in use."""
    counts = {name: sum(each.counts[name] for each in segments.values()) for name in (PASSAGES, QUESTIONS)}
    stated = (settings.corpus_dir / DEPARTMENTS).read_bytes()
    made_of = [FORMAT, sorted(segments), sorted(digests.items()), sha256(stated).hexdigest()]
    version = f"v{sha256(json.dumps(made_of).encode()).hexdigest()[:16]}"
    manifest = _standing_already(settings, version) or _write_version(
        settings, version, stated, counts, digests, segments
    )
    write_atomically(index_dir(settings) / CURRENT, version)
    return manifest


def _standing_already(settings: Settings, version: str) -> Manifest | None:
    """A version that is whole stays where it is: while it was being replaced, there would be none for a moment."""
    try:
        return load_manifest(version_dir(settings, version))
    except IndexCorrupt:
        return None


def _write_version(
    settings: Settings,
    version: str,
    stated: bytes,
    counts: dict[str, int],
    digests: Mapping[str, str],
    segments: Segments,
) -> Manifest:
    with published(version_dir(settings, version)) as folder:
        (folder / DEPARTMENTS).write_bytes(stated)
        manifest = Manifest(
            FORMAT,
            version,
            encoder_name(settings),
            engine_versions(),
            counts,
            sealed_files(folder),
            tuple(segments),
            dict(digests),
        )
        seal(folder, manifest)
    return manifest


def _clear_away(settings: Settings, manifests: Sequence[Manifest]) -> None:
    """Remove versions and segments that no reader can still be on, and what killed runs left behind."""
    kept = {
        VERSIONS: {each.version for each in manifests},
        SEGMENTS: {name for each in manifests for name in each.segments},
    }
    for path in index_dir(settings).glob("*"):
        if path.is_dir() and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
    for folder, names in kept.items():
        for path in (index_dir(settings) / folder).iterdir():
            if path.name not in names:
                shutil.rmtree(path, ignore_errors=True)
    vector_host(settings).keep_only(kept[SEGMENTS])
