"""The API as the page sees it."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from copy import copy
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
from httpx_sse import SSEError, aconnect_sse

_UNREACHABLE = "服务暂时联系不上,请稍后再试。"
TIMEOUT_S = 30.0
INDEXING_S = 600.0
"""A long notice takes a while to be indexed."""


VISITOR = "X-Forwarded-For"
"""The header that says for whom the site calls; the API believes it from its trusted proxies, and in process."""


class ApiError(Exception):
    """The API refused or failed; the message is fit to be shown."""


class NotFound(ApiError):
    """There is no such thing (404)."""


_REQUEST_ID = "X-Request-ID"
_INTERNAL = "internal_error"


def _numbered(message: str, trace_id: str) -> str:
    """The message with the id under which the administrator finds in the log what happened."""
    return f"{message}(编号 {trace_id})"


def _refused(body: Mapping[str, Any]) -> str:
    """The message of an error of the API; one that nobody expected has its id with it."""
    error = body["error"]
    message: str = error["message"]
    return _numbered(message, error["trace_id"]) if error["code"] == _INTERNAL else message


class ApiClient:
    """Calls the HTTP contract through any transport: in-process when mounted, the network when deployed apart."""

    def __init__(self, transport: httpx.AsyncBaseTransport, base_url: str = "http://policyqa") -> None:
        self._client = httpx.AsyncClient(transport=transport, base_url=base_url, timeout=TIMEOUT_S)
        self._headers: Mapping[str, str] = {}

    def signed_in(self, key: str) -> "ApiClient":
        """The same API, called by the holder of ``key``; the connections are shared."""
        return self._with_header("Authorization", f"Bearer {key}")

    def with_cookie(self, name: str, value: str) -> "ApiClient":
        """The same API, called by the browser that sent this cookie."""
        return self._with_header("Cookie", f"{name}={value}")

    def on_behalf_of(self, address: str) -> "ApiClient":
        """The same API, called for the visitor at ``address``, who is limited by that."""
        return self._with_header(VISITOR, address)

    def _with_header(self, name: str, value: str) -> "ApiClient":
        other = copy(self)
        other._headers = {**self._headers, name: value}
        return other

    async def ask_stream(
        self, question: str, history: Sequence[Mapping[str, str]], notice: str = ""
    ) -> AsyncIterator[tuple[str, dict[str, Any]]]:
        """POST /v1/ask/stream, of one notice or of any: its events as they come, with their data. Raises ApiError."""
        body = {"question": question, "history": history, "notice": notice or None}
        trace_id, headers = self._identified()
        try:
            async with aconnect_sse(self._client, "POST", "/v1/ask/stream", json=body, headers=headers) as source:
                if source.response.is_error:
                    await source.response.aread()
                    raise ApiError(_refused(source.response.json()))
                async for event in source.aiter_sse():
                    data = event.json()
                    if event.event == "error":
                        raise ApiError(_refused(data))
                    yield event.event, data
        except (httpx.HTTPError, SSEError, ValueError) as error:
            raise ApiError(_numbered(_UNREACHABLE, trace_id)) from error

    async def session(self) -> dict[str, Any]:
        """GET /v1/session: role and name of the caller. Raises ApiError."""
        return await self._call("GET", "/v1/session")

    async def measure(self, notice: str, key: str) -> dict[str, Any]:
        """GET /v1/measures/{notice}/{key}. Raises ApiError."""
        return await self._call("GET", f"/v1/measures/{quote(notice, safe='')}/{quote(key, safe='')}")

    async def notice(self, notice: str) -> dict[str, Any]:
        """GET /v1/notices/{notice}. Raises ApiError."""
        return await self._call("GET", f"/v1/notices/{quote(notice, safe='')}")

    async def notices(self) -> list[dict[str, Any]]:
        """GET /v1/notices. Raises ApiError."""
        return list((await self._call("GET", "/v1/notices"))["items"])

    async def changes(self, notice: str) -> dict[str, Any]:
        """GET /v1/notices/{notice}/changes: since the notice that it supersedes. Raises ApiError."""
        return await self._call("GET", f"/v1/notices/{quote(notice, safe='')}/changes")

    async def measures(self, **conditions: str) -> list[dict[str, Any]]:
        """GET /v1/measures: the measures and items that fit the conditions of the contract. Raises ApiError."""
        return list((await self._call("GET", "/v1/measures", params=conditions))["items"])

    async def departments(self) -> list[dict[str, Any]]:
        """GET /v1/departments. Raises ApiError."""
        return list((await self._call("GET", "/v1/departments"))["items"])

    async def department(self, name: str) -> dict[str, Any]:
        """GET /v1/departments/{name}: with everything that it leads or joins. Raises ApiError."""
        return await self._call("GET", f"/v1/departments/{quote(name, safe='')}")

    async def assist(self, text: str, ticket_id: str = "") -> dict[str, Any]:
        """POST /v1/assist. Raises ApiError."""
        return await self._call("POST", "/v1/assist", json={"text": text, "ticket_id": ticket_id.strip() or None})

    async def feedback(self, trace_id: str, verdict: str, sources: Sequence[str], text: str) -> None:
        """POST /v1/feedback. Raises ApiError."""
        body = {"trace_id": trace_id, "verdict": verdict, "correct_sources": list(sources), "text": text or None}
        await self._send("POST", "/v1/feedback", json=body)

    async def create_batch(self, path: Path, column: str) -> dict[str, Any]:
        """POST /v1/batches with the file at ``path``. Raises ApiError."""
        data = {"column": column.strip()} if column.strip() else {}
        return await self._call("POST", "/v1/batches", files={"file": (path.name, path.read_bytes())}, data=data)

    async def batch(self, batch_id: str) -> dict[str, Any]:
        """GET /v1/batches/{id}. Raises ApiError."""
        return await self._call("GET", f"/v1/batches/{quote(batch_id, safe='')}")

    async def batch_answers(self, batch_id: str) -> bytes:
        """GET /v1/batches/{id}/answers as XLSX. Raises ApiError."""
        return (await self._send("GET", f"/v1/batches/{quote(batch_id, safe='')}/answers")).content

    async def candidates(self) -> list[dict[str, Any]]:
        """GET /v1/candidates: those that wait for a reviewer. Raises ApiError."""
        return list((await self._call("GET", "/v1/candidates"))["items"])

    async def review(self, candidate_id: int, body: Mapping[str, Any]) -> dict[str, Any]:
        """POST /v1/candidates/{id}. Raises ApiError."""
        return await self._call("POST", f"/v1/candidates/{candidate_id}", json=body)

    async def preview_notice(self, path: Path, notice_id: str) -> dict[str, Any]:
        """POST /v1/notices/preview with the file at ``path``. Raises ApiError."""
        files, data = {"file": (path.name, path.read_bytes())}, {"id": notice_id}
        return await self._call("POST", "/v1/notices/preview", files=files, data=data, timeout=INDEXING_S)

    async def add_notice(
        self, path: Path, notice_id: str, corrections: Mapping[str, Any], accept: Sequence[str]
    ) -> dict[str, Any]:
        """POST /v1/notices with the file at ``path``; ``accept`` are oddities that were looked at. Raises ApiError."""
        files = {"file": (path.name, path.read_bytes())}
        data = {"id": notice_id, "corrections": json.dumps(corrections, ensure_ascii=False), "accept": list(accept)}
        return await self._call("POST", "/v1/notices", files=files, data=data, timeout=INDEXING_S)

    async def remove_notice(self, notice: str) -> dict[str, Any]:
        """DELETE /v1/notices/{id}. Raises ApiError."""
        return await self._call("DELETE", f"/v1/notices/{quote(notice, safe='')}", timeout=INDEXING_S)

    async def figures(self, days: int) -> dict[str, Any]:
        """GET /v1/figures. Raises ApiError."""
        return await self._call("GET", f"/v1/figures?days={days}")

    async def digest(self, days: int) -> dict[str, Any]:
        """GET /v1/digest. Raises ApiError."""
        return await self._call("GET", f"/v1/digest?days={days}")

    async def evaluation(self) -> dict[str, Any]:
        """GET /v1/evaluation: the report of the last evaluation. Raises ApiError."""
        return await self._call("GET", "/v1/evaluation")

    def _identified(self) -> tuple[str, Mapping[str, str]]:
        """A new id for a request, and the headers with it: known here too when no answer comes back."""
        trace_id = uuid4().hex
        return trace_id, {**self._headers, _REQUEST_ID: trace_id}

    async def _call(self, method: str, path: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - httpx's own
        body: dict[str, Any] = (await self._send(method, path, **options)).json()
        return body

    async def _send(self, method: str, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own
        trace_id, headers = self._identified()
        try:
            response = await self._client.request(method, path, headers=headers, **options)
            message = _refused(response.json()) if response.is_error else ""
        except (httpx.HTTPError, ValueError) as error:
            raise ApiError(_numbered(_UNREACHABLE, trace_id)) from error
        if message:
            raise (NotFound if response.status_code == HTTPStatus.NOT_FOUND else ApiError)(message)
        return response
