"""How often a caller may call: by role, reading and writing apart, and with wrong keys apart from both.

Counted per process in memory, so that no request waits for another machine. The sliding window counter keeps two
numbers a caller and forgets them; a log of every request grows with the callers, and a clock set back locks them out.
"""

import math
import time
import tomllib
from ipaddress import IPv6Address, IPv6Network, ip_address
from pathlib import Path
from typing import Any

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from api.contract import Role
from api.contract.session import ROLES
from ingest.errors import TooManyRequests
from ingest.settings import RateLimits, RoleLimits

_DEFAULTS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "data/limits.toml").read_text(encoding="utf-8"))
_HOME_BITS = 64
"""A home or an office has at least this many bits of an IPv6 address to itself, and may change them at will."""


class CallerLimits:
    """Counts the requests of every caller in this process."""

    def __init__(self, chosen: RateLimits) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._items = {role: _items(_DEFAULTS[role], getattr(chosen, role)) for role in ROLES}
        self._unknown_key = RateLimitItemPerMinute(chosen.unknown_key or _DEFAULTS["unknown_key"])

    def count(self, role: Role, name: str | None, address: str, *, reads: bool) -> None:
        """Count a request of the key ``name``, or of ``address`` without one. Raises TooManyRequests."""
        kind = "read" if reads else "write"
        who = ("address", neighbourhood(address)) if name is None else ("key", name)
        self._count(self._items[role][kind], role, kind, *who)

    def count_unknown_key(self, address: str) -> None:
        """Count a try with a key that is not in force. Raises TooManyRequests."""
        self._count(self._unknown_key, "unknown_key", neighbourhood(address))

    def _count(self, item: RateLimitItem, *bucket: str) -> None:
        if self._limiter.hit(item, *bucket):
            return
        wait = self._limiter.get_window_stats(item, *bucket).reset_time - time.time()
        # One more than the whole seconds: a place is free just after that time, not at it.
        raise TooManyRequests(max(0, math.floor(wait)) + 1)


def neighbourhood(address: str) -> str:
    """Whom an address stands for: an IPv6 address for its whole network; what is no address, for everybody unknown."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(IPv6Network((int(parsed), _HOME_BITS), strict=False))


def _items(defaults: dict[str, int], chosen: RoleLimits) -> dict[str, RateLimitItem]:
    return {
        "read": RateLimitItemPerMinute(chosen.read or defaults["read"]),
        "write": RateLimitItemPerMinute(chosen.write or defaults["write"]),
    }
