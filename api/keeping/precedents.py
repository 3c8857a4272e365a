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
"""At most so many of them are told of."""


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
        with self._lock:
            newest = self._refresh(exchanges, vector.size)
            cosines = (self._vectors @ vector)[[self._row_of[trace_id] for trace_id in newest]]
        best = np.argsort(-cosines, kind="stable")[:SHOWN].tolist()
        return [(newest[at], min(float(cosines[at]), 1.0)) for at in best if cosines[at] >= ALIKE]

    def _refresh(self, exchanges: Exchanges, dimensions: int) -> list[str]:
        """Forget what is gone, read what is new; the trace ids of all that is known then, the newest first."""
        if self._vectors.shape[1] != dimensions:
            # Another encoder's: nothing that was embedded before can be compared.
            self._vectors = np.zeros((NEWEST, dimensions), np.float32)
            self._row_of, self._free = {}, list(range(NEWEST))
        newest = exchanges.newest_tickets(NEWEST)
        for trace_id in self._row_of.keys() - set(newest):
            self._free.append(self._row_of.pop(trace_id))
        if unknown := [trace_id for trace_id in newest if trace_id not in self._row_of]:
            for trace_id, vector in exchanges.vectors(unknown).items():
                row = self._row_of[trace_id] = self._free.pop()
                self._vectors[row] = vector if vector.size == dimensions else 0
        return [trace_id for trace_id in newest if trace_id in self._row_of]
