"""Keys are kept as digests and never deleted, on SQLite and on PostgreSQL."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from api.store import Store
from api.store.engine import open_engine
from ingest.errors import BadKeyName, UnknownKey

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def test_a_new_store_has_no_key(store: Store) -> None:
    assert store.keys.all() == ()


def test_a_key_is_kept_as_its_digest(store: Store) -> None:
    key = store.keys.add("王坐席", "agent", "管理员", NOW)
    (kept,) = store.keys.all()
    assert (kept.name, kept.role, kept.created_at, kept.revoked_at) == ("王坐席", "agent", NOW, None)
    assert kept.sha256 == hashlib.sha256(key.encode()).hexdigest()


def test_the_key_itself_is_nowhere_in_the_file(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'store.db'}")
    key = store.keys.add("王坐席", "agent", "管理员", NOW)
    contents = b"".join(path.read_bytes() for path in tmp_path.glob("store.db*"))
    store.close()
    assert "王坐席".encode() in contents
    assert key.encode() not in contents


def test_keys_are_long_recognisable_and_all_different(store: Store) -> None:
    made = {store.keys.add(f"{number}号", "agent", "管理员", NOW) for number in range(20)}
    assert len(made) == 20
    assert all(key.startswith("pq_") and len(key) == len("pq_") + 43 for key in made)


def test_a_revoked_key_stays_on_record(store: Store) -> None:
    store.keys.add("王坐席", "agent", "管理员", NOW)
    store.keys.revoke("王坐席", "管理员", LATER)
    assert [(each.name, each.revoked_at) for each in store.keys.all()] == [("王坐席", LATER)]


def test_a_name_in_use_is_refused_and_free_again_once_its_key_is_revoked(store: Store) -> None:
    store.keys.add("王坐席", "agent", "管理员", NOW)
    with pytest.raises(BadKeyName, match="王坐席"):
        store.keys.add("王坐席", "operator", "管理员", NOW)
    for _ in range(2):
        store.keys.revoke("王坐席", "管理员", LATER)
        store.keys.add("王坐席", "reviewer", "管理员", LATER)
    assert [(each.role, each.revoked_at) for each in store.keys.all()] == [
        ("agent", LATER),
        ("reviewer", LATER),
        ("reviewer", None),
    ]


def test_of_many_who_take_a_name_at_once_one_gets_it(store: Store) -> None:
    def add(_: int) -> bool:
        try:
            store.keys.add("王坐席", "agent", "管理员", NOW)
        except BadKeyName:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(add, range(8))) == 1
    assert len(store.keys.all()) == 1


@pytest.mark.parametrize("name", ["", " ", " 王", "王\n", "王\x1b[31m", "长" * 101])
def test_a_name_that_cannot_be_typed_or_read_is_refused(store: Store, name: str) -> None:
    with pytest.raises(BadKeyName, match="1 至 100"):
        store.keys.add(name, "agent", "管理员", NOW)
    assert store.keys.all() == ()


def test_what_is_not_in_force_cannot_be_revoked(store: Store) -> None:
    with pytest.raises(UnknownKey, match="没有这人"):
        store.keys.revoke("没有这人", "管理员", NOW)
    store.keys.add("王坐席", "agent", "管理员", NOW)
    store.keys.revoke("王坐席", "管理员", NOW)
    with pytest.raises(UnknownKey, match="王坐席"):
        store.keys.revoke("王坐席", "管理员", LATER)
    assert [each.revoked_at for each in store.keys.all()] == [NOW]


def test_the_audit_trail_tells_who_made_and_who_revoked_and_of_nothing_that_failed(store: Store) -> None:
    store.keys.add("王坐席", "agent", "张主管", NOW)
    with pytest.raises(BadKeyName):
        store.keys.add("王坐席", "agent", "张主管", NOW)
    store.keys.revoke("王坐席", "李主管", LATER)
    told = [(entry.at, entry.who, entry.what, entry.subject, entry.detail) for entry in store.review.audit()]
    assert told == [
        (LATER, "李主管", "key revoked", "王坐席", ""),
        (NOW, "张主管", "key created", "王坐席", "agent"),
    ]


def test_purging_old_records_leaves_every_key(store: Store) -> None:
    store.keys.add("旧", "agent", "管理员", NOW)
    store.keys.revoke("旧", "管理员", NOW)
    store.purge(LATER, "管理员", LATER)
    assert [each.name for each in store.keys.all()] == ["旧"]


def test_a_store_from_before_there_were_keys_gets_the_table_and_keeps_its_records(url: str) -> None:
    store = Store(url)
    store.batches.start("b", "x.csv", 1, NOW)
    store.close()
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE api_keys"))
        connection.execute(text("DROP INDEX ix_exchanges_tickets"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()
    store = Store(url)
    store.keys.add("王坐席", "agent", "管理员", NOW)
    assert store.batches.find("b").name == "x.csv"
    store.close()
