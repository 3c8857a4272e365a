"""Cookies that a browser keeps and cannot change: signed, expiring, out of reach for scripts. They hold no secret."""

from collections.abc import Mapping
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response


class SignedCookie:
    """One cookie by name, for addresses below ``path``; what it holds is believed for ``max_age_s``.

    SameSite is lax, not strict: who comes back from the provider's pages has to bring it.
    """

    def __init__(self, name: str, secret: str, max_age_s: int, path: str = "/") -> None:
        self.name = name
        self._serializer = URLSafeTimedSerializer(secret, salt=name)
        self._max_age_s = max_age_s
        self._path = path

    def read(self, request: Request) -> dict[str, Any] | None:
        """What was written; None without the cookie, or if it is forged or too old."""
        try:
            content: dict[str, Any] = self._serializer.loads(request.cookies.get(self.name, ""), self._max_age_s)
        except BadData:
            return None
        return content

    def write(self, request: Request, response: Response, content: Mapping[str, Any]) -> None:
        """Have the browser keep ``content``; only over https if it came by that."""
        response.set_cookie(
            self.name,
            str(self._serializer.dumps(content)),
            max_age=self._max_age_s,
            path=self._path,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )

    def delete(self, response: Response) -> None:
        """Have the browser forget it."""
        response.delete_cookie(self.name, path=self._path)
