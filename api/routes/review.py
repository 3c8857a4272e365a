"""The question bank's candidates: to be seen, approved or rejected by a reviewer."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query

from api.contract import CandidateList, CandidateModel, CandidateState, ReviewBody
from api.keeping.journal import JournalDep
from api.keeping.learning import Approval, approve
from api.openapi import CANDIDATES
from api.presenter import candidate_model
from api.serving import ServedDep
from api.signing_in.access import REVIEWER, CallerDep

router = APIRouter(prefix="/v1/candidates", dependencies=[REVIEWER], tags=["审核"])


@router.get("", summary="问题库候选", responses=CANDIDATES)
def list_candidates(
    journal: JournalDep, state: Annotated[CandidateState, Query(description="处理状态")] = "proposed"
) -> CandidateList:
    """Questions that were answered otherwise than they should have been, and drafted ones, oldest first."""
    items = [candidate_model(each) for each in journal.store.review.candidates(state)]
    return CandidateList(total=len(items), items=items)


@router.post("/{candidate_id}", summary="审核一条候选")
def review_candidate(
    candidate_id: int, body: ReviewBody, served: ServedDep, journal: JournalDep, caller: CallerDep
) -> CandidateModel:
    """Approved, it goes into the question bank and is in force from the next index on."""
    now, review = datetime.now(UTC), journal.store.review
    # Nobody decides in another's name.
    who = caller.name or body.who
    if body.decision == "reject":
        return candidate_model(review.reject(candidate_id, who, now, body.reason))
    proposed = review.open_candidate(candidate_id)
    sources = proposed.sources if body.sources is None else tuple(body.sources)
    approval = Approval(candidate_id, who, now, body.question or proposed.question, sources)
    return candidate_model(approve(journal.store, journal.settings, served.corpus, approval))
