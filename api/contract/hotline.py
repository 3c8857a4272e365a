"""Tickets of the hotline, one by one and in batches, and what is suggested for them."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from api.contract.asking import AnnotationModel
from api.contract.body import RequestBody
from api.contract.source import SourceModel
from rag.answer import Status


class AssistBody(RequestBody):
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


class BatchModel(BaseModel):
    """How far a batch of tickets is; ``problems`` by row number."""

    id: str
    name: str
    total: int
    done: int
    finished: bool
    problems: dict[str, str]
