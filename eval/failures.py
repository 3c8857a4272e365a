"""The questions that went wrong, one by one, to be read."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.confusion import directed
from eval.dataset import Expected, Item
from eval.metrics import Pair, has_lead, lead_match, reasonable_hit, status_match
from eval.systems import Response
from rag.answer import Status


@dataclass(frozen=True, slots=True)
class Failure:
    """A question with what was expected and what came; sources by their keys (M12), ``cited`` best first."""

    id: str
    set: str
    type: str
    language: str
    question: str
    expected_status: Expected
    status: Status | None
    gold: tuple[str, ...]
    also_ok: tuple[str, ...]
    cited: tuple[str, ...]
    lead_expected: tuple[str, ...]
    lead_given: tuple[str, ...]
    confidence: float | None


def failures(pairs: Sequence[Pair]) -> tuple[Failure, ...]:
    """Every question that was treated wrongly, or went to a source or a department that does not fit."""
    return tuple(_failure(*pair) for pair in pairs if not _is_right(*pair))


def _is_right(item: Item, response: Response) -> bool:
    fits = reasonable_hit(item, response) if item.gold | item.also_ok else 1.0
    leads = lead_match(item, response) if has_lead((item, response)) else 1.0
    return min(status_match(item, response), fits, leads) == 1.0


def _failure(item: Item, response: Response) -> Failure:
    return Failure(
        id=item.id,
        set=item.set,
        type=item.type,
        language=item.language,
        question=item.question,
        expected_status=item.expected,
        status=response.status,
        gold=tuple(sorted(item.gold)),
        also_ok=tuple(sorted(item.also_ok)),
        cited=response.cited,
        lead_expected=item.lead,
        lead_given=directed(response),
        confidence=response.confidence,
    )
