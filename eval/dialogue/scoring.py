"""Questions that stand in a conversation."""

from collections.abc import Sequence

from eval.dataset import Item
from eval.dialogue.changes import is_change_of_subject
from eval.scores import Pair, Scores, first_fits, says_what_it_must, score_each
from eval.targets.reply import Reply
from ingest.corpus import Corpus


def score(pairs: Sequence[Pair], _: Corpus) -> Scores:
    """Treatment, first source and facts of follow-ups; whether a change of subject is noticed."""
    of_conversation = [pair for pair in pairs if pair[0].history and pair[1].status is not None]
    changes = [pair for pair in of_conversation if is_change_of_subject(pair[0])]
    follow_ups = [pair for pair in of_conversation if not is_change_of_subject(pair[0])]
    return {
        **score_each(
            follow_ups,
            {
                "follow-ups: status": (lambda pair: True, _is_right),
                "follow-ups: first source": (lambda pair: bool(pair[0].fitting), first_fits),
                "follow-ups: facts": (lambda pair: True, says_what_it_must),
            },
        ),
        **score_each(changes, {"changes of subject": (lambda pair: True, _is_right)}),
    }


def _is_right(item: Item, reply: Reply) -> bool:
    return reply.status is not None and item.is_right(reply.status)
