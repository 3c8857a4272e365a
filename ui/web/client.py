"""The API as the page sees it."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

_UNREACHABLE = "服务暂时联系不上,请稍后再试。"
TIMEOUT_S = 30.0


class ApiError(Exception):
    """The API refused or failed; the message is fit to be shown."""


class ApiClient:
    """Calls the HTTP contract through any transport: in-process when mounted, the network when deployed apart."""

    def __init__(self, transport: httpx.AsyncBaseTransport, base_url: str = "http://policyqa") -> None:
        self._client = httpx.AsyncClient(transport=transport, base_url=base_url, timeout=TIMEOUT_S)

    async def ask(self, question: str, history: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
        """POST /v1/ask; ``history`` holds earlier messages with role and content. Raises ApiError."""
        return await self._call("POST", "/v1/ask", json={"question": question, "history": list(history)})

    async def measure(self, notice: str, key: str) -> dict[str, Any]:
        """GET /v1/measures/{notice}/{key}. Raises ApiError."""
        return await self._call("GET", f"/v1/measures/{notice}/{key}")

    async def notice(self, notice: str) -> dict[str, Any]:
        """GET /v1/notices/{notice}. Raises ApiError."""
        return await self._call("GET", f"/v1/notices/{notice}")

    async def _call(self, method: str, path: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - httpx's own
        try:
            response = await self._client.request(method, path, **options)
            body: dict[str, Any] = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise ApiError(_UNREACHABLE) from error
        if response.is_error:
            raise ApiError(body["error"]["message"])
        return body
