"""Vectors on a Chroma server: two collections for each notice, in a database that belongs to this data folder."""

import logging
import re
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.corpus import CorpusNotice
from ingest.errors import IndexCorrupt, IndexMissing, IndexUnavailable
from ingest.index.chroma_server import READING, WRITING, LastingCollection, asking, connect, make_database
from ingest.index.collection_pair import CollectionPair
from ingest.index.layout import PASSAGES, QUESTIONS, database_file
from ingest.index.manifest import REMEDY, SegmentManifest, VectorsIn
from ingest.index.passages import Passage
from ingest.index.vectors import Filling
from ingest.publication import write_atomically
from ingest.settings import Settings

_UNFIT = re.compile(r"[^A-Za-z0-9-]+")
_LONGEST = 60
logger = logging.getLogger(__name__)


class ServerHost:
    """Collections are never changed once a version has them: replicas switch from one set to another."""

    vectors_in: VectorsIn = "server"

    def __init__(self, settings: Settings) -> None:
        self._url = settings.chroma_url
        self._database_file = database_file(settings)

    @contextmanager
    def filling(
        self, segment: str, _folder: Path, _bases: Sequence[Path], wanted: Mapping[str, Passage]
    ) -> Iterator[Filling]:
        """A segment's name says what is in it, so what a run that was killed has left there is used."""
        names = {each: _name(segment, each) for each in (PASSAGES, QUESTIONS)}
        with asking():
            make_database(self._url, database := self._database_to_write())
            client = connect(self._url, database, WRITING)
            there = {collection.name: collection for collection in client.list_collections()}
            held = [
                passage_id
                for name in names.values()
                if name in there
                for passage_id in there[name].get(include=[])["ids"]
            ]
            digests = {each: wanted[each].digest if each in wanted else "" for each in held}
            yield Filling(client, names, digests)

    def open(self, manifest: SegmentManifest, _folder: Path) -> CollectionPair:
        """They outlive the server's being away."""
        with asking():
            client = connect(self._url, self._database(), READING)
            passages, questions = (
                LastingCollection(client, _name(manifest.name, each), manifest.counts[each])
                for each in (PASSAGES, QUESTIONS)
            )
            pair = CollectionPair(passages, questions)
            pair.check(manifest)
        return pair

    def verify(self, segments: Collection[str]) -> None:
        """One request, however many there are."""
        with asking():
            there = connect(self._url, self._database(), READING).list_collections()
        lacking = _names(segments) - {collection.name for collection in there}
        if lacking:
            raise IndexCorrupt(f"Chroma 服务器上缺少 {min(lacking)}。", REMEDY)

    def keep_only(self, segments: Collection[str]) -> None:
        """What else is in the database of this data folder goes; other databases are none of its business."""
        kept = _names(segments)
        try:
            with asking():
                client = connect(self._url, self._database(), WRITING)
                for collection in client.list_collections():
                    if collection.name not in kept:
                        client.delete_collection(collection.name)
        except IndexUnavailable as error:
            # The new version is in use, and the next run clears away what is left.
            logger.warning("outdated collections are left on the Chroma server: %s", error)

    def grouped(self, notices: Sequence[CorpusNotice]) -> Iterator[tuple[CorpusNotice, ...]]:
        """Every notice is a segment of its own."""
        return ((entry,) for entry in notices)

    def merged(self, _sizes: Mapping[str, int]) -> tuple[str, ...]:
        """And stays one."""
        return ()

    def segment_name(self, notices: Sequence[CorpusNotice], digest: str) -> str:
        """Who looks at the server sees whose collections there are."""
        readable = _UNFIT.sub("", notices[0].id).strip("-")[:_LONGEST]
        return f"{readable or 'notice'}-{digest}"

    def _database(self) -> str:
        try:
            return self._database_file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise IndexMissing("索引还没有建到 Chroma 服务器上。", REMEDY) from error

    def _database_to_write(self) -> str:
        """Chosen once; the ingest lock is held."""
        if not self._database_file.exists():
            write_atomically(self._database_file, f"policyqa-{secrets.token_hex(8)}")
        return self._database()


def _name(segment: str, collected: str) -> str:
    return f"{segment}-{collected}"


def _names(segments: Collection[str]) -> set[str]:
    return {_name(segment, each) for segment in segments for each in (PASSAGES, QUESTIONS)}
