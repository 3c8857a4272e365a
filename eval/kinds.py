"""Every kind of request, and whether it got its right treatment: lists exactly, refusals as refusals, facts stated.

    python -m eval.kinds

The sets in eval/requests carry, beside the fields of docs/eval.md, ``kind`` and the expected ``status``.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from eval.dataset import EVAL_DIR
from eval.metrics import figure
from ingest.index import open_index
from ingest.settings import load_settings
from rag.answer import Answer, Status
from rag.chain import AnswerChain
from rag.dialogue import Message
from rag.turn import AskRequest

REQUESTS_DIR = EVAL_DIR / "requests"
EXACT = ("list", "count")
DECLINED: tuple[Status, ...] = ("no_evidence", "out_of_scope")


@dataclass(frozen=True, slots=True)
class Score:
    """How an answer was treated.

    ``treated``: it has the expected status. ``sources``: the right ones are cited, for lists all and no other.
    ``facts``: everything is said that had to be, and nothing that must not be.
    """

    treated: bool
    sources: bool
    facts: bool


def main() -> None:
    """Print the figures of every kind."""
    chain = AnswerChain(open_index(load_settings()))
    scores: defaultdict[str, list[Score]] = defaultdict(list)
    for path in sorted(REQUESTS_DIR.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            request = json.loads(line)
            scores[request["kind"]].append(score(request, chain.answer(asked(request))))
    table = Table("kind", "n", "status", "sources", "facts", box=SIMPLE)
    for kind, found in sorted(scores.items()):
        columns = ([each.treated for each in found], [each.sources for each in found], [each.facts for each in found])
        table.add_row(kind, str(len(found)), *(f"{figure(column).mean:.3f}" for column in columns))
    Console().print(table)


def asked(request: Mapping[str, Any]) -> AskRequest:
    """The request as a client would send it."""
    history = tuple(Message(message["role"], message["content"]) for message in request["history"])
    return AskRequest(request["question"], history=history)


def score(request: Mapping[str, Any], answer: Answer) -> Score:
    """How one answer fares against the truth of its request."""
    expected = request["status"].split("|")
    declined = answer.status in DECLINED and any(status in expected for status in DECLINED)
    cited = {citation.source.key for citation in answer.citations}
    gold, fitting = set(request["gold"]), {*request["gold"], *request["also_ok"]}
    fitting.update(source for each in request.get("annotations", ()) for source in each["sources"])
    is_fitting = bool(cited & fitting) if fitting else cited <= {"N"}
    return Score(
        treated=answer.status in expected or declined,
        sources=cited == gold if request["kind"] in EXACT else is_fitting,
        facts=_says_what_it_must(request, answer.text),
    )


def _says_what_it_must(request: Mapping[str, Any], text: str) -> bool:
    must = [each if isinstance(each, list) else [each] for each in request["must_say"]]
    said = all(any(alternative in text for alternative in alternatives) for alternatives in must)
    return said and not any(each in text for each in request["must_not_say"])


if __name__ == "__main__":
    main()
