"""Building one segment of the index in a folder of its own."""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from hashlib import sha256
from pathlib import Path

from ingest.corpus import CorpusNotice
from ingest.encoder import encoder_name, open_encoder
from ingest.index.layout import (
    BANK,
    BANK_SOUND,
    DIGESTS,
    LEXICON,
    NOTICES,
    SOUND,
    segment_dir,
)
from ingest.index.lexicon import build_lexicon, saved_tokens, tokenize
from ingest.index.manifest import (
    FORMAT,
    SegmentManifest,
    engine_versions,
    load_segment_manifest,
    passage_digests,
    seal,
    sealed_files,
)
from ingest.index.passages import lexical_texts, notice_of, passages_of
from ingest.index.pinyin import tokenize_sound
from ingest.index.plan import SegmentPlan
from ingest.index.record import record_digest, record_of
from ingest.index.segment import open_segment
from ingest.index.vector_host import VectorHost, hosts_at_hand, vector_host
from ingest.index.vectors import Base, fill
from ingest.progress import Progress
from ingest.publication import published
from ingest.settings import Settings


def build_segment(settings: Settings, plan: SegmentPlan, progress: Progress) -> SegmentManifest:
    """Write the segment, and verify that it opens as its manifest promises."""
    records = {entry.id: record_of(entry) for entry in plan.notices}
    digests = {name: record_digest(record) for name, record in records.items()}
    host = vector_host(settings)
    name = _segment_name(settings, host, plan.notices, digests)
    wanted = {passage.id: passage for passage in passages_of(plan.notices)}
    with published(segment_dir(settings, name)) as folder:
        (folder / NOTICES).mkdir()
        for notice_id, record in records.items():
            (folder / NOTICES / f"{notice_id}.json").write_bytes(record)
        bases = [segment_dir(settings, each) for each in plan.bases]
        with ThreadPoolExecutor(1) as beside, host.filling(name, folder, bases, wanted) as filling:
            # Cutting texts into words is done while the encoder, which is not Python, is at work.
            lexicons = beside.submit(_write_lexicons, settings, folder, plan, digests)
            encoder = open_encoder(settings)
            counts = fill(filling, encoder, [_base(settings, each) for each in bases], wanted, progress)
            lexicons.result()
        stored = {passage_id: passage.digest for passage_id, passage in wanted.items()}
        (folder / DIGESTS).write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
        files = sealed_files(folder)
        made = SegmentManifest(FORMAT, name, encoder.name, engine_versions(), counts, files, digests, host.vectors_in)
        seal(folder, made)
    with closing(open_segment(host, segment_dir(settings, name))) as segment:
        return segment.manifest


def _base(settings: Settings, folder: Path) -> Base:
    manifest = load_segment_manifest(folder)
    host = hosts_at_hand(settings)[manifest.vectors_in]
    return Base(passage_digests(folder), partial(host.open, manifest, folder))


def _segment_name(
    settings: Settings, host: VectorHost, notices: Sequence[CorpusNotice], digests: Mapping[str, str]
) -> str:
    """The same notices, encoder, format and engines always give the same name."""
    made_of = [FORMAT, encoder_name(settings), engine_versions(), sorted(digests.items())]
    return host.segment_name(notices, sha256(json.dumps(made_of).encode()).hexdigest()[:16])


def _write_lexicons(settings: Settings, folder: Path, plan: SegmentPlan, digests: Mapping[str, str]) -> None:
    """The four lexicons; the notices that a base has just the same are not cut into words again."""
    own_words, banked_words = lexical_texts(plan.notices)
    bases = {base: _same_notices(segment_dir(settings, base), digests) for base in plan.bases}
    for name, texts, tokenizer in (
        (LEXICON, own_words, tokenize),
        (BANK, banked_words, tokenize),
        (SOUND, own_words, tokenize_sound),
        (BANK_SOUND, banked_words, tokenize_sound),
    ):
        known: dict[str, list[str]] = {}
        for base, same in bases.items():
            wanted = {each for each in texts if notice_of(each) in same}
            known |= saved_tokens(segment_dir(settings, base) / name, wanted)
        build_lexicon(texts, tokenizer, known).save(folder / name)


def _same_notices(base: Path, digests: Mapping[str, str]) -> set[str]:
    paths = {name: base / NOTICES / f"{name}.json" for name in digests}
    return {name for name, path in paths.items() if path.exists() and record_digest(path.read_bytes()) == digests[name]}
