"""Precedents: the newest tickets by meaning, held in memory, to be compared with one that comes in."""

import threading

import numpy as np
from numpy.typing import NDArray

from api.store import Exchanges

NEWEST = 5000
"""Among so many of the newest tickets similar ones are looked for."""
ALIKE = 0.93
"""Cosine from which on two tickets are about the same trouble."""
SHOWN = 5


class Precedents:
    """Brought up to date before each search: other processes keep tickets too, and old ones are purged.

    Only what is not yet known is read, so that a search takes as long after a million exchanges as after the first.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._row_of: dict[str, int] = {}
        self._free: list[int] = []
        self._vectors = np.zeros((0, 0), np.float32)

    def alike(self, exchanges: Exchanges, vector: NDArray[np.float32]) -> list[tuple[str, float]]:
        """Trace ids and cosines of at most SHOWN tickets about the same trouble, most alike first, of those the newest.

        ``vector`` is of length 1. Raises StoreUnavailable.
        """
        newest = exchanges.newest_tickets(NEWEST)
        with self._lock:
            self._forget_all_but(newest, vector.size)
            unknown = [trace_id for trace_id in newest if trace_id not in self._row_of]
        read = exchanges.vectors(unknown) if unknown else {}
        with self._lock:
            for trace_id, embedding in read.items():
                self._learn(trace_id, embedding)
            known = [trace_id for trace_id in newest if trace_id in self._row_of]
            cosines = (self._vectors @ vector)[[self._row_of[trace_id] for trace_id in known]]
        best = np.argsort(-cosines, kind="stable")[:SHOWN].tolist()
        return [(known[at], min(float(cosines[at]), 1.0)) for at in best if cosines[at] >= ALIKE]

    def _forget_all_but(self, newest: list[str], dimensions: int) -> None:
        if self._vectors.shape[1] != dimensions:
            # Another encoder's: nothing that was embedded before can be compared.
            self._vectors = np.zeros((NEWEST, dimensions), np.float32)
            self._row_of, self._free = {}, list(range(NEWEST))
        for trace_id in self._row_of.keys() - set(newest):
            self._free.append(self._row_of.pop(trace_id))

    def _learn(self, trace_id: str, embedding: NDArray[np.float32]) -> None:
        if trace_id in self._row_of or not self._free:
            return
        row = self._row_of[trace_id] = self._free.pop()
        self._vectors[row] = embedding if embedding.size == self._vectors.shape[1] else 0
