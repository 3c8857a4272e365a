"""All language models that are set, in order of preference."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from langchain_core.messages import BaseMessage

from ingest.errors import ModelUnavailable, SettingsError
from ingest.settings import Settings
from rag.model.gguf import open_gguf

if TYPE_CHECKING:
    from rag.model.server import ModelServer


@dataclass(frozen=True, slots=True)
class Spoken:
    """A piece of what a model writes; ``tokens`` (read and written so far) come with the last one, if at all."""

    text: str
    model: str
    tokens: int = 0


class ModelServers:
    """Asks the first server that answers. Belongs to the event loop in which it is first used."""

    def __init__(self, servers: "Sequence[ModelServer]") -> None:
        self._servers = tuple(servers)

    async def stream(self, messages: Sequence[BaseMessage], max_tokens: int) -> AsyncGenerator[Spoken]:
        """What the first model that speaks writes. Raises ModelUnavailable if none does, or if it breaks off."""
        for server in self._servers:
            has_spoken = False
            try:
                async with aclosing(server.stream(messages, max_tokens)) as chunks:
                    async for chunk in chunks:
                        used = chunk.usage_metadata
                        has_spoken = has_spoken or bool(chunk.text)
                        yield Spoken(chunk.text, server.name, used["total_tokens"] if used else 0)
                if has_spoken:
                    return
            except ModelUnavailable:
                if has_spoken:
                    raise
        raise ModelUnavailable("没有语言模型可用。", "请检查 POLICYQA_LLM_* 和模型服务。")

    async def complete(self, messages: Sequence[BaseMessage], max_tokens: int) -> str:
        """All that the first model that speaks writes. Raises ModelUnavailable."""
        return "".join([spoken.text async for spoken in self.stream(messages, max_tokens)])

    def left_alone(self) -> dict[str, bool]:
        """By model, whether it is not asked for the moment because it failed too often."""
        return {server.name: server.is_left_alone for server in self._servers}

    async def aclose(self) -> None:
        """Close all connections."""
        for server in self._servers:
            await server.aclose()


def open_models(settings: Settings) -> ModelServers | None:
    """The models of the settings, or None. Nothing is asked yet. Raises SettingsError."""
    if not settings.model_servers and settings.llm_gguf is None:
        return None
    # OpenAI's client takes a second to import and 45 MB: only who has a model needs it.
    from rag.model.server import ModelServer

    servers = [ModelServer(each, settings) for each in settings.model_servers]
    if settings.llm_gguf:
        servers.append(ModelServer(open_gguf(settings.llm_gguf), settings))
    return ModelServers(servers)


def needed_models(settings: Settings) -> ModelServers:
    """The models of the settings, for what cannot do without. Raises SettingsError if there is none."""
    models = open_models(settings)
    if models is None:
        remedy = "请设 POLICYQA_LLM_BASE_URL 和 POLICYQA_LLM_MODEL,或 POLICYQA_LLM_GGUF。"
        raise SettingsError("没有设置语言模型。", remedy)
    return models
