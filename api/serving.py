"""The index that is being served: opened at the start, switched when a new version is published."""

import gc
import logging
import threading
import time
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from api.open_segments import OpenSegments
from ingest.corpus import Corpus
from ingest.errors import IndexUnavailable
from ingest.index import Index, open_version
from ingest.index.layout import current_version
from ingest.settings import Settings
from rag.assist import AssistChain
from rag.chain import AnswerChain
from rag.reranker import open_reranker
from rag.verification import Verifier

logger = logging.getLogger(__name__)
RETRY_S = 2.0
"""How long a version that could not be opened is left alone before the next request tries again."""

PATIENCE_S = 0.5
"""How long the request that finds a new version waits for it; a large one is opened while the old one answers."""

GARBAGE = 20_000
"""So many more objects than there were before are looked through for garbage (Python's own: 700, less than one question
makes): a tenth of the processor time of a question."""

_WARM_UP_QUESTION = "这件事找哪个部门?"


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Served:
    """One open version with the chains that answer from it."""

    index: Index
    chain: AnswerChain
    assist_chain: AssistChain
    verifier: Verifier

    @property
    def corpus(self) -> Corpus:
        """The catalogue that belongs to this version."""
        return self.index.corpus

    @property
    def version(self) -> str:
        """The name of this version."""
        return self.index.manifest.version


class ServedIndex:
    """Hands out the version in use; requests that hold an older one keep it until they are done."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._reranker = open_reranker(settings)
        self._segments = OpenSegments()
        self._served: Served | None = None
        self._lock = threading.Lock()
        self._failure: IndexUnavailable | None = None
        self._failed_version = ""
        self._retry_at = 0.0

    def ready(self) -> Served | None:
        """The version in use if it is open, without waiting."""
        served = self._served
        try:
            return served if served and served.version == current_version(self._settings) else None
        except IndexUnavailable:
            return None

    @property
    def in_use(self) -> Served | None:
        """The version that is open, whether or not a newer one is published."""
        return self._served

    def get(self) -> Served:
        """The version in use, opened now if it is new. Raises IndexUnavailable if none can be served.

        While a new version is being opened, or if it cannot be, the one that is open goes on being served.
        """
        served = self._served
        try:
            version = current_version(self._settings)
        except IndexUnavailable:
            if served:
                return served
            raise
        if served is None:
            with self._lock:
                self._switch(version)
        elif served.version != version and self._lock.acquire(blocking=False):
            opening = threading.Thread(target=self._switch_and_unlock, args=(version,), daemon=True)
            opening.start()
            opening.join(PATIENCE_S)
        if self._served is None:
            assert self._failure is not None
            raise self._failure
        return self._served

    def warm_up(self) -> None:
        """Open the index and send one question through the chain, so that the first caller does not wait.

        Without an index this only logs the remedy: the process starts all the same and answers 503.
        """
        try:
            self.get().assist_chain.assist(_WARM_UP_QUESTION)
        except IndexUnavailable as error:
            logger.warning("%s", error)
        # What is loaded by now stays: looking through all of it for garbage stops everything for a fifth of a second.
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE)

    def close(self) -> None:
        """Release what is open."""
        with self._lock:
            self._segments.close()

    def _switch_and_unlock(self, version: str) -> None:
        try:
            self._switch(version)
        except Exception:
            # Nobody waits for this thread to hear of it, and the old version answers all the same.
            logger.exception("index version %s cannot be served", version)
            self._put_off(version)
        finally:
            self._lock.release()

    def _switch(self, version: str) -> None:
        """Open a version and serve it. The lock is held."""
        if self._served and self._served.version == version:
            return
        if version == self._failed_version and time.monotonic() < self._retry_at:
            return
        try:
            opened = self._open(version)
        except IndexUnavailable as error:
            logger.warning("index version %s cannot be opened: %s", version, error)
            self._failure = error
            self._put_off(version)
        else:
            if self._served:
                # What the old version has left behind is garbage now, or will be soon.
                gc.unfreeze()
            self._served, self._failed_version = opened, ""

    def _put_off(self, version: str) -> None:
        self._failed_version, self._retry_at = version, time.monotonic() + RETRY_S

    def _open(self, version: str) -> Served:
        """A version with its chains; what it shares with the one that is served is not opened again."""
        before = self._served
        shared = before.index.segments if before else ()
        index = open_version(self._settings, version, shared)
        try:
            chain = AnswerChain(index, self._reranker)
            verifier = Verifier(index.corpus.departments, index.encoder)
            opened = Served(index, chain, AssistChain(chain, index.corpus), verifier)
        except Exception:
            for segment in set(index.segments).difference(shared):
                segment.close()
            raise
        self._segments.hold_for(opened, index.segments)
        if before:
            opened.assist_chain.assist(_WARM_UP_QUESTION)
        return opened


async def _get_served(request: Request) -> Served:
    served: ServedIndex = request.app.state.served_index
    if ready := served.ready():
        return ready
    return await run_in_threadpool(served.get)


ServedDep = Annotated[Served, Depends(_get_served)]
"""The version in use, as a FastAPI dependency."""
