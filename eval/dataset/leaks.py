"""Evaluation questions that are too near to something the product has learned from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.dataset.item import Item
from ingest.encoder import Encoder

NEAR = 0.97
"""Cosine from which on two questions are the same one in other words. Of the pairs looked at when the sets were put
together, those above it asked for the same thing, most of those below (0.93–0.97) for another detail of it."""

_BATCH = 64


@dataclass(frozen=True, slots=True)
class Leak:
    """An item and the learned question that it is too near to."""

    item: str
    question: str
    learned: str
    cosine: float


def leaks(encoder: Encoder, items: Sequence[Item], learned: Sequence[str]) -> Iterator[Leak]:
    """The items whose question stands in ``learned`` or comes near one there, by the product's own encoder."""
    cosines = _encoded(encoder, [item.question for item in items]) @ _encoded(encoder, learned).T
    for item, row in zip(items, cosines, strict=True):
        nearest = int(row.argmax())
        if row[nearest] >= NEAR:
            yield Leak(item.id, item.question, learned[nearest], float(row[nearest]))


def _encoded(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float32]:
    batches = (encoder.encode_queries(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH))
    return np.concatenate(list(batches))
