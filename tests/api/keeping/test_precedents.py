"""Tickets about the same trouble, whoever kept them and however many others there are."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from api.keeping import precedents
from api.keeping.precedents import SHOWN, Precedents
from api.store import Exchanges, Store
from tests.api.store.test_store import NOW, TICKET

ABOUT_IT = np.array([1, 0], np.float32)
ABOUT_ANOTHER = np.array([0, 1], np.float32)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with closing(Store(url)) as store:
        yield store


def keep(exchanges: Exchanges, trace_id: str, vector: NDArray[np.float32], minute: int = 0) -> None:
    exchanges.record(replace(TICKET, trace_id=trace_id, vector=vector, at=NOW + timedelta(minutes=minute)))


def found(known: Precedents, store: Store, vector: NDArray[np.float32] = ABOUT_IT) -> list[str]:
    return [trace_id for trace_id, _ in known.alike(store.exchanges, vector)]


def test_without_earlier_tickets_there_is_nothing_alike(store: Store) -> None:
    assert found(Precedents(), store) == []


def test_only_tickets_about_the_same_trouble_are_precedents_the_most_alike_first(store: Store) -> None:
    keep(store.exchanges, "near", np.array([0.96, 0.28], np.float32))
    keep(store.exchanges, "same", ABOUT_IT)
    keep(store.exchanges, "other", ABOUT_ANOTHER)
    known = Precedents()
    assert known.alike(store.exchanges, ABOUT_IT) == [("same", 1.0), ("near", pytest.approx(0.96))]
    assert found(known, store, ABOUT_ANOTHER) == ["other"]


def test_of_many_that_are_the_same_the_newest_are_shown(store: Store) -> None:
    for minute in range(SHOWN + 2):
        keep(store.exchanges, f"t{minute}", ABOUT_IT, minute)
    assert found(Precedents(), store) == [f"t{minute}" for minute in range(SHOWN + 1, 1, -1)]


def test_what_another_process_keeps_or_purges_is_seen_at_once(store: Store, url: str) -> None:
    known = Precedents()
    keep(store.exchanges, "old", ABOUT_IT)
    assert found(known, store) == ["old"]
    with closing(Store(url)) as other:
        keep(other.exchanges, "new", ABOUT_IT, minute=2)
        assert found(known, store) == ["new", "old"]
        other.purge(NOW + timedelta(minutes=1), "运维", NOW)
    assert found(known, store) == ["new"]


def test_what_is_too_old_makes_room_for_the_new(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedents, "NEWEST", 2)
    known = Precedents()
    for minute in range(5):
        keep(store.exchanges, f"t{minute}", ABOUT_IT, minute)
        assert found(known, store) == [f"t{each}" for each in range(minute, max(minute - 2, -1), -1)]


def test_tickets_that_another_encoder_embedded_are_none(store: Store) -> None:
    keep(store.exchanges, "of two", ABOUT_IT)
    keep(store.exchanges, "of three", np.array([1, 0, 0], np.float32))
    known = Precedents()
    assert found(known, store) == ["of two"]
    assert found(known, store, np.array([1, 0, 0], np.float32)) == ["of three"]
