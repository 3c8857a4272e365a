"""The store copied whole while it is written to, from either kind of database and into either."""

import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from api.store import ApiKey, AuditEntry, Batch, Candidate, Store
from api.store.copying import copy_store, is_in_use, load_store, settle_copy
from ingest.errors import BackupError, StoreUnavailable
from tests.api.store.test_store import NOW, PROPOSAL, TICKET, wrong

Contents = tuple[
    tuple[ApiKey, ...], tuple[AuditEntry, ...], tuple[Candidate, ...], Batch, dict[int, object], dict[str, object]
]


def fill(store: Store) -> None:
    """Something of everything that a store keeps."""
    store.exchanges.record(TICKET)
    (candidate,) = store.review.decide(wrong(), [PROPOSAL])
    store.review.approve(candidate.id, "审核一", NOW, candidate.question, candidate.sources)
    store.keys.add("王坐席", "agent", "管理员", NOW)
    store.keys.add("李审核", "reviewer", "管理员", NOW)
    store.keys.revoke("王坐席", "管理员", NOW)
    store.batches.start("b1", "十月.xlsx", 2, NOW)
    store.batches.save("b1", {0: {"status": "answered"}, 1: None})
    store.batches.finish("b1", NOW)


def contents(url: str) -> Contents:
    with closing(Store(url)) as store:
        found = store.exchanges.find("t1")
        assert found.vector is not None
        assert TICKET.vector is not None
        assert found.vector.tolist() == TICKET.vector.tolist()
        return (
            store.keys.all(),
            store.review.audit(),
            store.review.candidates("approved"),
            store.batches.find("b1"),
            store.batches.results("b1"),
            {"exchange": asdict(replace(found, vector=None)), "verdict": store.exchanges.outcomes(["t1"])},
        )


def test_a_copy_holds_everything_and_only_its_owner_may_read_it(store: Store, url: str, tmp_path: Path) -> None:
    fill(store)
    copy = tmp_path / "copy.db"
    assert copy_store(url, copy) == url.partition(":")[0]
    assert contents(f"sqlite:///{copy}") == contents(url)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_copy_can_be_put_into_either_kind_and_work_goes_on_there(url: str, tmp_path: Path) -> None:
    origin = f"sqlite:///{tmp_path / 'origin.db'}"
    with closing(Store(origin)) as store:
        fill(store)
    copy = tmp_path / "copy.db"
    copy_store(origin, copy)
    load_store(copy, url)
    assert contents(url) == contents(origin)
    with closing(Store(url)) as store:
        store.keys.add("新坐席", "agent", "管理员", NOW)
        assert [key.id for key in store.keys.all()] == [1, 2, 3]


def test_putting_the_same_copy_in_again_changes_nothing(url: str, tmp_path: Path) -> None:
    with closing(Store(url)) as store:
        fill(store)
    copy = tmp_path / "copy.db"
    copy_store(url, copy)
    before = contents(url)
    load_store(copy, url)
    assert contents(url) == before


def test_a_database_with_other_data_is_left_as_it_is(store: Store, url: str, tmp_path: Path) -> None:
    origin = f"sqlite:///{tmp_path / 'origin.db'}"
    with closing(Store(origin)) as other:
        fill(other)
    copy_store(origin, tmp_path / "copy.db")
    store.keys.add("别人", "operator", "管理员", NOW)
    with pytest.raises(BackupError, match="没有覆盖"):
        load_store(tmp_path / "copy.db", url)
    assert [key.name for key in store.keys.all()] == ["别人"]
    assert not list(store.exchanges.since(NOW))


def test_no_store_yet_means_no_copy(tmp_path: Path) -> None:
    assert copy_store(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy.db") is None
    assert not (tmp_path / "copy.db").exists()


def test_a_copy_made_while_exchanges_are_written_has_every_one_confirmed_before_it_and_no_gap(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with closing(Store(url)) as store, writing(store) as written:
        while written() < 20:
            pass
        for number in range(5):
            confirmed, copy = written(), tmp_path / f"copy{number}.db"
            copy_store(url, copy)
            with closing(Store(f"sqlite:///{copy}")) as copied:
                kept = sorted(int(each.trace_id) for each in copied.exchanges.since(NOW))
            assert len(kept) >= confirmed
            assert kept == list(range(len(kept)))


@contextmanager
def writing(store: Store) -> Iterator[Callable[[], int]]:
    """A thread that records one exchange after another; yields how many are confirmed."""
    stop, count = threading.Event(), 0

    def write() -> None:
        nonlocal count
        while not stop.is_set():
            store.exchanges.record(replace(TICKET, trace_id=str(count)))
            count += 1

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield lambda: count
    finally:
        stop.set()
        thread.join()


def test_a_damaged_store_is_not_copied_as_if_it_were_whole(tmp_path: Path) -> None:
    damaged = tmp_path / "store.db"
    with closing(Store(f"sqlite:///{damaged}")) as store:
        fill(store)
    content = bytearray(damaged.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    damaged.write_bytes(content)
    with pytest.raises(StoreUnavailable, match="policyqa doctor"):
        copy_store(f"sqlite:///{damaged}", tmp_path / "copy.db")
    with pytest.raises(StoreUnavailable, match="已损坏"):
        settle_copy(damaged)


def test_a_copy_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "store.db"
    Store(f"sqlite:///{copy}").close()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StoreUnavailable, match="更新版本"):
        settle_copy(copy)


def test_a_store_is_in_use_as_long_as_a_program_has_it_open(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    with closing(Store(f"sqlite:///{file}")) as store:
        store.exchanges.record(TICKET)
        assert is_in_use(file)
    assert not is_in_use(file)
    assert not Path(f"{file}-wal").exists()
