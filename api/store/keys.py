"""API keys: handed out once, kept as digests, and never deleted: revoking the last one must not open the service."""

import secrets
from dataclasses import fields
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from api.contract import KeyRole
from api.store.engine import translated
from api.store.records import ApiKey, AuditEntry
from api.store.review import log_within
from api.store.tables import api_keys
from ingest.errors import BadKeyName, UnknownKey

PREFIX = "pq_"
_RANDOM_BYTES = 32
_MAX_NAME = 100


class Keys:
    """The keys in the store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, name: str, role: KeyRole, who: str, at: datetime) -> str:
        """Make a key and return it, the only time that it is known. Raises BadKeyName or StoreUnavailable."""
        if not (name and name == name.strip() and name.isprintable() and len(name) <= _MAX_NAME):
            raise BadKeyName(f"“{name}”不能用作密钥的名称。", f"请用 1 至 {_MAX_NAME} 个字,首尾不留空格。")
        key = PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)
        row = {"name": name, "role": role, "sha256": digest(key), "created_at": at}
        with translated(), self._engine.begin() as connection:
            try:
                connection.execute(insert(api_keys).values(row))
            except IntegrityError as error:
                remedy = "请换一个名称,或先运行 policyqa keys revoke 作废旧的。"
                raise BadKeyName(f"已有名为“{name}”的密钥。", remedy) from error
            log_within(connection, AuditEntry(at, who, "key created", name, role))
        return key

    def revoke(self, name: str, who: str, at: datetime) -> None:
        """Put the key of that name out of force. Raises UnknownKey or StoreUnavailable."""
        in_force = update(api_keys).where(api_keys.c.name == name, api_keys.c.revoked_at.is_(None))
        with translated(), self._engine.begin() as connection:
            if not connection.execute(in_force.values(revoked_at=at)).rowcount:
                raise UnknownKey(name)
            log_within(connection, AuditEntry(at, who, "key revoked", name, ""))

    def all(self) -> tuple[ApiKey, ...]:
        """Every key that was ever made, revoked or not, oldest first. Raises StoreUnavailable."""
        columns = (api_keys.c[field.name] for field in fields(ApiKey))
        with translated(), self._engine.connect() as connection:
            return tuple(ApiKey(*row) for row in connection.execute(select(*columns).order_by(api_keys.c.id)))


def digest(key: str) -> str:
    """What is kept of a key. A plain fast hash will do: 32 random bytes cannot be guessed as a password can."""
    return sha256(key.encode()).hexdigest()
