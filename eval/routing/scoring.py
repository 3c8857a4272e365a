"""Lead departments, over the questions of content that have one, each alone (no conversation)."""

from collections.abc import Sequence

from eval.dataset import Item
from eval.scores import Pair, Scores, folded, score_each
from eval.targets.reply import Reply
from ingest.corpus import Corpus


def has_lead(pair: Pair) -> bool:
    """Whether there are departments that the question has to be sent to."""
    item, _ = pair
    return item.answerable and bool(item.lead) and not item.history and not item.is_of_catalogue


def directed(item: Item, reply: Reply) -> frozenset[str]:
    """The departments a person is sent to: the leads of as many sources as the question has, from the first.

    None where it is declined or asked back.
    """
    if not reply.is_given or reply.status == "clarify":
        return frozenset()
    return frozenset(folded(name) for each in reply.citations[: max(len(item.gold), 1)] for name in each.lead)


def expected(item: Item) -> frozenset[str]:
    """The departments that the person has to be sent to."""
    return frozenset(map(folded, item.lead))


def score(pairs: Sequence[Pair], _: Corpus) -> Scores:
    """Exact match (not one more or fewer; a refusal is wrong), and precision and recall of departments."""
    return score_each(
        pairs,
        {
            "lead": (has_lead, lambda item, reply: directed(item, reply) == expected(item)),
            "lead precision": (
                lambda pair: has_lead(pair) and bool(directed(*pair)),
                lambda item, reply: len(directed(item, reply) & expected(item)) / len(directed(item, reply)),
            ),
            "lead recall": (
                has_lead,
                lambda item, reply: len(directed(item, reply) & expected(item)) / len(expected(item)),
            ),
        },
    )
