"""Who calls, and what they may do: API keys with roles. A service for which no key was ever made is open."""

import hmac
from dataclasses import dataclass
from typing import Annotated, get_args

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from api.contract import KeyRole, Role
from api.journal import Journal
from api.store import ApiKey
from api.store.keys import digest
from ingest.errors import Forbidden, StoreUnavailable, Unauthorized

COOKIE = "policyqa_key"
_ASCENDING: tuple[Role, ...] = ("public", *get_args(KeyRole))
_NAMES: dict[Role, str] = {"public": "公众", "agent": "坐席", "reviewer": "审核", "operator": "运营"}


@dataclass(frozen=True, slots=True)
class Caller:
    """As whom a request is served: the role, and the name of the key if one was sent."""

    role: Role
    name: str | None = None
    is_open: bool = False


class Keyring:
    """The keys, read on every request, so that one made or revoked elsewhere counts at once.

    While the store is down, those that were read last still count: work goes on, and nothing is open by accident.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._last: tuple[ApiKey, ...] | None = None

    def keys(self) -> tuple[ApiKey, ...]:
        """Every key that was ever made. Raises StoreUnavailable if the store could not be read even once."""
        try:
            self._last = self._journal.store.keys.all()
        except StoreUnavailable:
            if self._last is None:
                raise
        return self._last


def _get_keyring(request: Request) -> Keyring:
    keyring: Keyring = request.app.state.keyring
    return keyring


_KeyringDep = Annotated[Keyring, Depends(_get_keyring)]
_Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]
_Cookie = Annotated[str | None, Depends(APIKeyCookie(name=COOKIE, auto_error=False))]


def _get_caller(keyring: _KeyringDep, bearer: _Bearer, cookie: _Cookie) -> Caller:
    """By the header's key, else by the cookie's. Raises Unauthorized for a key not in force, or StoreUnavailable."""
    keys, sent = keyring.keys(), bearer.credentials if bearer else cookie
    if not keys:
        return Caller("operator", is_open=True)
    if sent is None:
        return Caller("public")
    sha256 = digest(sent)
    found = next((key for key in keys if hmac.compare_digest(key.sha256, sha256)), None)
    if found is None or found.revoked_at:
        raise Unauthorized("这个密钥不对,或者已经作废。", "请核对密钥后重新登录;已作废的,请向管理员领取新的。")
    return Caller(found.role, found.name)


CallerDep = Annotated[Caller, Depends(_get_caller)]
"""The caller, as a FastAPI dependency."""


class _AtLeast:
    """Refuses callers below a role. Raises Unauthorized, Forbidden or StoreUnavailable."""

    def __init__(self, role: Role) -> None:
        self._role = role

    def __call__(self, caller: CallerDep) -> None:
        if _ASCENDING.index(caller.role) >= _ASCENDING.index(self._role):
            return
        needed = _NAMES[self._role]
        if caller.role == "public":
            remedy = "请登录;程序请把密钥写在请求头 Authorization: Bearer 之后。没有密钥的,请向管理员领取。"
            raise Unauthorized(f"这里需要“{needed}”或更高权限的密钥。", remedy)
        said = f"您的密钥“{caller.name}”是“{_NAMES[caller.role]}”权限,这里需要“{needed}”或更高权限。"
        raise Forbidden(said, "如确有需要,请向管理员申请。")


AGENT, REVIEWER, OPERATOR = (Depends(_AtLeast(role)) for role in get_args(KeyRole))
"""For the ``dependencies`` of a router or route: callers need this role or a higher one."""
