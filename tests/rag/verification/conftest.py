from collections.abc import Callable

import pytest

from ingest.corpus import CorpusNotice
from ingest.index import Index
from rag.verification import Claim, Verifier

Make = Callable[..., Claim]


@pytest.fixture(scope="session")
def verifier(index: Index) -> Verifier:
    return Verifier(index.corpus.departments, index.encoder)


@pytest.fixture(scope="session")
def claim(hongkou: CorpusNotice) -> Make:
    """A claim on sources of the real notice, by key."""

    def make(text: str, *keys: str) -> Claim:
        return Claim(text, tuple(hongkou.source(key) for key in keys))

    return make
