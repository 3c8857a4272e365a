"""The measured things, each a folder of its own, in the order of the report."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from eval.answers.run import Run, RunInfo
from eval.citations import scoring as citations
from eval.confidence import scoring as confidence
from eval.dataset import Item
from eval.dialogue import scoring as dialogue
from eval.dialogue.changes import changes_of_subject
from eval.facts import scoring as facts
from eval.injections import scoring as injections
from eval.languages import scoring as languages
from eval.latency import scoring as latency
from eval.refusal import scoring as refusal
from eval.retrieval import scoring as retrieval
from eval.routing import scoring as routing
from eval.scores import Pair, Scores
from eval.statistics.figure import Figure
from eval.tickets import scoring as tickets
from eval.tickets.ticket import Ticket
from ingest.corpus import Corpus

THINGS: Mapping[str, Callable[[Sequence[Pair], Corpus], Scores]] = {
    "retrieval": retrieval.score,
    "routing": routing.score,
    "refusal": refusal.score,
    "citations": citations.score,
    "facts": facts.score,
    "languages": languages.score,
    "injections": injections.score,
    "confidence": confidence.score,
    "latency": latency.score,
}
"""By name, how the replies to the questions are scored. Conversations and tickets are scored with more than those."""


@dataclass(frozen=True)
class ScoredRun:
    """A run with everything that was measured of it."""

    info: RunInfo
    pairs: Sequence[Pair]
    scores: Mapping[str, Scores]

    @cached_property
    def values(self) -> Scores:
        """The values of every metric of every thing."""
        return {metric: values for thing in self.scores.values() for metric, values in thing.items()}

    @cached_property
    def statistics(self) -> Mapping[str, Figure]:
        """The figures that are no means of single values."""
        return confidence.statistics(self.pairs)


def score_run(run: Run, items: Sequence[Item], asked_tickets: Sequence[Ticket], corpus: Corpus) -> ScoredRun:
    """Score the stored replies to these questions and tickets. Raises UnknownRun, CorpusError."""
    pairs = list(run.replies(items))
    changes = list(run.replies(list(changes_of_subject(pairs))))
    by_id = {ticket.id: ticket for ticket in asked_tickets}
    replies = [(by_id[reply.id], reply) for reply in run.tickets() if reply.id in by_id]
    scores = {name: score(pairs, corpus) for name, score in THINGS.items()}
    scores["dialogue"] = dialogue.score([*pairs, *changes], corpus)
    scores["tickets"] = tickets.score(replies)
    return ScoredRun(run.info, pairs, scores)
