"""A question and its answer, whole or as a stream of events."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.contract.body import RequestBody
from api.contract.source import SourceModel
from rag.answer import AnswerSource, Intent, Status
from rag.generation.record import Outcome
from rag.question import MAX_LENGTH, Language
from rag.verification import Reason

Trimmed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LENGTH)]
MAX_HISTORY = 20
MAX_HISTORY_CONTENT = 10_000


class HistoryMessage(RequestBody):
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: Annotated[str, StringConstraints(max_length=MAX_HISTORY_CONTENT)]


class AskBody(RequestBody):
    """POST /v1/ask."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "我们公司想去越南设厂,ODI备案找哪个部门?"}]},
    )

    question: Trimmed = Field(description="用户的问题,去首尾空白后 1 至 2000 字")
    history: list[HistoryMessage] = Field(default=[], max_length=MAX_HISTORY, description="之前的对话,最新的在后")
    notice: str | None = Field(default=None, description="只在这份通知中查找")
    language: Language | None = Field(default=None, description="答复语言;不填则按提问语言")


class AnnotationModel(BaseModel):
    """The approved question whose answer is reused, who approved it and when."""

    question: str
    approved_by: str
    approved_at: datetime


class GenerationModel(BaseModel):
    """How a language model worded an answer, or why none did: its composed form is shown then.

    ``sentences`` passed the verifier; ``dropped`` counts those that did not, by reason.
    """

    outcome: Outcome
    model: str
    prompt: str
    tokens: int
    elapsed_ms: float
    sentences: int
    dropped: dict[Reason, int]


class AskResponse(BaseModel):
    """The answer to POST /v1/ask."""

    status: Status
    answer: str
    citations: list[SourceModel]
    missing: list[str]
    related: list[SourceModel]
    confidence: float = Field(ge=0, le=1)
    intent: Intent
    resolved_question: str
    language: Language
    answer_source: AnswerSource
    trace_id: str
    timings_ms: dict[str, float]
    annotation: AnnotationModel | None = None
    generation: GenerationModel | None = None


class StatusEvent(BaseModel):
    """The first event of POST /v1/ask/stream."""

    status: Status


class CitationsEvent(BaseModel):
    """The second event of POST /v1/ask/stream."""

    citations: list[SourceModel]


class DeltaEvent(BaseModel):
    """A piece of the answer; all pieces joined are the answer."""

    text: str
