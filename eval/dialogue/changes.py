"""Conversations in which the subject changes: a question that has to be declined, after one that was answered."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from eval.dataset import DECLINED, Item
from eval.scores import Pair
from rag.dialogue import Message

_MARK = "after "


def changes_of_subject(pairs: Sequence[Pair]) -> Iterator[Item]:
    """Every question to be declined once more, behind one that this target answered, with the answer that it gave."""
    alone = [(item, reply) for item, reply in pairs if not item.history]
    answered = [(item, reply) for item, reply in alone if reply.status == "answered"]
    outside = [item for item, _ in alone if DECLINED & item.statuses]
    for (before, reply), item in zip(answered, outside, strict=False):
        said = (Message("user", before.question), Message("assistant", reply.text))
        yield replace(item, id=f"{item.id} {_MARK}{before.id}", history=said)


def is_change_of_subject(item: Item) -> bool:
    """Whether an item was made by ``changes_of_subject``."""
    return f" {_MARK}" in item.id
