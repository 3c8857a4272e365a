"""Fitting the model of verdicts (rag.verdict) on the training split; writes it as data with its provenance.

python -m eval.fitting.verdict
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from rich.console import Console

from eval.dataset import TRAINING_DIR
from eval.fitting.dialogue import conversations, turn_of
from eval.fitting.linear import fit_linear
from eval.fitting.weights import write_data
from ingest.bank import OUTSIDE
from ingest.corpus import CorpusNotice
from ingest.index import open_index
from ingest.settings import load_settings
from rag.confidence import SIGNALS as RETRIEVAL_SIGNALS
from rag.confidence import language_group
from rag.fusion import Floats
from rag.question import Question, read_question
from rag.retriever import HybridRetriever
from rag.verdict import VERDICTS, Verdict, detail_signals, signal_names, signals, words

STRENGTH = 0.3
FEWEST = 12
BANK_WEIGHT = 0.03
"""What a banked question counts: together about as much as a sixth of the training questions, whose verdicts people
weighed one by one."""
LEANING = ("ellipsis", "pronoun", "ordinal", "back", "missing")
"""How the last question of a conversation hangs together with the others, where it leans on one source."""

KINDS = ("outside", "control")
"""The kinds of requests that tell about verdicts; lists, attacks and other places are recognised before."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its true verdict; examples of one ``group`` are variants of each other.

    ``text`` is that of its source, where it is banked.
    """

    question: Question
    verdict: Verdict
    set: str
    group: str
    text: str = ""


def main() -> None:
    """Fit, print the accuracy in cross-validation by set and by verdict, write rag/data/verdict.json."""
    index = open_index(load_settings())
    entry = index.corpus.notices[0]
    retriever = HybridRetriever(index=index)
    found = [*examples(), *follow_ups(entry)]
    table = np.array([signals(each.question, retriever.candidates(each.question.text)) for each in found])
    common = list(banked(entry))
    fitted = fit_linear(
        VERDICTS,
        [example.verdict for example in (*found, *common)],
        signal_names(),
        np.vstack([table, signals_of_banked(common, found, table)]),
        [words(example.question) for example in (*found, *common)],
        [example.group for example in (*found, *common)],
        STRENGTH,
        FEWEST,
        np.array([1.0] * len(found) + [BANK_WEIGHT] * len(common)),
    )
    write_data(
        "verdict.json",
        {
            "provenance": f"python -m eval.fitting.verdict: multinomial logistic regression, C={STRENGTH}, "
            f"{len(found)} questions of eval/training and {len(common)} banked ones that count "
            f"{BANK_WEIGHT} each; accuracy in 5-fold cross-validation {fitted.accuracy:.3f}",
            **fitted.data,
        },
    )
    console = Console()
    everything = (*found, *common)
    right = np.array(
        [VERDICTS[guess] == example.verdict for guess, example in zip(fitted.guessed, everything, strict=True)]
    )
    for title, names in (
        ("set", [each.set for each in everything]),
        ("verdict", [each.verdict for each in found]),
    ):
        for name in sorted(set(names)):
            rows = np.flatnonzero(np.array(names) == name)
            console.print(f"{title} {name}: n={len(rows)} accuracy {right[rows].mean():.3f}")


def banked(entry: CorpusNotice) -> Iterator[Example]:
    """The question bank, which shows how people ask for an office and nothing more, or for what is not dealt with."""
    for verdict, questions in (("answered", entry.questions), ("outside", entry.outside)):
        for each in questions:
            question, text = (
                read_question(each.question),
                "" if each.source == OUTSIDE else entry.source(each.source).text,
            )
            yield Example(question, cast("Verdict", verdict), f"bank, {verdict}", each.question, text)


def signals_of_banked(common: Sequence[Example], found: Sequence[Example], table: Floats) -> Floats:
    """Signals of banked questions. Each would find itself, so what retrieval says is that of an example like it."""
    draw = np.random.default_rng(0)
    by_kind: defaultdict[tuple[Verdict, str], list[int]] = defaultdict(list)
    for row, example in enumerate(found):
        by_kind[example.verdict, language_group(example.question)].append(row)
    rows = []
    for example in common:
        alike = by_kind.get((example.verdict, language_group(example.question))) or range(len(found))
        retrieved = table[draw.choice(alike), : len(RETRIEVAL_SIGNALS)]
        rows.append(np.concatenate([retrieved, detail_signals(example.question, example.text)]))
    return np.array(rows)


def examples() -> list[Example]:
    """All questions of the training split whose verdict is known."""
    paths = [*sorted(TRAINING_DIR.glob("*.jsonl")), TRAINING_DIR / "requests" / "redteam.jsonl"]
    rows = [(path.stem, json.loads(line)) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Example(read_question(row["question"]), verdict, name, f"{name} {row.get('pair', row['id'])}")
        for name, row in rows
        if (verdict := _verdict(row))
    ]


def follow_ups(entry: CorpusNotice) -> Iterator[Example]:
    """The follow-ups of the training conversations, with the title that they lean on said before them."""
    for row in conversations():
        keys = row["gold"] or row["also_ok"]
        if turn_of(row) in LEANING and row["status"] in VERDICTS and keys:
            text = f"{entry.source(keys[0]).title}:{row['question']}"
            yield Example(read_question(text), row["status"], "follow_ups", row["id"])


def _verdict(row: Mapping[str, Any]) -> Verdict | None:
    if row.get("kind", "outside") not in KINDS or row["type"] == "other_place":
        return None
    if "verdict" in row:
        verdict: Verdict = row["verdict"]
        return verdict
    return "answered" if row["answerable"] else "partial" if row["also_ok"] else "outside"


if __name__ == "__main__":
    main()
