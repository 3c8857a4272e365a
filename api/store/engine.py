"""Opening the database: SQLite so that nothing confirmed is lost, PostgreSQL by URL; the tables brought up to date."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from ingest.errors import PolicyQAError, SettingsError, StoreUnavailable

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK_NUMBER = 4_300_012_345
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON")
_ONLY_OWNER = 0o600


def open_engine(url: str) -> Engine:
    """An engine on an up-to-date database. Raises SettingsError for a bad URL, StoreUnavailable without database."""
    engine = make_engine(url)
    try:
        with translated():
            _migrate(engine)
    except PolicyQAError:
        engine.dispose()
        raise
    return engine


def make_engine(url: str) -> Engine:
    """An engine that has not been connected; the database may be out of date. Raises SettingsError for a bad URL."""
    try:
        parsed = make_url(url)
        # Of PostgreSQL's drivers, the one that comes with the project.
        parsed = (
            parsed.set(drivername="postgresql+psycopg") if parsed.drivername in ("postgresql", "postgres") else parsed
        )
        engine = create_engine(parsed, pool_pre_ping=parsed.get_backend_name() != "sqlite")
    except (ArgumentError, NoSuchModuleError) as error:
        raise SettingsError("store_url 不是可用的数据库地址。", "例如 sqlite:///store.db 或 postgresql://…") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def sqlite_file(engine: Engine) -> Path | None:
    """The file of a SQLite database; None for another one. Raises SettingsError if it has none."""
    if engine.dialect.name != "sqlite":
        return None
    if not engine.url.database:
        raise SettingsError("store_url 没有写数据库文件。", "例如 sqlite:////srv/policyqa/store.db。")
    return Path(engine.url.database)


@contextmanager
def translated() -> Iterator[None]:
    """Whatever the database says is wrong, as StoreUnavailable; no address, no password."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise StoreUnavailable(
            "工单库暂时不能用。", "请检查 POLICYQA_STORE_URL 所指的数据库、磁盘空间和写入权限。"
        ) from error
    except CommandError as error:
        raise StoreUnavailable("工单库是更新版本的程序建的。", "请升级本程序,或换一个数据库。") from error


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _migrate(engine: Engine) -> None:
    path = sqlite_file(engine)
    if path is None:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK_NUMBER})
            _upgrade(connection)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.lock"):
        # SQLite gives its side files the rights of the database.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, _ONLY_OWNER))
        with engine.begin() as connection:
            _upgrade(connection)


def migrations() -> Config:
    """Where Alembic finds the migrations."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _upgrade(connection: Connection) -> None:
    config = migrations()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
