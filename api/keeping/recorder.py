"""Keeping questions behind the answers: nobody waits for the disk, and what has gathered is written at once."""

import logging
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, Full, Queue
from threading import Event, Thread

from api.store import Exchange

logger = logging.getLogger(__name__)
WAITING = 1000
"""So many exchanges may wait for a store that is slow; further ones are not kept."""

AT_ONCE = 100
"""So many are written in one transaction."""

FLUSH_S = 15.0
"""A store that is locked is given up after ten seconds; nobody waits much longer for what was kept before."""

_Item = Exchange | Event | None


class Recorder:
    """One thread that hands exchanges to ``write``, in the order in which they were put.

    ``write`` deals with a store that fails. Those that are not yet written when the process is killed are lost.
    """

    def __init__(self, write: Callable[[Sequence[Exchange]], None]) -> None:
        self._write = write
        self._waiting: Queue[_Item] = Queue(WAITING)
        self._thread: Thread | None = None

    def put(self, exchange: Exchange) -> bool:
        """Have an exchange written soon; False if too many are waiting."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="recorder", daemon=True)
            self._thread.start()
        try:
            self._waiting.put_nowait(exchange)
        except Full:
            return False
        return True

    def flush(self) -> None:
        """Wait until everything that was put before is written."""
        if self._thread is None:
            return
        written = Event()
        self._waiting.put(written)
        written.wait(FLUSH_S)

    def close(self) -> None:
        """Write what is waiting and end."""
        if self._thread:
            self._waiting.put(None)
            self._thread.join(FLUSH_S)
            self._thread = None

    def _run(self) -> None:
        is_open = True
        while is_open:
            items = list(self._gathered())
            exchanges = [item for item in items if isinstance(item, Exchange)]
            try:
                self._write(exchanges)
            except Exception:
                # Nobody waits for this thread to hear of it, and the next ones may fare better.
                logger.exception("%d exchanges not kept", len(exchanges))
            for item in items:
                if isinstance(item, Event):
                    item.set()
            is_open = None not in items

    def _gathered(self) -> Iterator[_Item]:
        """At least one, with those that wait behind it."""
        yield self._waiting.get()
        try:
            for _ in range(AT_ONCE - 1):
                yield self._waiting.get_nowait()
        except Empty:
            return
