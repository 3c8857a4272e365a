"""The questions that went wrong, one by one, to be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.dataset import Expected
from eval.routing.scoring import directed, expected, has_lead
from eval.scores import Pair, first_fits, says, says_what_it_must
from rag.answer import Status


@dataclass(frozen=True, slots=True)
class Failure:
    """A question with what was expected and what came; sources by their keys (M12), ``cited`` best first.

    ``wrong``: what is (status, source, lead, facts, failed); ``unsaid`` the key facts left out. ``trace``: how the
    reply came about.
    """

    id: str
    set: str
    kind: str
    language: str
    question: str
    wrong: tuple[str, ...]
    expected_status: Expected
    status: Status | None
    gold: tuple[str, ...]
    also_ok: tuple[str, ...]
    cited: tuple[str, ...]
    lead_expected: tuple[str, ...]
    lead_given: tuple[str, ...]
    unsaid: tuple[str, ...]
    confidence: float | None
    text: str
    trace: Mapping[str, str]


def failures(pairs: Sequence[Pair]) -> Iterator[Failure]:
    """Every question that was treated wrongly, or went wrong in source, department or facts."""
    for item, reply in pairs:
        if wrong := tuple(_wrong((item, reply))):
            yield Failure(
                id=item.id,
                set=item.set,
                kind=item.kind,
                language=item.language,
                question=item.said,
                wrong=wrong,
                expected_status=item.expected,
                status=reply.status,
                gold=tuple(sorted(item.gold)),
                also_ok=tuple(sorted(item.also_ok)),
                cited=reply.cited,
                lead_expected=item.lead,
                lead_given=tuple(sorted(directed(item, reply))),
                unsaid=tuple("/".join(each) for each in item.must_say if not says(reply.text, each)),
                confidence=reply.confidence,
                text=reply.text or reply.failure,
                trace=reply.trace,
            )


def _wrong(pair: Pair) -> Iterator[str]:
    item, reply = pair
    if reply.failure:
        yield "failed"
        return
    if reply.status is not None and not item.is_right(reply.status):
        yield "status"
    if item.fitting and reply.is_given and not first_fits(item, reply):
        yield "source"
    if has_lead(pair) and directed(item, reply) != expected(item):
        yield "lead"
    if reply.status is not None and not says_what_it_must(item, reply):
        yield "facts"
