"""Who calls, and what they may do: API keys with roles, and staff who signed in at the organisation's provider.

A service for which no key was ever made is open, unless a provider is set.
"""

import asyncio
import hmac
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from api.contract import Role
from api.contract.session import ROLES
from api.guards.limits import CallerLimits
from api.keeping.journal import Journal
from api.signing_in.staff import StaffSessions
from api.store import ApiKey
from api.store.keys import digest
from ingest.errors import Forbidden, PolicyQAError, StoreUnavailable, Unauthorized

COOKIE = "policyqa_key"
RECENT_S = 1.0
"""So long requests are counted by the keys that were read last, without reading them again."""
_NAMES: dict[Role, str] = {"public": "公众", "agent": "坐席", "reviewer": "审核", "operator": "运营"}


@dataclass(frozen=True, slots=True)
class Caller:
    """As whom a request is served: the role, and the name of the key or of who signed in."""

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
        self._reading: asyncio.Task[None] | None = None
        self._read_again_at = 0.0

    def keys(self) -> tuple[ApiKey, ...]:
        """Every key that was ever made. Raises StoreUnavailable if the store could not be read even once."""
        try:
            found = self._journal.keys.all()
            # No key is ever deleted: a store that has none any more is another store, and must not open the service.
            self._last = found or self._last or ()
        except StoreUnavailable:
            if self._last is None:
                raise
        return self._last

    async def recent(self) -> tuple[ApiKey, ...] | None:
        """The keys as they were a moment ago; None while the store could not be read even once.

        Nobody but the first waits for the store.
        """
        first = self._reading is None
        if self._reading is None or (self._reading.done() and time.monotonic() >= self._read_again_at):
            self._reading = asyncio.create_task(run_in_threadpool(self._read))
        if first:
            await asyncio.wait([self._reading])
        return self._last

    def _read(self) -> None:
        with suppress(PolicyQAError):
            self.keys()
        self._read_again_at = time.monotonic() + RECENT_S


async def _get_keyring(request: Request) -> Keyring:
    keyring: Keyring = request.app.state.keyring
    return keyring


_KeyringDep = Annotated[Keyring, Depends(_get_keyring)]
_Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]
_Cookie = Annotated[str | None, Depends(APIKeyCookie(name=COOKIE, auto_error=False))]


def _get_caller(request: Request, keyring: _KeyringDep, bearer: _Bearer, cookie: _Cookie) -> Caller:
    """By the header's key, else by the cookie's, else by the session of who signed in at the provider.

    Raises Unauthorized, TooManyRequests or StoreUnavailable.
    """
    sent = bearer.credentials if bearer else cookie
    if sent is None and _sessions(request):
        # The store is not asked: staff stay at work without it.
        return _by_session(request)
    try:
        return _caller(request, keyring.keys(), sent)
    except Unauthorized:
        _limits(request).count_unknown_key(_address(request))
        raise


def _caller(request: Request, keys: Sequence[ApiKey], sent: str | None) -> Caller:
    """Who sent a key, or none. Raises Unauthorized for a key not in force."""
    if not keys and _sessions(request) is None:
        return Caller("operator", is_open=True)
    if sent is None:
        return _by_session(request)
    sha256 = digest(sent)
    found = next((key for key in keys if hmac.compare_digest(key.sha256, sha256)), None)
    if found is None or found.revoked_at:
        raise Unauthorized("这个密钥不对,或者已经作废。", "请核对密钥后重新登录;已作废的,请向管理员领取新的。")
    return Caller(found.role, found.name)


def _by_session(request: Request) -> Caller:
    sessions = _sessions(request)
    staff = sessions.find(request) if sessions else None
    return Caller(staff.role, staff.name) if staff else Caller("public")


def _sessions(request: Request) -> StaffSessions | None:
    """None where no provider is set."""
    sessions: StaffSessions | None = request.app.state.staff_sessions
    return sessions


async def _count_request(request: Request) -> None:
    """Count the request by who sent it; whoever cannot be known counts by address. Raises TooManyRequests."""
    if not request.scope["path"].startswith("/v1/"):
        # Probes and Prometheus call as often as they like.
        return
    # Read here rather than declared: the OpenAPI document would say that every endpoint needs a key.
    bearer = await HTTPBearer(auto_error=False)(request)
    sent = bearer.credentials if bearer else request.cookies.get(COOKIE)
    keyring: Keyring = request.app.state.keyring
    keys = await keyring.recent()
    try:
        caller = _by_session(request) if keys is None else _caller(request, keys, sent)
    except Unauthorized:
        caller = Caller("public")
    request.state.role = caller.role
    if caller.is_open:
        # Only programs of this machine can call such a service.
        return
    _limits(request).count(caller.role, caller.name, _address(request), reads=request.method in ("GET", "HEAD"))


def _limits(request: Request) -> CallerLimits:
    limits: CallerLimits = request.app.state.limits
    return limits


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


LIMITED = Depends(_count_request)
"""For the ``dependencies`` of a router: callers may call only so often."""


CallerDep = Annotated[Caller, Depends(_get_caller)]
"""The caller, as a FastAPI dependency."""


def _has_oidc(request: Request) -> bool:
    return _sessions(request) is not None


OidcDep = Annotated[bool, Depends(_has_oidc)]
"""Whether staff may sign in at a provider, as a FastAPI dependency."""


class _AtLeast:
    """Refuses callers below a role. Raises Unauthorized, Forbidden or StoreUnavailable."""

    def __init__(self, role: Role) -> None:
        self._role = role

    def __call__(self, caller: CallerDep) -> None:
        if ROLES.index(caller.role) >= ROLES.index(self._role):
            return
        needed = _NAMES[self._role]
        if caller.name is None:
            remedy = "请登录;程序请把密钥写在请求头 Authorization: Bearer 之后。没有密钥的,请向管理员领取。"
            raise Unauthorized(f"这里需要“{needed}”或更高权限的密钥。", remedy)
        said = f"您(“{caller.name}”)是“{_NAMES[caller.role]}”权限,这里需要“{needed}”或更高权限。"
        raise Forbidden(said, "如确有需要,请向管理员申请。")


AGENT, REVIEWER, OPERATOR = (Depends(_AtLeast(role)) for role in ROLES[1:])
"""For the ``dependencies`` of a router or route: callers need this role or a higher one."""
