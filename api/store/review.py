"""Decisions of agents, and the candidates for the question bank: those that come of them, and drafted ones."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select, update

from api.store.engine import translated
from api.store.records import AuditEntry, Candidate, Decision, Proposal, State
from api.store.tables import audit, candidates, decisions, exchanges
from ingest.errors import CandidateClosed, UnknownCandidate, UnknownTrace


class Review:
    """What people decided, and what is still to be decided."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def decide(self, decision: Decision, proposals: Sequence[Proposal] = ()) -> tuple[Candidate, ...]:
        """Keep a decision with what it proposes for the bank. Raises UnknownTrace or StoreUnavailable."""
        with translated(), self._engine.begin() as connection:
            of_trace = exchanges.c.trace_id == decision.trace_id
            if connection.execute(select(exchanges.c.trace_id).where(of_trace)).one_or_none() is None:
                raise UnknownTrace(decision.trace_id)
            connection.execute(
                insert(decisions).values(**{**asdict(decision), "correct_sources": list(decision.correct_sources)})
            )
            log_within(
                connection, AuditEntry(decision.at, decision.who, f"feedback {decision.verdict}", decision.trace_id, "")
            )
            return tuple(_propose(connection, decision, each) for each in proposals)

    def draft(self, drafts: Mapping[str, Sequence[str]], who: str, at: datetime) -> tuple[Candidate, ...]:
        """Queue questions that nobody has asked yet, each with its sources; one that ever was a candidate is left out.

        Raises StoreUnavailable.
        """
        with translated(), self._engine.begin() as connection:
            known = select(candidates.c.question).where(candidates.c.question.in_(drafts.keys()))
            seen = set(connection.execute(known).scalars())
            origin: Mapping[str, object] = {"at": at, "suggested": [], "proposed_by": who}
            queued = tuple(
                _queue(connection, question, {"sources": list(sources), **origin})
                for question, sources in drafts.items()
                if question not in seen
            )
            log_within(connection, AuditEntry(at, who, "questions drafted", "", f"{len(queued)} of {len(drafts)}"))
            return queued

    def candidates(self, state: State = "proposed") -> tuple[Candidate, ...]:
        """The candidates of that state, oldest first."""
        query = select(candidates).where(candidates.c.state == state).order_by(candidates.c.id)
        with translated(), self._engine.connect() as connection:
            return tuple(map(_candidate, connection.execute(query)))

    def open_candidate(self, candidate_id: int) -> Candidate:
        """The candidate, if it is still to be decided. Raises UnknownCandidate or CandidateClosed."""
        with translated(), self._engine.connect() as connection:
            row = connection.execute(select(candidates).where(candidates.c.id == candidate_id)).one_or_none()
        if row is None:
            raise UnknownCandidate(str(candidate_id))
        if row.state != "proposed":
            raise CandidateClosed(candidate_id, row.reviewed_by)
        return _candidate(row)

    def approve(self, candidate_id: int, who: str, at: datetime, question: str, sources: Sequence[str]) -> Candidate:
        """Approve, in the reviewer's wording and with their sources. Raises UnknownCandidate or CandidateClosed."""
        changed: dict[str, object] = {"question": question, "sources": list(sources)}
        return self._close(candidate_id, "approved", who, at, "", changed)

    def reject(self, candidate_id: int, who: str, at: datetime, reason: str) -> Candidate:
        """Reject, with a reason. Raises UnknownCandidate or CandidateClosed."""
        return self._close(candidate_id, "rejected", who, at, reason, {})

    def audit(self, most: int = 200) -> tuple[AuditEntry, ...]:
        """The newest entries of the audit trail, newest first."""
        columns = (audit.c.at, audit.c.who, audit.c.what, audit.c.subject, audit.c.detail)
        with translated(), self._engine.connect() as connection:
            rows = connection.execute(select(*columns).order_by(audit.c.id.desc()).limit(most))
            return tuple(AuditEntry(*row) for row in rows)

    def _close(
        self, candidate_id: int, state: State, who: str, at: datetime, remark: str, changed: dict[str, object]
    ) -> Candidate:
        with translated(), self._engine.begin() as connection:
            this = candidates.c.id == candidate_id
            closing = update(candidates).where(this, candidates.c.state == "proposed")
            done = connection.execute(
                closing.values(state=state, reviewed_by=who, reviewed_at=at, remark=remark, **changed)
            )
            row = connection.execute(select(candidates).where(this)).one_or_none()
            if row is None:
                raise UnknownCandidate(str(candidate_id))
            if not done.rowcount:
                raise CandidateClosed(candidate_id, row.reviewed_by)
            log_within(connection, AuditEntry(at, who, f"candidate {state}", str(candidate_id), remark))
            return _candidate(row)


def log(engine: Engine, entry: AuditEntry) -> None:
    """Add an entry to the audit trail. Raises StoreUnavailable."""
    with translated(), engine.begin() as connection:
        log_within(connection, entry)


def log_within(connection: Connection, entry: AuditEntry) -> None:
    """Add an entry in the transaction of what it tells of: both are kept, or neither."""
    connection.execute(insert(audit).values(asdict(entry)))


def _propose(connection: Connection, decision: Decision, proposal: Proposal) -> Candidate:
    """A new candidate; if the same question is already proposed, that one with the newer sources."""
    values = {
        "trace_id": decision.trace_id,
        "at": decision.at,
        "suggested": list(proposal.suggested),
        "sources": list(proposal.sources),
        "verdict": decision.verdict,
        "proposed_by": decision.who,
    }
    same = (candidates.c.question == proposal.question) & (candidates.c.state == "proposed")
    if connection.execute(update(candidates).where(same).values(values)).rowcount:
        return _candidate(connection.execute(select(candidates).where(same)).one())
    return _queue(connection, proposal.question, values)


def _queue(connection: Connection, question: str, values: Mapping[str, object]) -> Candidate:
    row = {"question": question, "state": "proposed", "remark": "", **values}
    return _candidate(connection.execute(insert(candidates).values(row).returning(candidates)).one())


def _candidate(row: Row[Any]) -> Candidate:
    values = row._asdict()
    return Candidate(**{**values, "suggested": tuple(values["suggested"]), "sources": tuple(values["sources"])})
