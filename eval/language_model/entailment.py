"""How well the verifier tells sentences that their sources support from those that they do not.

    python -m eval.language_model.entailment

Labelled sentences, each writer a file: those of eval/training/entailment fit the verifier (eval.fitting.entailment),
those of eval/sets/sentences measure it.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from rich.console import Console
from rich.table import Table

from eval.dataset import SETS_DIR, TRAINING_DIR
from eval.statistics.figure import Figure, figure
from ingest.corpus import Corpus
from ingest.errors import CorpusError
from ingest.index import open_index
from ingest.settings import load_settings
from rag.verification import Claim, Reason, Verifier

Label = Literal["supported", "contradicted", "unsupported"]
TEST_DIR = SETS_DIR / "sentences"
FIT_DIR = TRAINING_DIR / "entailment"
_NOTICE = "hongkou-2025"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim with its label; ``kind`` is how it was made (near, department_swap, condition_drop, …)."""

    id: str
    writer: str
    claim: Claim
    label: Label
    kind: str

    @property
    def is_supported(self) -> bool:
        """Whether it may be shown."""
        return self.label == "supported"


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled claim and what the verifier said of it."""

    labelled: Labelled
    objection: Reason | None


def load_labelled(folder: Path, corpus: Corpus) -> Iterator[Labelled]:
    """The labelled sentences of a folder. Raises CorpusError for a label that is none, UnknownSource."""
    for path in sorted(folder.glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if row["label"] not in get_args(Label):
                raise CorpusError(f"{path.name} 的 {row['id']} 标签“{row['label']}”不认识。")
            sources = tuple(corpus.source(f"{_NOTICE}/{key}") for key in row["sources"])
            yield Labelled(row["id"], path.stem, Claim(row["sentence"], sources), row["label"], row["kind"])


def judge(verifier: Verifier, labelled: Sequence[Labelled]) -> list[Judged]:
    """What the verifier says of each."""
    return [Judged(each, verifier.objection(each.claim)) for each in labelled]


def let_through(judged: Sequence[Judged]) -> Figure:
    """Share of the contradicted and unsupported sentences to which the verifier does not object."""
    return figure(each.objection is None for each in judged if not each.labelled.is_supported)


def rejected(judged: Sequence[Judged]) -> Figure:
    """Share of the supported sentences to which it objects."""
    return figure(each.objection is not None for each in judged if each.labelled.is_supported)


def main() -> None:
    """Print both figures for the fitting and the test writers, by kind, and what went wrong in the test set."""
    index = open_index(load_settings())
    verifier = Verifier(index.corpus.departments, index.encoder)
    console = Console()
    for name, folder in (("拟合用", FIT_DIR), ("测试", TEST_DIR)):
        judged = judge(verifier, list(load_labelled(folder, index.corpus)))
        for what, found in (("不实的句子放过", let_through(judged)), ("属实的句子拒掉", rejected(judged))):
            console.print(f"{name}:{what} {found.mean:.3f} [{found.low:.3f}, {found.high:.3f}],n={found.n}")
    console.print(_by_kind(judged))
    for each in judged:
        if each.labelled.is_supported != (each.objection is None):
            said = each.labelled
            console.print(f"{said.id} {said.label}/{said.kind} → {each.objection}:{said.claim.text}", markup=False)


def _by_kind(judged: Sequence[Judged]) -> Table:
    table = Table("标签", "做法", "句数", "反对", "理由")
    kinds = sorted({(each.labelled.label, each.labelled.kind) for each in judged})
    for label, kind in kinds:
        of_kind = [each for each in judged if (each.labelled.label, each.labelled.kind) == (label, kind)]
        reasons = Counter(each.objection for each in of_kind if each.objection)
        told = "、".join(f"{reason} {count}" for reason, count in reasons.most_common())
        table.add_row(label, kind, str(len(of_kind)), str(reasons.total()), told)
    return table


if __name__ == "__main__":
    main()
