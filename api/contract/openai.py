"""OpenAI's chat completions, as far as an answer that quotes its sources can be one.

What a caller may wish for and cannot change such an answer (temperature, length, tools that are never called) is
taken and left aside; what would change its shape (several answers, JSON, log probabilities) is refused with the reason.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError

from api.contract.body import RequestBody
from api.contract.source import SourceModel
from rag.answer import Status


def _else(reason: str) -> WrapValidator:
    """Whatever does not fit the field's type is refused with this reason."""

    def check(value: object, handler: ValidatorFunctionWrapHandler) -> object:
        try:
            return handler(value)
        except ValidationError:
            raise PydanticCustomError("unsupported", "{reason}", {"reason": reason}) from None

    return WrapValidator(check)


class TextPart(RequestBody):
    """A piece of a message."""

    type: Literal["text"]
    text: str


class ChatMessage(RequestBody):
    """One message. Only what users and assistants said counts: nobody else instructs the assistant.

    The fields below ``content`` come with messages that a client kept from earlier answers.
    """

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str | list[TextPart] | None, _else("只能是文字,或由文字组成的列表;图片、语音和文件都读不了")] = (
        None
    )
    name: Any = None
    refusal: Any = None
    annotations: Any = None
    audio: Any = None
    function_call: Any = None
    tool_calls: Any = None
    tool_call_id: Any = None

    @property
    def text(self) -> str:
        """What was said."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(RequestBody):
    """How a stream is to be."""

    include_usage: bool | None = Field(default=None, description="最后多发一段,写明用量")
    include_obfuscation: Any = None


class TextFormat(RequestBody):
    """The only form of an answer."""

    type: Literal["text"]


class SetAside(RequestBody):
    """Wishes of OpenAI's clients that cannot change an answer that quotes its sources: taken, and left aside."""

    frequency_penalty: Any = None
    functions: Any = None
    logit_bias: Any = None
    max_completion_tokens: Any = None
    max_tokens: Any = None
    metadata: Any = None
    parallel_tool_calls: Any = None
    prediction: Any = None
    presence_penalty: Any = None
    prompt_cache_key: Any = None
    prompt_cache_options: Any = None
    prompt_cache_retention: Any = None
    reasoning_effort: Any = None
    safety_identifier: Any = None
    seed: Any = None
    service_tier: Any = None
    stop: Any = None
    store: Any = None
    temperature: Any = None
    tools: Any = None
    top_p: Any = None
    user: Any = None
    verbosity: Any = None
    web_search_options: Any = None


class ChatBody(SetAside):
    """POST /v1/chat/completions."""

    model: str = Field(description="GET /v1/models 列出的名称", examples=["policyqa"])
    messages: list[ChatMessage] = Field(
        min_length=1,
        description="最后一条 user 消息是问题,之前的 user 和 assistant 消息是对话(最新的 20 条);其余的不起作用",
    )
    stream: bool | None = Field(default=None, description="逐段答复")
    stream_options: StreamOptions | None = None
    n: Annotated[Literal[1] | None, _else("一次只有一个答复")] = None
    tool_choice: Annotated[Literal["none", "auto"] | None, _else("不会调用工具,只能是 none 或 auto")] = None
    function_call: Annotated[Literal["none", "auto"] | None, _else("不会调用函数,只能是 none 或 auto")] = None
    response_format: Annotated[TextFormat | None, _else("答复只有文字一种;出处在 citations 里,已是 JSON")] = None
    logprobs: Annotated[Literal[False] | None, _else("答复引自原文,没有词元概率")] = None
    top_logprobs: Annotated[Literal[0] | None, _else("答复引自原文,没有词元概率")] = None
    modalities: Annotated[list[Literal["text"]] | None, _else("答复只有文字")] = None
    audio: Annotated[None, _else("答复只有文字")] = None


def _is_none(value: object) -> bool:
    return value is None


class UrlCitation(BaseModel):
    """The page of a source, and where the answer rests on it: [start, end) characters of the content."""

    url: str
    title: str
    start_index: int
    end_index: int


class UrlAnnotation(BaseModel):
    """A citation as OpenAI's clients know it."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class Usage(BaseModel):
    """OpenAI's clients ask for it. All zero: nothing is metered, and most answers take no language model at all."""

    prompt_tokens: Literal[0] = 0
    completion_tokens: Literal[0] = 0
    total_tokens: Literal[0] = 0


class CompletionMessage(BaseModel):
    """The answer."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[UrlAnnotation]


class CompletionChoice(BaseModel):
    """The one answer."""

    index: Literal[0] = 0
    message: CompletionMessage
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class ChatCompletion(BaseModel):
    """The answer to POST /v1/chat/completions. ``citations``, ``status`` and ``missing`` are those of /v1/ask."""

    id: str = Field(examples=["chatcmpl-0f1e2d"], description="chatcmpl- 之后是 trace_id")
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[CompletionChoice]
    usage: Usage = Usage()
    citations: list[SourceModel]
    status: Status
    missing: list[str]


class Delta(BaseModel):
    """What a chunk adds to the message."""

    role: Literal["assistant"] | None = Field(default=None, exclude_if=_is_none)
    content: str | None = Field(default=None, exclude_if=_is_none)
    annotations: list[UrlAnnotation] | None = Field(default=None, exclude_if=_is_none)


class ChunkChoice(BaseModel):
    """The one answer, a piece of it."""

    index: Literal[0] = 0
    delta: Delta
    finish_reason: Literal["stop"] | None = None


class ChatCompletionChunk(BaseModel):
    """An event of the stream. The last ones carry what is known in the end."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str
    choices: list[ChunkChoice]
    usage: Usage | None = Field(default=None, exclude_if=_is_none)
    citations: list[SourceModel] | None = Field(default=None, exclude_if=_is_none)
    status: Status | None = Field(default=None, exclude_if=_is_none)
    missing: list[str] | None = Field(default=None, exclude_if=_is_none)


class ChatModel(BaseModel):
    """What answers, as OpenAI's clients list it. ``created``: when this process began to serve it."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str


class ChatModelList(BaseModel):
    """GET /v1/models."""

    object: Literal["list"] = "list"
    data: list[ChatModel]
