"""One OpenAI-compatible server: how it is asked, how long it is waited for, and when it is left alone."""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import cast

import httpx
import pybreaker
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_openai.chat_models.base import BaseChatOpenAI
from opentelemetry.trace import SpanKind, StatusCode

from ingest.errors import ModelUnavailable
from ingest.settings import ModelServerSettings, Settings
from rag.model.key import key_of
from rag.request_id import HEADER, request_id
from rag.spans import lone_span

FAILURES = 3
"""So many failures in a row, and a server is left alone for PAUSE_S seconds; then one request tries it again."""

PAUSE_S = 30.0


class ModelServer:
    """One model on one server; ``name`` is the model's."""

    def __init__(self, server: ModelServerSettings, settings: Settings) -> None:
        self.name = server.model
        self._timeout_s = settings.llm_timeout_s
        self._free = asyncio.Semaphore(settings.llm_concurrency)
        # A caller who leaves says nothing about the server.
        self._breaker = pybreaker.CircuitBreaker(
            FAILURES, PAUSE_S, exclude=[asyncio.CancelledError, GeneratorExit], state_storage=_SteadyState()
        )
        self._client = httpx.AsyncClient(timeout=settings.llm_timeout_s, event_hooks={"request": [_tell_id]})
        self._chat = BaseChatOpenAI(
            model=server.model,
            base_url=str(server.base_url),
            api_key=key_of(server),
            temperature=0,
            max_retries=settings.llm_retries,
            timeout=settings.llm_timeout_s,
            stream_usage=True,
            stream_chunk_timeout=None,
            http_async_client=self._client,
        )

    async def stream(self, messages: Sequence[BaseMessage], max_tokens: int) -> AsyncGenerator[AIMessageChunk]:
        """What the model writes, piece by piece. Raises ModelUnavailable, also in the middle of it.

        The requests in hand are not waited for: a busy server is as good as none.
        """
        if self._free.locked():
            raise ModelUnavailable(f"语言模型 {self.name} 正忙。")
        async with self._free:
            asking = lone_span("model", SpanKind.CLIENT)
            asking.set_attribute("gen_ai.request.model", self.name)
            try:
                with self._breaker.calling():
                    async for chunk in self._listened(messages, max_tokens):
                        yield chunk
            except pybreaker.CircuitBreakerError as error:
                asking.set_status(StatusCode.ERROR)
                raise ModelUnavailable(f"语言模型 {self.name} 连续出错,暂不再问。") from error
            # Whatever a server does wrong, answering goes on without it.
            except Exception as error:
                asking.set_status(StatusCode.ERROR)
                raise ModelUnavailable(f"语言模型 {self.name} 没有答完:{type(error).__name__}。") from error
            finally:
                asking.end()

    @property
    def is_left_alone(self) -> bool:
        """Whether it failed so often that it is not asked for the moment."""
        return self._breaker.current_state == pybreaker.STATE_OPEN

    async def _listened(self, messages: Sequence[BaseMessage], max_tokens: int) -> AsyncGenerator[AIMessageChunk]:
        """The pieces; each, the first with its retries, is waited for only so long."""
        asked = self._chat.astream(list(messages), max_tokens=max_tokens)
        async with aclosing(cast("AsyncGenerator[BaseMessage]", asked)) as pieces:
            while True:
                async with asyncio.timeout(self._timeout_s):
                    chunk = await anext(pieces, None)
                if chunk is None:
                    return
                if isinstance(chunk, AIMessageChunk):
                    yield chunk

    async def aclose(self) -> None:
        """Close its connections."""
        await self._client.aclose()


class _SteadyState(pybreaker.CircuitMemoryStorage):
    """Remembers by the monotonic clock when a server was first left alone: pybreaker itself goes by the wall clock.

    A wall clock that is set back would have the server left alone for as long as it was set back.
    """

    def __init__(self) -> None:
        super().__init__(pybreaker.STATE_CLOSED)
        self._opened: float | None = None

    @property
    def opened_at(self) -> datetime | None:
        """By what the wall clock says now."""
        if self._opened is None:
            return None
        return datetime.now(UTC) - timedelta(seconds=time.monotonic() - self._opened)

    @opened_at.setter
    def opened_at(self, _: datetime) -> None:
        self._opened = time.monotonic()


async def _tell_id(request: httpx.Request) -> None:
    """The server's log can be read beside ours."""
    request.headers[HEADER] = request_id()
