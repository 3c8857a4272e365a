"""What people say about suggestions, and the candidates for the question bank that come of it."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from api.contract.body import RequestBody

FeedbackVerdict = Literal["helpful", "wrong_measure", "wrong_department", "incomplete", "should_not_answer", "edited"]
CandidateState = Literal["proposed", "approved", "rejected"]


class FeedbackBody(RequestBody):
    """POST /v1/feedback."""

    trace_id: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    verdict: FeedbackVerdict
    correct_sources: Annotated[list[str], Field(max_length=10)] = Field(default=[], description="应引用的出处编号")
    text: Annotated[str, StringConstraints(max_length=2000)] | None = Field(
        default=None, description="理由或改后的答复"
    )


class CandidateModel(BaseModel):
    """A question for the question bank: what was suggested, which sources are proposed, who decided on it.

    Without sources it is proposed as one that the notice does not answer. One that a language model drafted has neither
    trace nor verdict: nobody has asked it yet.
    """

    id: int
    trace_id: str | None
    at: datetime
    question: str
    suggested: list[str]
    sources: list[str]
    verdict: FeedbackVerdict | None
    proposed_by: str
    state: CandidateState
    reviewed_by: str | None
    reviewed_at: datetime | None
    remark: str


class CandidateList(BaseModel):
    """GET /v1/candidates."""

    total: int
    items: list[CandidateModel]


class ReviewBody(RequestBody):
    """POST /v1/candidates/{id}. What is left out of an approval stays as it was proposed."""

    decision: Literal["approve", "reject"]
    who: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)] | None = None
    sources: Annotated[list[str], Field(max_length=10)] | None = Field(
        default=None, description="出处编号,第一个为准;空表示通知没有规定"
    )
    reason: Annotated[str, StringConstraints(max_length=2000)] = Field(default="", description="不采纳的理由")
