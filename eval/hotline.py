"""How well tickets are worked through, and personal data masked.

    python -m eval.hotline

Sets: eval/tickets (tickets with their demands) and eval/private (texts with their personal data), by writers of their
own. A demand is found if a demand of the answer covers half of its words; each answers for one.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import jieba
from rich.console import Console
from rich.table import Table

from eval.dataset import EVAL_DIR
from eval.metrics import Figure, figure
from ingest.index import open_index
from ingest.settings import load_settings
from rag.assist import AssistChain
from rag.assistance import AnsweredDemand, Assistance
from rag.chain import AnswerChain
from rag.privacy import find_private, mask
from rag.ticket import Demand

TICKETS_DIR = EVAL_DIR / "tickets"
PRIVATE_DIR = EVAL_DIR / "private"
COVERED = 0.5
HasText = TypeVar("HasText", AnsweredDemand, Demand)
_DISTRICT = re.compile(r"(?:[一-鿿]{2,3}(?:省|市|区|县))+")


def main() -> None:
    """Print every figure with its count and interval."""
    index = open_index(load_settings())
    chain = AssistChain(AnswerChain(index), index.corpus)
    table = Table("figure", "value", "95 % interval", "n")
    tickets = ((name, figure(each)) for name, each in ticket_outcomes(chain.assist, rows(TICKETS_DIR)).items())
    for name, each in (*tickets, *masking_figures(rows(PRIVATE_DIR))):
        table.add_row(name, f"{each.mean:.3f}", f"{each.low:.2f}-{each.high:.2f}", str(each.n))
    Console().print(table)


def rows(folder: Path) -> list[dict[str, Any]]:
    """Every line of the sets in a folder."""
    return [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]


def ticket_outcomes(
    assist: Callable[[str], Assistance], tickets: Sequence[dict[str, Any]]
) -> Mapping[str, Sequence[bool]]:
    """By name of the figure, what was right of each ticket or demand; in the same order however they are assisted."""
    noted: defaultdict[str, list[bool]] = defaultdict(list)
    for ticket in tickets:
        assistance = assist(ticket["text"])
        found = [matching(each["span"], assistance.demands) for each in ticket["demands"]]
        is_outside = all(each["status"] == "outside" for each in ticket["demands"])
        noted["all demands found"].append(None not in found and len({id(each) for each in found}) == len(found))
        noted["as many demands as there are"].append(len(assistance.demands) == len(ticket["demands"]))
        noted["needs a human, rightly said"].append(assistance.dispatch.needs_human == ticket["needs_human"])
        noted["no personal data in any field"].append(not leaked(ticket["private"], assistance))
        noted[f"ticket {'outside' if is_outside else 'inside'} recognised"].append(
            is_outside == _is_outside(assistance)
        )
        for each, demand in zip(ticket["demands"], found, strict=True):
            if each["gold"]:
                right = [f"hongkou-2025/{key}" for key in (*each["gold"], *each["also_ok"])]
                cited = [citation.id for citation in demand.answer.citations] if demand else []
                noted["first source right, per demand"].append(cited[:1] != [] and cited[0] in right)
                noted["first source right, where answered at all"].append(cited[:1] == [] or cited[0] in right)
            noted[f"status of a demand {each['status']}"].append(
                demand is not None and _status(demand) == each["status"]
            )
    return {name: noted[name] for name in sorted(noted)}


def masking_figures(texts: Sequence[dict[str, Any]]) -> Iterator[tuple[str, Figure]]:
    """Recall by kind, and the share of ordinary words that were masked; districts may stay."""
    found: defaultdict[str, list[bool]] = defaultdict(list)
    masked_words: list[bool] = []
    for row in texts:
        text = row["text"]
        hidden = {at for each in find_private(text) for at in range(each.start, each.end)}
        private: set[int] = set()
        at = 0
        for each in row["private"]:
            start = text.index(each["text"], at)
            at = start + len(each["text"])
            district = _DISTRICT.match(each["text"]) if each["kind"] == "address" else None
            private |= set(range(start, at))
            needed = range(start + (district.end() if district else 0), at)
            found[each["kind"]].append(all(place in hidden or not text[place].isalnum() for place in needed))
        for _, start, end in jieba.tokenize(text):
            if text[start].isalnum() and not private & set(range(start, end)):
                masked_words.append(bool(hidden & set(range(start, end))))
    for kind in sorted(found):
        yield f"masked: {kind}", figure(found[kind])
    yield "masked: all kinds", figure(each for kind in found.values() for each in kind)
    yield "ordinary words masked", figure(masked_words)


def matching(span: str, demands: Sequence[HasText]) -> HasText | None:
    """The demand that covers most of the span, if it covers enough."""
    wanted = _bigrams(mask(span))
    best = max(demands, key=lambda demand: len(wanted & _bigrams(demand.text)), default=None)
    return best if best and len(wanted & _bigrams(best.text)) >= COVERED * len(wanted) else None


def leaked(private: Sequence[str], assistance: Assistance) -> bool:
    """Whether any piece of personal data is left in what would be stored or returned."""
    fields = (assistance.masked_text, assistance.draft_reply, assistance.dispatch.reason)
    texts = [*fields, *(demand.text for demand in assistance.demands)]
    texts += [demand.answer.resolved_question for demand in assistance.demands]
    return any(piece in text for piece in private for text in texts)


def _bigrams(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _status(demand: AnsweredDemand) -> str:
    known = {"answered": "answered", "clarify": "answered", "partial": "partial"}
    return known.get(demand.answer.status, "outside")


def _is_outside(assistance: Assistance) -> bool:
    return all(demand.is_outside for demand in assistance.demands)


if __name__ == "__main__":
    main()
