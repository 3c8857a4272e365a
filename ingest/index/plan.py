"""What an ingest has to do: the difference between the notices that are indexed and those of the corpus folder."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from ingest.corpus import CorpusNotice, load_notice, notice_folders
from ingest.encoder import encoder_name
from ingest.errors import IndexCorrupt, IndexUnavailable
from ingest.index.layout import DEPARTMENTS, NOTICES, current_version, segment_dir, version_dir
from ingest.index.manifest import (
    Manifest,
    SegmentManifest,
    engine_versions,
    load_manifest,
    load_segment_manifest,
    reader_digest,
)
from ingest.index.record import read_record, record_digest, record_of
from ingest.index.vector_host import VectorHost, hosts_at_hand, vector_host
from ingest.register_file import load_departments
from ingest.settings import Settings


@dataclass(frozen=True, slots=True)
class Standing:
    """What is published and can be built upon: the version in use, if any, and those of its segments that are whole.

    The vectors of ``elsewhere`` segments lie where they did before the settings were changed, and can be taken over.
    """

    manifest: Manifest | None
    segments: Mapping[str, SegmentManifest] = field(default_factory=dict)
    elsewhere: Mapping[str, SegmentManifest] = field(default_factory=dict)

    @property
    def records(self) -> Mapping[str, str]:
        """The digests of the records of all notices, by id."""
        return {name: digest for segment in self.segments.values() for name, digest in segment.notices.items()}


@dataclass(frozen=True, slots=True)
class SegmentPlan:
    """A segment to be built, and the segments whose vectors are used again, first of all those of the first."""

    notices: tuple[CorpusNotice, ...]
    bases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """``kept`` segments stay, ``dropped`` ones go, ``built`` come. ``digests`` are those of the notices' folders."""

    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    built: tuple[SegmentPlan, ...]
    digests: Mapping[str, str]


def make_plan(settings: Settings, standing: Standing) -> Plan:
    """Compare the corpus folder with what stands. Only folders that changed are read.

    Raises CorpusError or NoticeError.
    """
    departments = load_departments(settings.corpus_dir / DEPARTMENTS)
    common = sha256((settings.corpus_dir / DEPARTMENTS).read_bytes()).hexdigest() + reader_digest()
    records, known = standing.records, standing.manifest.notices if standing.manifest else {}
    digests: dict[str, str] = {}
    changed: dict[str, CorpusNotice] = {}
    for folder in notice_folders(settings.corpus_dir):
        digest = digests[folder.name] = _folder_digest(folder, common)
        if folder.name in records and known.get(folder.name) == digest:
            continue
        entry = load_notice(folder, departments)
        if records.get(entry.id) != record_digest(record_of(entry)):
            changed[entry.id] = entry
    kept, dropped, built = [], list(standing.elsewhere), []
    for name, segment in standing.segments.items():
        if all(each in digests and each not in changed for each in segment.notices):
            kept.append(name)
            continue
        dropped.append(name)
        left = [each for each in segment.notices if each in digests]
        if left:
            notices = tuple(
                changed.pop(each) if each in changed else read_notice(settings, name, each) for each in left
            )
            built.append(SegmentPlan(notices, (name,)))
    for group in vector_host(settings).grouped(tuple(changed.values())):
        built.append(SegmentPlan(group, _holding(standing.elsewhere, group)))
    return Plan(tuple(kept), tuple(dropped), tuple(built), digests)


def read_notice(settings: Settings, segment: str, notice_id: str) -> CorpusNotice:
    """A notice as a segment has it. Raises IndexCorrupt."""
    return read_record(segment_dir(settings, segment) / NOTICES / f"{notice_id}.json")


def what_stands(settings: Settings) -> Standing:
    """The version in use; nothing of it if it is missing, damaged, or of another encoder or engine.

    Raises VectorsUnavailable: what cannot be seen now is not built anew.
    """
    try:
        manifest = load_manifest(version_dir(settings, current_version(settings)))
    except IndexUnavailable:
        return Standing(None)
    if manifest.encoder != encoder_name(settings) or manifest.engines != engine_versions():
        return Standing(None)
    whole = {
        host: dict(_whole_segments(settings, manifest, hosted)) for host, hosted in hosts_at_hand(settings).items()
    }
    here = whole.pop(vector_host(settings).vectors_in)
    return Standing(manifest, here, {name: each for segments in whole.values() for name, each in segments.items()})


def _whole_segments(settings: Settings, manifest: Manifest, host: VectorHost) -> Iterator[tuple[str, SegmentManifest]]:
    for name in manifest.segments:
        folder = segment_dir(settings, name)
        try:
            segment = load_segment_manifest(folder)
            if segment.vectors_in == host.vectors_in:
                host.open(segment, folder).close()
                yield name, segment
        except IndexCorrupt:
            continue


def _holding(segments: Mapping[str, SegmentManifest], notices: Sequence[CorpusNotice]) -> tuple[str, ...]:
    ids = {entry.id for entry in notices}
    return tuple(name for name, segment in segments.items() if ids & segment.notices.keys())


def _folder_digest(folder: Path, common: str) -> str:
    """Changes with any file in the folder of a notice, and with what all notices are read by."""
    digest = sha256(common.encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()
