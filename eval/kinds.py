"""Every kind of request, and whether it got its right treatment: lists exactly, refusals as refusals, facts stated.

    python -m eval.kinds

The sets in eval/requests carry, beside the fields of docs/eval.md, ``kind`` and the expected ``status``; the questions
of eval/sets are of the kind of their set.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from eval.dataset import EVAL_DIR, SETS_DIR
from eval.invention import InventionCheck
from eval.metrics import Figure, figure
from ingest.index import open_index
from ingest.settings import load_settings
from rag.answer import Answer, Status
from rag.chain import AnswerChain
from rag.dialogue import Message
from rag.turn import AskRequest

REQUESTS_DIR = EVAL_DIR / "requests"
EXACT = ("list", "count")
DECLINED: tuple[Status, ...] = ("no_evidence", "out_of_scope")
WITHOUT_SOURCES = ("chitchat", "blocked", *DECLINED)

Request = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """How an answer was treated.

    ``treated``: it has the expected status. ``sources``: the right ones are cited, for lists all and no other.
    ``facts``: everything is said that had to be, and nothing that must not be. ``first``: a fitting source is first.
    """

    treated: bool
    sources: bool
    facts: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """A request with its answer and how it fared."""

    request: Request
    answer: Answer
    score: Score

    @property
    def crag(self) -> int:
        """+1 right, 0 declined where it need not have been, or half an answer; −1 wrong (CRAG, arXiv:2406.04744)."""
        if self.score.treated and (self.score.first or self.answer.status in WITHOUT_SOURCES):
            return 1
        if self.answer.status in (*WITHOUT_SOURCES, "clarify"):
            return 0
        expects_answer = "answered" in self.request["status"]
        return 0 if self.answer.status == "partial" and expects_answer and self.score.first else -1


def main() -> None:
    """Print the figures of every kind, then those over everything."""
    console = Console()
    index = open_index(load_settings())
    chain, check = AnswerChain(index), InventionCheck(index.corpus)
    everything = [Scored(request, answer := chain.answer(asked(request)), score(request, answer)) for request in load()]
    table = Table("kind", "n", "status", "sources", "facts", "CRAG", box=SIMPLE)
    kinds: defaultdict[str, list[Scored]] = defaultdict(list)
    for each in everything:
        kinds[each.request["kind"]].append(each)
    for kind, found in sorted(kinds.items()):
        table.add_row(kind, str(len(found)), *(f"{mean:.3f}" for mean in _means(found)))
    console.print(table)
    for name, value in over_everything(everything).items():
        console.print(f"{name}: {value.mean:.3f} [{value.low:.3f}, {value.high:.3f}], n={value.n}")
    changed = changes_of_subject(everything, chain)
    console.print(
        f"changes of subject refused: {changed.mean:.3f} [{changed.low:.3f}, {changed.high:.3f}], n={changed.n}"
    )
    invented = [
        (each.request["id"], name) for each in everything for name in check.inventions(_said(each.request), each.answer)
    ]
    console.print(f"numbers or departments invented: {len(invented)} in {len(everything)} answers {invented[:5]}")


def over_everything(everything: Sequence[Scored]) -> dict[str, Figure]:
    """Refusal, letters, other languages and CRAG."""
    refused = [each for each in everything if each.answer.status not in ("answered", "clarify")]
    unanswerable = [each for each in everything if "answered" not in each.request["status"]]
    letters = [each for each in everything if each.request["kind"] == "letter"]
    foreign = [each for each in everything if each.request["lang"] != "zh" and each.request["lead"]]
    return {
        "refusal precision": figure("answered" not in each.request["status"] for each in refused),
        "refusal recall": figure(each.answer.status not in ("answered", "clarify") for each in unanswerable),
        "near misses partial": figure(
            each.score.treated for each in unanswerable if each.request["status"] == "partial"
        ),
        "letters, verdict": figure(each.score.treated for each in letters),
        "letters, fitting topic first where partial": figure(
            each.score.first for each in letters if each.request["status"] == "partial"
        ),
        "letters, right source first where answerable": figure(
            each.score.first for each in letters if each.request["status"] == "answered"
        ),
        "other languages, printed lead said": figure(
            all(name in each.answer.text for name in each.request["lead"]) for each in foreign
        ),
        "CRAG": figure(each.crag for each in everything),
    }


def changes_of_subject(everything: Sequence[Scored], chain: AnswerChain) -> Figure:
    """Questions that are rightly refused alone, each asked after another one was answered: are they still refused?"""
    first = [each for each in everything if not each.request["history"] and each.answer.status == "answered"]
    outside = [each for each in everything if each.answer.status in DECLINED and each.score.treated]
    return figure(
        chain.answer(after(before, each.request["question"])).status in DECLINED
        for before, each in zip(first, outside, strict=False)
        if not each.request["history"]
    )


def after(before: Scored, question: str) -> AskRequest:
    """A question in a conversation in which another one was answered."""
    said = (Message("user", before.request["question"]), Message("assistant", before.answer.text))
    return AskRequest(question, history=said)


def load() -> list[Request]:
    """The requests, and the questions of the retrieval sets with the treatment they should get."""
    requests: list[Request] = [row for path in sorted(REQUESTS_DIR.glob("*.jsonl")) for row in _rows(path)]
    for path in sorted(SETS_DIR.glob("*.jsonl")):
        for row in _rows(path):
            status = "answered" if row["answerable"] else "partial" if row["also_ok"] else "out_of_scope"
            requests.append({**row, "status": status, "kind": f"set {path.stem}"})
    return requests


def asked(request: Request) -> AskRequest:
    """The request as a client would send it."""
    history = tuple(Message(message["role"], message["content"]) for message in request["history"])
    return AskRequest(request["question"], history=history)


def score(request: Request, answer: Answer) -> Score:
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
        first=answer.citations[0].source.key in (fitting or {"N"}) if answer.citations else not fitting,
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _said(request: Request) -> str:
    return " ".join((*(message["content"] for message in request["history"]), request["question"]))


def _means(found: Sequence[Scored]) -> Iterator[float]:
    scores = [each.score for each in found]
    yield figure(each.treated for each in scores).mean
    yield figure(each.sources for each in scores).mean
    yield figure(each.facts for each in scores).mean
    yield figure(each.crag for each in found).mean


def _says_what_it_must(request: Request, text: str) -> bool:
    must = [each if isinstance(each, list) else [each] for each in request["must_say"]]
    said = all(any(alternative in text for alternative in alternatives) for alternatives in must)
    return said and not any(each in text for each in request["must_not_say"])


if __name__ == "__main__":
    main()
