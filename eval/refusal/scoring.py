"""The treatment of a question: answered, half answered, or declined."""

from collections.abc import Sequence

from eval.dataset import Item
from eval.scores import Pair, Scores, first_fits, score_each
from eval.targets.reply import Reply
from ingest.corpus import Corpus


def is_refused(reply: Reply) -> bool:
    """Whether the reply says that the notice does not answer it, or not in full. A failure says nothing."""
    return not reply.failure and reply.status not in ("answered", "clarify")


def crag(item: Item, reply: Reply) -> float:
    """+1 right, 0 nothing said where something could be, or half an answer; −1 wrong (CRAG, arXiv:2406.04744)."""
    if reply.failure or reply.status is None:
        return 0.0
    if item.is_right(reply.status) and (first_fits(item, reply) or not reply.is_given):
        return 1.0
    if not reply.is_given or reply.status == "clarify":
        return 0.0
    return 0.0 if reply.status == "partial" and item.answerable and first_fits(item, reply) else -1.0


def score(pairs: Sequence[Pair], _: Corpus) -> Scores:
    """Over all questions; of a target that cannot say no, nothing."""
    if any(reply.status is None and not reply.failure for _, reply in pairs):
        return {}
    return score_each(
        pairs,
        {
            "status": (
                lambda pair: True,
                lambda item, reply: reply.status is not None and item.is_right(reply.status),
            ),
            "refusal precision": (lambda pair: is_refused(pair[1]), lambda item, reply: not item.answerable),
            "refusal recall": (lambda pair: not pair[0].answerable, lambda item, reply: is_refused(reply)),
            "CRAG": (lambda pair: True, crag),
        },
    )
