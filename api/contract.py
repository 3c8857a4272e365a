"""The HTTP contract, version 1, as pydantic models: what clients send and get."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ingest.notice import DiscrepancyField, SourceKind
from rag.answer import AnswerSource, Intent, Status
from rag.question import MAX_LENGTH, Language

Trimmed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LENGTH)]
FeedbackVerdict = Literal["helpful", "wrong_measure", "wrong_department", "incomplete", "should_not_answer", "edited"]
MAX_HISTORY = 20
MAX_HISTORY_CONTENT = 10_000


class _Request(BaseModel):
    """Unknown fields are rejected: a misspelt field must not be silently ignored."""

    model_config = ConfigDict(extra="forbid")


class HistoryMessage(_Request):
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: Annotated[str, StringConstraints(max_length=MAX_HISTORY_CONTENT)]


class AskBody(_Request):
    """POST /v1/ask."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "我们公司想去越南设厂,ODI备案找哪个部门?"}]},
    )

    question: Trimmed = Field(description="用户的问题,去首尾空白后 1 至 2000 字")
    history: list[HistoryMessage] = Field(default=[], max_length=MAX_HISTORY, description="之前的对话,最新的在后")
    notice: str | None = Field(default=None, description="只在这份通知中查找")
    language: Language | None = Field(default=None, description="答复语言;不填则按提问语言")


class DiscrepancyModel(BaseModel):
    """A field that body and annex print differently."""

    field: DiscrepancyField
    body: str
    annex: str


class SourceModel(BaseModel):
    """A source as it appears in citations, related and catalogue answers."""

    id: str = Field(examples=["hongkou-2025/M12"])
    kind: SourceKind
    number: int | None
    title: str
    outline: list[str]
    lead: list[str]
    cooperating: list[str]
    responsible: list[str]
    starred: bool | None
    quote: str
    score: float = Field(ge=0, le=1)
    discrepancies: list[DiscrepancyModel]


class SourceDetail(SourceModel):
    """A source with its whole text."""

    text: str


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


class AssistBody(_Request):
    """POST /v1/assist."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)] = Field(
        description="工单内容,去首尾空白后 1 至 5000 字;个人信息在处理前遮盖"
    )
    notice: str | None = Field(default=None, description="只在这份通知中查找")
    ticket_id: Annotated[str, StringConstraints(max_length=200)] | None = Field(default=None, description="工单编号")


class DemandModel(BaseModel):
    """One need inside a ticket."""

    text: str
    status: Status
    citations: list[SourceModel]
    lead: list[str]
    cooperating: list[str]
    confidence: float = Field(ge=0, le=1)


class DispatchModel(BaseModel):
    """Who should take a ticket, and why; ``needs_human``: a person has to decide."""

    lead: list[str]
    cooperating: list[str]
    reason: str
    needs_human: bool


class SimilarTicket(BaseModel):
    """An earlier ticket about the same trouble, and what the agent decided on it."""

    ticket_id: str
    score: float = Field(ge=0, le=1)
    outcome: str


class AssistResponse(BaseModel):
    """The answer to POST /v1/assist."""

    status: Status
    masked_text: str
    demands: list[DemandModel]
    draft_reply: str
    dispatch: DispatchModel
    similar: list[SimilarTicket]
    trace_id: str
    timings_ms: dict[str, float]


class FeedbackBody(_Request):
    """POST /v1/feedback."""

    trace_id: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    verdict: FeedbackVerdict
    correct_sources: Annotated[list[str], Field(max_length=10)] = Field(default=[], description="应引用的出处编号")
    text: Annotated[str, StringConstraints(max_length=2000)] | None = Field(
        default=None, description="理由或改后的答复"
    )


class Totals(BaseModel):
    """How much a notice holds."""

    parts: int
    sections: int
    measures: int
    municipal_items: int
    starred: int


class NoticeSummary(BaseModel):
    """One loaded notice."""

    id: str
    title: str
    issuer: str
    issued_on: date
    document_number: str | None
    region: str
    totals: Totals


class OutlinePart(BaseModel):
    """A part of the body with its sections, as printed."""

    label: str
    sections: list[str]


class NoticeDetail(NoticeSummary):
    """One loaded notice with its outline and the differences between its body and its annex."""

    outline: list[OutlinePart]
    discrepancies: int


class NoticeList(BaseModel):
    """GET /v1/notices."""

    total: int
    items: list[NoticeSummary]


class SourceList(BaseModel):
    """GET /v1/measures."""

    total: int
    items: list[SourceModel]


class RoleCounts(BaseModel):
    """In how many sources a department appears in each role."""

    lead: int
    cooperating: int
    responsible: int


class DepartmentModel(BaseModel):
    """A department. ``english`` is an unofficial translation; ``collective`` marks an unnamed group."""

    name: str
    full_name: str
    english: str
    level: Literal["district", "municipal"]
    collective: bool
    aliases: list[str]
    counts: RoleCounts


class DepartmentDetail(DepartmentModel):
    """A department with everything it leads or joins."""

    lead: list[SourceModel]
    cooperating: list[SourceModel]
    responsible: list[SourceModel]


class DepartmentList(BaseModel):
    """GET /v1/departments."""

    total: int
    items: list[DepartmentModel]


class Health(BaseModel):
    """GET /healthz."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """GET /readyz when the index and the encoder are loaded."""

    status: Literal["ready"] = "ready"
    version: str
    encoder: str
    notices: list[str]


class ErrorInfo(BaseModel):
    """What went wrong, in words for people (``message``) and for programs (``code``, ``detail``)."""

    code: str
    message: str
    detail: Any = None
    trace_id: str


class ErrorBody(BaseModel):
    """The one shape of every error."""

    error: ErrorInfo
