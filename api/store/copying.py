"""The whole store as one SQLite file, taken while it is written to, and put back, also into PostgreSQL."""

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Integer, Table, func, insert, select

from api.store.engine import make_engine, open_engine, sqlite_file, translated
from api.store.tables import metadata
from ingest.errors import BackupError, StoreUnavailable

Kind = Literal["sqlite", "postgresql"]
_AT_ONCE = 500
_PATIENCE_S = 10.0
_PRIMARY_CODE = 0xFF
_ONLY_OWNER = 0o600


def copy_store(url: str, file: Path) -> Kind | None:
    """Write the store, as it is at one moment, to a new file, and say what it was in; None if there is none yet.

    Raises SettingsError or StoreUnavailable.
    """
    source = sqlite_file(make_engine(url))
    if source is None:
        _copy_rows(url, f"sqlite:///{file.absolute()}")
        return "postgresql"
    if not source.exists():
        return None
    _private(file)
    try:
        with closing(_opened(source, _PATIENCE_S)) as standing, closing(sqlite3.connect(file)) as copy:
            standing.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            _check(copy)
    except sqlite3.Error as error:
        raise StoreUnavailable("工单库读不了,可能已损坏。", "请运行 policyqa doctor 查看。") from error
    return "sqlite"


def settle_copy(file: Path) -> None:
    """Bring a copy up to date with this program, in one file. Raises StoreUnavailable if it is damaged or newer."""
    try:
        with closing(_opened(file)) as copy:
            _check(copy)
    except sqlite3.Error as error:
        raise StoreUnavailable("备份里的工单库已损坏。", "请换一份备份。") from error
    open_engine(f"sqlite:///{file.absolute()}").dispose()
    Path(f"{file}.lock").unlink(missing_ok=True)


def load_store(file: Path, url: str) -> None:
    """Put a copy into another database that holds nothing yet, or already the same, in one transaction.

    Raises BackupError if it holds anything else, or StoreUnavailable.
    """
    _copy_rows(f"sqlite:///{file.absolute()}", url)


def is_in_use(file: Path) -> bool:
    """Whether another program has a SQLite store open. If not, all of it is in the one file afterwards.

    One that SQLite cannot read is used by nobody.
    """
    try:
        with closing(_opened(file)) as connection:
            # Leaving the write-ahead log takes that nobody else is there.
            (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            return bool(mode != "delete")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & _PRIMARY_CODE in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    except sqlite3.DatabaseError:
        return False


def _opened(file: Path, patience_s: float = 0.0) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=patience_s, isolation_level=None)


def _private(file: Path) -> None:
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, _ONLY_OWNER))


def _check(connection: sqlite3.Connection) -> None:
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)


def _copy_rows(source_url: str, target_url: str) -> None:
    source, target = open_engine(source_url), open_engine(target_url)
    try:
        whole = "SERIALIZABLE" if source.dialect.name == "sqlite" else "REPEATABLE READ"
        with (
            translated(),
            source.connect().execution_options(isolation_level=whole) as reading,
            target.begin() as writing,
        ):
            for table in metadata.sorted_tables:
                if writing.execute(select(func.count()).select_from(table)).scalar_one():
                    _compare(reading, writing, table)
                else:
                    _fill(reading, writing, table)
    finally:
        source.dispose()
        target.dispose()


def _rows(connection: Connection, table: Table) -> Generator[dict[str, Any]]:
    ordered = select(table).order_by(*table.primary_key)
    with connection.execution_options(yield_per=_AT_ONCE).execute(ordered) as rows:
        for row in rows:
            yield row._asdict()


def _fill(reading: Connection, writing: Connection, table: Table) -> None:
    rows = _rows(reading, table)
    while some := list(islice(rows, _AT_ONCE)):
        writing.execute(insert(table), some)
    key = table.primary_key.columns[0]
    if writing.dialect.name == "postgresql" and isinstance(key.type, Integer) and key.autoincrement is not False:
        # The ids were given; what comes next must not be one of them.
        newest = func.coalesce(select(func.max(key)).scalar_subquery(), 0) + 1
        writing.execute(select(func.setval(func.pg_get_serial_sequence(table.name, key.name), newest, False)))


def _compare(reading: Connection, writing: Connection, table: Table) -> None:
    with closing(_rows(reading, table)) as ours, closing(_rows(writing, table)) as theirs:
        if any(one != other for one, other in zip_longest(ours, theirs)):
            raise BackupError(
                "POLICYQA_STORE_URL 所指的数据库里已有别的数据,没有覆盖。", "请先备份它,再换一个空的数据库。"
            )
