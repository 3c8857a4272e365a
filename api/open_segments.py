"""The segments of the index that are open: versions share them, and each is closed when nothing answers from it."""

import threading
import weakref
from collections import Counter
from collections.abc import Sequence

from ingest.index.segment import Segment


class OpenSegments:
    """Counts who needs a segment."""

    def __init__(self) -> None:
        # Whoever drops the last reference to a holder releases its segments, at whatever moment that is.
        self._lock = threading.RLock()
        self._holders: Counter[Segment] = Counter()

    def hold_for(self, holder: object, segments: Sequence[Segment]) -> None:
        """Keep the segments open as long as anyone has the ``holder``."""
        with self._lock:
            self._holders.update(segments)
        weakref.finalize(holder, self._release, segments).atexit = False

    def close(self) -> None:
        """Close what is open, whoever needs it."""
        with self._lock:
            for segment in self._holders:
                segment.close()
            self._holders.clear()

    def _release(self, segments: Sequence[Segment]) -> None:
        with self._lock:
            for segment in segments:
                self._holders[segment] -= 1
                if self._holders[segment] <= 0:
                    del self._holders[segment]
                    segment.close()
