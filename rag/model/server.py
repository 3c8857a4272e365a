"""One OpenAI-compatible server: how it is asked, how long it is waited for, and when it is left alone."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import cast

import httpx
import pybreaker
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_openai.chat_models.base import BaseChatOpenAI
from pydantic import SecretStr

from ingest.errors import ModelUnavailable, SettingsError
from ingest.settings import ModelServerSettings, Settings

FAILURES = 3
"""So many failures in a row, and a server is left alone for PAUSE_S seconds; then one request tries it again."""

PAUSE_S = 30.0

_NO_KEY = SecretStr("none")


class ModelServer:
    """One model on one server; ``name`` is the model's."""

    def __init__(self, server: ModelServerSettings, settings: Settings) -> None:
        self.name = server.model
        self._timeout_s = settings.llm_timeout_s
        self._free = asyncio.Semaphore(settings.llm_concurrency)
        # A caller who leaves says nothing about the server.
        self._breaker = pybreaker.CircuitBreaker(FAILURES, PAUSE_S, exclude=[asyncio.CancelledError, GeneratorExit])
        self._client = httpx.AsyncClient(timeout=settings.llm_timeout_s)
        self._chat = BaseChatOpenAI(
            model=server.model,
            base_url=str(server.base_url),
            api_key=_key(server),
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
            try:
                with self._breaker.calling():
                    async for chunk in self._listened(messages, max_tokens):
                        yield chunk
            except pybreaker.CircuitBreakerError as error:
                raise ModelUnavailable(f"语言模型 {self.name} 连续出错,暂不再问。") from error
            # Whatever a server does wrong, answering goes on without it.
            except Exception as error:
                raise ModelUnavailable(f"语言模型 {self.name} 没有答完:{type(error).__name__}。") from error

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


def _key(server: ModelServerSettings) -> SecretStr:
    """Raises SettingsError if the key's file cannot be read."""
    if server.api_key_file:
        try:
            return SecretStr(server.api_key_file.read_text(encoding="utf-8").strip())
        except OSError as error:
            raise SettingsError(
                f"读不了密钥文件 {server.api_key_file}:{error.strerror}。", "请检查 llm_api_key_file。"
            ) from error
    return server.api_key if server.api_key.get_secret_value() else _NO_KEY
