"""The API as the page sees it: what it shows when something fails that nobody expected."""

import asyncio
import re
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from ui.web.client import ApiClient, ApiError

BODY = {"code": "internal_error", "message": "服务内部出错。", "detail": None, "trace_id": "trace-1"}


class Failing(httpx.AsyncBaseTransport):
    """Answers every request with an error, or not at all; keeps the ids that it was sent."""

    def __init__(self, status: int = 0, **error: str) -> None:
        self.ids: list[str] = []
        self._status, self._error = status, {**BODY, **error}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.ids.append(request.headers["X-Request-ID"])
        if not self._status:
            raise httpx.ConnectError("refused", request=request)
        return httpx.Response(self._status, json={"error": self._error})


async def ask(client: ApiClient) -> None:
    async for _ in client.ask_stream("找谁?", []):
        pass


def result_of(call: Coroutine[None, None, object]) -> object:
    """In a thread of its own: in that of the tests Playwright's event loop runs."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, call).result()


def test_a_failure_nobody_expected_is_shown_with_its_id() -> None:
    client = ApiClient(Failing(500))
    for call in (client.session(), ask(client)):
        with pytest.raises(ApiError, match=re.escape("服务内部出错。(编号 trace-1)")):
            result_of(call)


def test_without_an_answer_the_id_is_the_one_that_was_sent_and_each_request_has_its_own() -> None:
    transport = Failing()
    client = ApiClient(transport)
    shown = []
    for call in (client.session(), ask(client)):
        with pytest.raises(ApiError, match="联系不上") as failure:
            result_of(call)
        shown.append(str(failure.value))
    assert len(set(transport.ids)) == 2
    assert all(sent in said for sent, said in zip(transport.ids, shown, strict=True))


def test_a_refusal_that_says_what_to_do_bears_no_number() -> None:
    client = ApiClient(Failing(422, code="bad_question", message="问题不能为空。"))
    with pytest.raises(ApiError) as failure:
        result_of(client.session())
    assert str(failure.value) == "问题不能为空。"
