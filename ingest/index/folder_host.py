"""Vectors in the folder of their segment: a local Chroma of two collections."""

import shutil
import sqlite3
import threading
import weakref
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from chromadb.api.client import Client
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from ingest.corpus import CorpusNotice
from ingest.errors import IndexCorrupt
from ingest.index.collection_pair import CollectionPair
from ingest.index.disk import writing
from ingest.index.layout import CHROMA, PASSAGES, QUESTIONS
from ingest.index.manifest import REMEDY, SegmentManifest, VectorsIn, passage_digests
from ingest.index.merging import to_merge
from ingest.index.passages import Passage
from ingest.index.read_only import is_read_only, private_copy
from ingest.index.vectors import Filling

_clients = threading.Lock()
"""Clients of one folder share what is behind them, and Chroma counts them without a lock of its own."""


class FolderHost:
    """The vectors of each segment in the segment's own folder."""

    vectors_in: VectorsIn = "folder"

    @contextmanager
    def filling(
        self, _segment: str, folder: Path, bases: Sequence[Path], _wanted: Mapping[str, Passage]
    ) -> Iterator[Filling]:
        """Starts as a copy of the first base: that is much faster than taking its vectors over."""
        if bases:
            shutil.copytree(bases[0] / CHROMA, folder / CHROMA)
        client = open_chroma(folder)
        try:
            held = passage_digests(bases[0]) if bases else {}
            yield Filling(client, {name: name for name in (PASSAGES, QUESTIONS)}, held)
        finally:
            _close(client)

    def open(self, manifest: SegmentManifest, folder: Path) -> CollectionPair:
        """Chroma's database is first checked by SQLite itself. Raises IndexUnwritable if the disk is full, too."""
        _check_database(folder / CHROMA / "chroma.sqlite3")
        with writing():
            client = open_chroma(folder)
        try:
            passages, questions = (
                client.get_collection(name, embedding_function=None) for name in (PASSAGES, QUESTIONS)
            )
            pair = CollectionPair(passages, questions, partial(_close, client))
            pair.check(manifest)
        except (ChromaError, OSError, ValueError) as error:
            _close(client)
            raise IndexCorrupt(f"向量库读不了:{error}。", REMEDY) from error
        except IndexCorrupt:
            _close(client)
            raise
        return pair

    def verify(self, _segments: Collection[str]) -> None:
        """What is open stays readable."""

    def keep_only(self, _segments: Collection[str]) -> None:
        """They go with their segments' folders."""

    def grouped(self, notices: Sequence[CorpusNotice]) -> Iterator[tuple[CorpusNotice, ...]]:
        """What comes together is one segment."""
        if notices:
            yield tuple(notices)

    def merged(self, sizes: Mapping[str, int]) -> tuple[str, ...]:
        """Few segments are searched faster than many."""
        return to_merge(sizes)

    def segment_name(self, _notices: Sequence[CorpusNotice], digest: str) -> str:
        """After what it is made of."""
        return f"s{digest}"


def open_chroma(folder: Path) -> Client:
    """A local Chroma client on a segment's folder, or on a copy of it where that is read-only; telemetry off."""
    stored = folder / CHROMA
    with ExitStack() as stack:
        path = stack.enter_context(private_copy(stored)) if is_read_only(stored) else stored
        chroma = ChromaSettings(is_persistent=True, persist_directory=str(path), anonymized_telemetry=False)
        with _clients:
            client = _start(chroma)
        weakref.finalize(client, stack.pop_all().close)
    return client


def _start(chroma: ChromaSettings) -> Client:
    try:
        return Client(settings=chroma)
    except Exception:
        # Chroma keeps what it could not start, and would hand it out, broken, to whoever comes next.
        if chroma.persist_directory not in Client._identifier_to_refcount:
            Client._identifier_to_system.pop(chroma.persist_directory, None)
        raise


def _close(client: Client) -> None:
    with _clients:
        client.close()


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
