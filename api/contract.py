"""The HTTP contract, version 1, as pydantic models: what clients send and get."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ingest.notice import DiscrepancyField, SourceKind
from rag.answer import AnswerSource, Intent, Status
from rag.question import MAX_LENGTH, Language

Trimmed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LENGTH)]
KeyRole = Literal["agent", "reviewer", "operator"]
Role = Literal["public", KeyRole]
"""Ascending: each may do what those before it may."""
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


CandidateState = Literal["proposed", "approved", "rejected"]


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
    matched: list[tuple[int, int]] = Field(default=[], description="quote 中与提问相同的字词,[起, 止) 字符位置")


class SourceDetail(SourceModel):
    """A source with its whole text."""

    text: str


class AnnotationModel(BaseModel):
    """The approved question whose answer is reused, who approved it and when."""

    question: str
    approved_by: str
    approved_at: datetime


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


class StatusEvent(BaseModel):
    """The first event of POST /v1/ask/stream."""

    status: Status


class CitationsEvent(BaseModel):
    """The second event of POST /v1/ask/stream."""

    citations: list[SourceModel]


class DeltaEvent(BaseModel):
    """A piece of the answer; all pieces joined are the answer."""

    text: str


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
    annotation: AnnotationModel | None = None


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


class CandidateModel(BaseModel):
    """A question for the question bank: what was suggested, which sources are proposed, who decided on it.

    Without sources it is proposed as one that the notice does not answer.
    """

    id: int
    trace_id: str
    at: datetime
    question: str
    suggested: list[str]
    sources: list[str]
    verdict: FeedbackVerdict
    proposed_by: str
    state: CandidateState
    reviewed_by: str | None
    reviewed_at: datetime | None
    remark: str


class CandidateList(BaseModel):
    """GET /v1/candidates."""

    total: int
    items: list[CandidateModel]


class ReviewBody(_Request):
    """POST /v1/candidates/{id}. What is left out of an approval stays as it was proposed."""

    decision: Literal["approve", "reject"]
    who: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)] | None = None
    sources: Annotated[list[str], Field(max_length=10)] | None = Field(
        default=None, description="出处编号,第一个为准;空表示通知没有规定"
    )
    reason: Annotated[str, StringConstraints(max_length=2000)] = Field(default="", description="不采纳的理由")


class Session(BaseModel):
    """GET /v1/session: as whom the caller is known. ``open``: no key was ever made, everybody may do everything."""

    role: Role
    name: str | None
    open: bool


class BatchModel(BaseModel):
    """How far a batch of tickets is; ``problems`` by row number."""

    id: str
    name: str
    total: int
    done: int
    finished: bool
    problems: dict[str, str]


class TallyModel(BaseModel):
    """How many exchanges of one department or source, how many were decided on, how many of those accepted."""

    name: str
    exchanges: int
    decided: int
    accepted: int


class FiguresModel(BaseModel):
    """GET /v1/figures: shares are null while there is nothing to share."""

    exchanges: int
    within_a_minute: int
    share_within_a_minute: float | None
    decided: int
    accepted: int
    edited: int
    rejected: int
    satisfaction: float | None
    by_department: list[TallyModel]
    by_source: list[TallyModel]


class ClusterModel(BaseModel):
    """Tickets about one kind of trouble: how many, one of them, where they belong, what was decided."""

    count: int
    example: str
    source: str | None
    lead: list[str]
    ticket_ids: list[str]
    outcomes: dict[str, int]


class Digest(BaseModel):
    """GET /v1/digest."""

    tickets: int
    clusters: list[ClusterModel]


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
