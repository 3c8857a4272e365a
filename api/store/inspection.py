"""Looking at a store without changing it: is it there, whole, of this program, and can it be written to."""

from dataclasses import dataclass
from datetime import UTC, datetime

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, select, text

from api.store.engine import make_engine, migrations, sqlite_file, translated
from api.store.tables import api_keys, audit
from ingest.errors import StoreUnavailable


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was seen. ``revision``: of its tables, None for none yet; ``newest``: that of this program.

    ``keys`` were ever made, ``keys_in_force`` are not revoked; neither is known while the tables are out of date.
    """

    kind: str
    revision: str | None
    newest: str
    keys: int | None = None
    keys_in_force: int | None = None


def inspect_store(url: str) -> Inspection | None:
    """None if there is no file yet. Raises SettingsError, or StoreUnavailable if it is down, damaged or read-only."""
    engine = make_engine(url)
    file = sqlite_file(engine)
    if file and not file.exists():
        return None
    script = ScriptDirectory.from_config(migrations())
    newest = script.get_current_head() or ""
    try:
        with translated(), engine.connect() as connection:
            if file and (said := connection.execute(text("PRAGMA quick_check(1)")).scalar_one()) != "ok":
                raise StoreUnavailable(f"工单库 {file} 已损坏:{said}。", "请用 policyqa restore 从备份恢复。")
            revision = MigrationContext.configure(connection).get_current_revision()
            if revision not in {None, *(each.revision for each in script.walk_revisions())}:
                raise StoreUnavailable("工单库是更新版本的程序建的。", "请升级本程序,或换一个数据库。")
            if revision != newest:
                return Inspection(engine.dialect.name, revision, newest)
            _try_writing(connection)
            revoked = connection.execute(select(api_keys.c.revoked_at)).scalars().all()
    finally:
        engine.dispose()
    return Inspection(engine.dialect.name, revision, newest, len(revoked), revoked.count(None))


def _try_writing(connection: Connection) -> None:
    """As if something was done, and taken back."""
    connection.rollback()
    entry = {"at": datetime.now(UTC), "who": "", "what": "doctor", "subject": "", "detail": ""}
    connection.execute(insert(audit).values(entry))
    connection.rollback()
