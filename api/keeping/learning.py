"""Learning from decisions: what an agent rejects or edits is proposed for the question bank; a reviewer approves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock

from api.store import Candidate, Decision, Exchange, Proposal, Store
from ingest.bank import OUTSIDE, ApprovedQuestion, load_approved, save_approved
from ingest.corpus import APPROVED_FILE, Corpus
from ingest.errors import BadApproval
from ingest.settings import Settings
from rag.privacy import unmarked

_LOCK = "review.lock"


@dataclass(frozen=True, slots=True)
class Approval:
    """A reviewer's word on a candidate. The first of ``sources`` is what answers the question; none: nothing does."""

    candidate_id: int
    who: str
    at: datetime
    question: str
    sources: tuple[str, ...]


def proposals(exchange: Exchange, decision: Decision) -> tuple[Proposal, ...]:
    """What a decision teaches: each question that was answered otherwise than it should have been.

    In a ticket that is every demand whose first source is not among the right ones. Without right sources only that a
    question should not have been answered teaches anything.
    """
    right = decision.correct_sources
    if decision.verdict == "helpful" or not (right or decision.verdict == "should_not_answer"):
        return ()
    answered = [(question, sources) for question, sources in _answered(exchange) if not _is_right(sources, right)]
    settled = {sources[0] for _, sources in _answered(exchange) if _is_right(sources, right)}
    wanted = tuple(each for each in right if each not in settled) or right
    return tuple(Proposal(question, sources, wanted) for question, sources in answered if sources or right)


def approve(store: Store, settings: Settings, corpus: Corpus, approval: Approval) -> Candidate:
    """Put a candidate into the question bank of its notice; the next ingest indexes it.

    The bank is written first: a kill in between leaves the candidate open, and approving it again changes nothing.
    Raises UnknownCandidate, CandidateClosed, UnknownNotice, UnknownSource, BadApproval or StoreUnavailable.
    """
    with FileLock(settings.data_dir / _LOCK):
        candidate = store.review.open_candidate(approval.candidate_id)
        question = unmarked(approval.question).strip()
        if not question:
            raise BadApproval("问题是空的。", "请写明要收入问题库的问法。")
        for source_id in approval.sources:
            corpus.source(source_id)
        first = approval.sources[0] if approval.sources else f"{_notice_of(candidate, corpus)}/{OUTSIDE}"
        notice_id, _, key = first.rpartition("/")
        banked = ApprovedQuestion(key, question, approval.who, approval.at)
        _bank(settings.corpus_dir / notice_id / APPROVED_FILE, banked)
        return store.review.approve(approval.candidate_id, approval.who, approval.at, question, approval.sources)


def _bank(path: Path, banked: ApprovedQuestion) -> None:
    """Add a question; what was approved for the same words before is replaced."""
    others = (each for each in load_approved(path) if each.question != banked.question)
    save_approved(path, (*others, banked))


def _answered(exchange: Exchange) -> list[tuple[str, tuple[str, ...]]]:
    """The questions of an exchange, each with the sources that it was answered from."""
    response = exchange.response
    if exchange.kind == "ask":
        return [(exchange.text, _ids(response["citations"]))]
    return [(unmarked(each["text"]), _ids(each["citations"])) for each in response["demands"]]


def _ids(citations: Sequence[dict[str, str]]) -> tuple[str, ...]:
    return tuple(each["id"] for each in citations)


def _is_right(sources: Sequence[str], right: Sequence[str]) -> bool:
    return bool(sources) and sources[0] in right


def _notice_of(candidate: Candidate, corpus: Corpus) -> str:
    """The notice that a question was wrongly answered from, or drafted for; else the first."""
    named = (*candidate.suggested, *candidate.sources)
    return named[0].rpartition("/")[0] if named else corpus.notices[0].id
