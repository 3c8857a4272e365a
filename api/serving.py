"""The index that is being served: opened at the start, switched when a new version is published."""

import logging
import threading
import time
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from ingest.corpus import Corpus
from ingest.errors import IndexUnavailable
from ingest.index import Index, open_version
from ingest.layout import current_version
from ingest.settings import Settings
from rag.assist import AssistChain
from rag.chain import AnswerChain
from rag.reranker import open_reranker
from rag.verification import Verifier

logger = logging.getLogger(__name__)
RETRY_S = 2.0
"""How long a version that could not be opened is left alone before the next request tries again."""

_WARM_UP_QUESTION = "这件事找哪个部门?"


@dataclass(frozen=True, slots=True)
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


class ServedIndex:
    """Hands out the version in use; requests that hold an older one keep it until they are done."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._reranker = open_reranker(settings)
        self._served: Served | None = None
        self._retired: Served | None = None
        self._lock = threading.Lock()
        self._failure: IndexUnavailable | None = None
        self._failed_version = ""
        self._retry_at = 0.0

    def get(self) -> Served:
        """The version in use, opened now if it is new. Raises IndexUnavailable if none can be served.

        If a new version cannot be opened, the one that is already open goes on being served.
        """
        try:
            version = current_version(self._settings)
        except IndexUnavailable:
            if self._served:
                return self._served
            raise
        if self._served and self._served.index.manifest.version == version:
            return self._served
        with self._lock:
            return self._switch(version)

    def warm_up(self) -> None:
        """Open the index and send one question through the chain, so that the first caller does not wait.

        Without an index this only logs the remedy: the process starts all the same and answers 503.
        """
        try:
            self.get().assist_chain.assist(_WARM_UP_QUESTION)
        except IndexUnavailable as error:
            logger.warning("%s", error)

    def close(self) -> None:
        """Release what is open."""
        for served in (self._served, self._retired):
            if served:
                served.index.close()

    def _switch(self, version: str) -> Served:
        if self._served and self._served.index.manifest.version == version:
            return self._served
        if version != self._failed_version or time.monotonic() >= self._retry_at:
            try:
                index = open_version(self._settings, version)
            except IndexUnavailable as error:
                logger.warning("index version %s cannot be opened: %s", version, error)
                self._failure, self._failed_version = error, version
                self._retry_at = time.monotonic() + RETRY_S
            else:
                if self._retired:
                    self._retired.index.close()
                chain = AnswerChain(index, self._reranker)
                verifier = Verifier(index.corpus.departments, index.encoder)
                opened = Served(index, chain, AssistChain(chain, index.corpus), verifier)
                self._retired, self._served = self._served, opened
                self._failed_version = ""
        if self._served is None:
            assert self._failure is not None
            raise self._failure
        return self._served


def _get_served(request: Request) -> Served:
    served: ServedIndex = request.app.state.served_index
    return served.get()


ServedDep = Annotated[Served, Depends(_get_served)]
"""The version in use, as a FastAPI dependency."""
