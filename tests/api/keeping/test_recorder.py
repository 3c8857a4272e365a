"""Keeping exchanges behind the answers."""

from collections.abc import Iterator, Sequence
from threading import Event

import pytest

from api.keeping import recorder as module
from api.keeping.recorder import Recorder
from api.store import Exchange
from tests.api.conftest import GRACE_S
from tests.api.store.test_store import TICKET


class SlowStore:
    """Writes only when it is let; knows what it was handed, transaction by transaction."""

    def __init__(self) -> None:
        self.written: list[list[str]] = []
        self.is_asked, self.may_write = Event(), Event()
        self.fails = False

    def write(self, exchanges: Sequence[Exchange]) -> None:
        self.is_asked.set()
        assert self.may_write.wait(GRACE_S)
        if self.fails:
            raise ValueError
        self.written.append([exchange.trace_id for exchange in exchanges])


@pytest.fixture
def store() -> SlowStore:
    return SlowStore()


@pytest.fixture
def recorder(store: SlowStore) -> Iterator[Recorder]:
    recorder = Recorder(store.write)
    yield recorder
    store.may_write.set()
    recorder.close()


def named(trace_id: str) -> Exchange:
    return Exchange(trace_id, "ask", TICKET.at, "问题", "answered", (), (), {}, 0.1)


def test_nobody_waits_for_the_store_and_what_gathers_is_written_at_once_in_order(
    recorder: Recorder, store: SlowStore
) -> None:
    assert recorder.put(named("t0"))
    assert store.is_asked.wait(GRACE_S)
    assert all(recorder.put(named(f"t{number}")) for number in (1, 2, 3))
    assert store.written == []
    store.may_write.set()
    recorder.flush()
    assert store.written[:2] == [["t0"], ["t1", "t2", "t3"]]


def test_closing_writes_what_is_waiting(recorder: Recorder, store: SlowStore) -> None:
    store.may_write.set()
    for number in range(300):
        recorder.put(named(f"t{number}"))
    recorder.close()
    assert [each for written in store.written for each in written] == [f"t{number}" for number in range(300)]


def test_a_store_that_is_far_behind_is_not_waited_for(
    recorder: Recorder, store: SlowStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 1)
    recorder.put(named("t"))
    assert store.is_asked.wait(GRACE_S)
    kept = [recorder.put(named("t")) for _ in range(module.WAITING + 1)]
    assert kept == [True] * module.WAITING + [False]


def test_a_failure_of_the_store_does_not_end_the_keeping(recorder: Recorder, store: SlowStore) -> None:
    store.may_write.set()
    recorder.put(named("t0"))
    recorder.flush()
    store.fails = True
    recorder.put(named("t1"))
    recorder.flush()
    store.fails = False
    recorder.put(named("t2"))
    recorder.flush()
    assert [written for written in store.written if written] == [["t0"], ["t2"]]
