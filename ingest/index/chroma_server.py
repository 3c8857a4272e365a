"""A Chroma server: connecting with an end to waiting, and what goes wrong there in the project's own errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import httpx
from chromadb import HttpClient
from chromadb.api.client import Client
from chromadb.api.fastapi import FastAPI
from chromadb.api.models.Collection import Collection
from chromadb.api.types import QueryResult
from chromadb.config import DEFAULT_DATABASE
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError

from ingest.errors import IndexCorrupt, VectorsUnavailable
from ingest.index.manifest import REMEDY


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds until a server is given up: that lets nobody in, that says nothing."""

    connect_s: float
    answer_s: float

    @property
    def timeout(self) -> httpx.Timeout:
        """The same for httpx."""
        return httpx.Timeout(self.answer_s, connect=self.connect_s)


READING, WRITING = Patience(1.0, 3.0), Patience(3.0, 60.0)
"""A question waits no longer for a server that answers in milliseconds when it is well."""


@contextmanager
def asking() -> Iterator[None]:
    """Raises IndexCorrupt for what the server does not have, VectorsUnavailable if it does not answer."""
    try:
        yield
    except NotFoundError as error:
        raise IndexCorrupt("Chroma 服务器上没有这个索引的向量,或者不全。", REMEDY) from error
    except (ChromaError, httpx.HTTPError) as error:
        raise VectorsUnavailable(type(error).__name__) from error


@lru_cache(maxsize=16)
def connect(url: str, database: str, patience: Patience) -> Client:
    """One client with one pool of connections for all segments; telemetry off. To be called while ``asking``."""
    # Chroma's client waits without end, and can be told otherwise only once the server has answered it.
    httpx.get(f"{url}/api/v2/heartbeat", timeout=patience.timeout).raise_for_status()
    try:
        client = HttpClient(url, settings=ChromaSettings(anonymized_telemetry=False), database=database)
    except ValueError as error:
        raise VectorsUnavailable(type(error).__name__) from error
    client = cast("Client", client)
    session = cast("FastAPI", client._server)._session
    session.timeout = patience.timeout
    session.event_hooks = {"response": [_refuse_what_is_not_chroma]}
    return client


def make_database(url: str, name: str) -> None:
    """Make a database unless it is there. To be called while ``asking``."""
    server = connect(url, DEFAULT_DATABASE, WRITING)._server
    try:
        server.get_database(name)
    except NotFoundError:
        server.create_database(name)


class LastingCollection(Collection):
    """A collection of so many vectors; it is found again by its name when it was built anew and has another id."""

    def __init__(self, client: Client, name: str, count: int) -> None:
        found = client.get_collection(name, embedding_function=None)
        super().__init__(client._server, found._model, embedding_function=None)
        self._place, self._stated_count = client, count

    def query(self, *arguments: Any, **named: Any) -> QueryResult:  # noqa: ANN401 - Chroma's own signature
        """Collection.query. Raises IndexCorrupt or VectorsUnavailable."""
        with asking():
            try:
                return super().query(*arguments, **named)
            except NotFoundError:
                found = self._place.get_collection(self.name, embedding_function=None)
                if found.count() != self._stated_count:
                    raise
                self._model = found._model
                return super().query(*arguments, **named)


def _refuse_what_is_not_chroma(response: httpx.Response) -> None:
    """A proxy in between has pages of its own for errors; Chroma's client raises a bare Exception for them."""
    if response.is_error and "json" not in response.headers.get("content-type", ""):
        response.raise_for_status()
