"""Those who signed in through the organisation's provider: name and role, in a cookie of their own for a working day.

No process has to remember them, and no token is kept.
"""

from dataclasses import asdict, dataclass

from starlette.requests import Request
from starlette.responses import Response

from api.contract import Role
from api.signing_in.signed_cookie import SignedCookie

SESSION_COOKIE = "policyqa_session"
SESSION_S = 12 * 3600


@dataclass(frozen=True, slots=True)
class Staff:
    """Who signed in, and what they may do."""

    name: str
    role: Role


class StaffSessions:
    """The sessions that were begun with ``secret``; with another one, all of them are over."""

    def __init__(self, secret: str) -> None:
        self._cookie = SignedCookie(SESSION_COOKIE, secret, SESSION_S)

    def begin(self, request: Request, response: Response, staff: Staff) -> None:
        """Let the browser come back as ``staff``."""
        self._cookie.write(request, response, asdict(staff))

    def find(self, request: Request) -> Staff | None:
        """Who sent the request, if their session is in force."""
        content = self._cookie.read(request)
        return Staff(**content) if content else None
