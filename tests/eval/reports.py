"""Reports whose figures are known: of questions and replies made up for the purpose."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from eval.answers.run import RunInfo
from eval.dataset import Item
from eval.dialogue import scoring as dialogue
from eval.reporting.report import Report, make_report
from eval.scores import Pair
from eval.targets.reply import Reply
from eval.things import THINGS, ScoredRun
from ingest.corpus import Corpus, load_corpus
from ingest.settings import load_settings
from rag.answer import Status
from tests.eval import items
from tests.eval.items import LEADS


def asked(gold: str, *, of: str = "owners") -> Item:
    """A question of the set ``of`` that is answered by ``gold``."""
    return replace(items.asked(gold, id=f"{of}-{gold}"), set=of)


def unanswerable(also_ok: tuple[str, ...] = ()) -> Item:
    """A question that the notice does not answer, or only in part."""
    return replace(items.asked(id="R1", also_ok=also_ok), set="refusals", kind="unanswerable")


def says(key: str, status: Status | None = "answered", confidence: float | None = 0.95, text: str = "") -> Reply:
    """An answer from the source ``key``."""
    said = items.says(key, status=status)
    trace = {"意图": "which_office"}
    return replace(said, confidence=confidence, text=text or f"请找{said.text}。", trace=trace)


def refuses(status: Status = "no_evidence") -> Reply:
    """No answer: nothing is cited, whatever the search has found."""
    return Reply("Q1", 0.004, status, "通知没有涉及。", ranking=tuple(LEADS), confidence=0.05)


def report_of(product: Sequence[Pair]) -> Report:
    """The report on a product that said this, beside a ranker that puts M1 first whatever is asked."""
    plain = [(item, says("M1", status=None, confidence=None)) for item, _ in product]
    return make_report({"plain": scored("plain", plain), "product": scored("product", product)}, "1.0")


def scored(name: str, pairs: Sequence[Pair]) -> ScoredRun:
    """A run with these replies, held against the real corpus."""
    info = RunInfo(target=name, at=datetime(2026, 1, 1, tzinfo=UTC), index_version="v1", encoder="e5", questions="")
    scores = {thing: score(pairs, _corpus()) for thing, score in THINGS.items()}
    return ScoredRun(info, pairs, {**scores, "dialogue": dialogue.score(pairs, _corpus())})


@cache
def _corpus() -> Corpus:
    return load_corpus(load_settings().corpus_dir)
