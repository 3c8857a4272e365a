"""How questions to notices without a question bank fare: answered from the right measure, or rightly refused.

    python -m eval.other_notices.bankless

The notices are those of eval/sets/notices, the questions of writers who saw only a notice; the test notices are others
than the training ones (eval/training/bankless).
"""

import json
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from eval.dataset import SETS_DIR, TRAINING_DIR
from eval.other_notices.parsing import NOTICES
from eval.statistics.figure import figure
from ingest.encoder import packaged_model_dir
from ingest.index import Index, open_index
from ingest.publication import published
from ingest.settings import Settings, load_settings
from ingest.shelf.adding import add
from ingest.shelf.proposal import propose, read_file
from rag.answer import Answer
from rag.chain import AnswerChain
from rag.turn import AskRequest

BANKLESS_TRAINING, BANKLESS_TEST = TRAINING_DIR / "bankless", SETS_DIR / "bankless"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to one notice, what is right, and the measures that it is about (keys; none if outside)."""

    notice: str
    question: str
    verdict: str
    gold: tuple[str, ...]


def load_asked(folder: Path) -> list[Asked]:
    """The questions of a folder, file by file."""
    rows = [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    return [Asked(row["notice"], row["question"], row["verdict"], tuple(row["gold"])) for row in rows]


def notices_index(settings: Settings) -> Index:
    """An index of those notices beside the district's, under their file names; built on first use."""
    aside = settings.data_dir / "variants" / "notices"
    corpus = aside / "corpus"
    if not corpus.exists():
        with published(corpus) as folder:
            shutil.copytree(settings.corpus_dir, folder, dirs_exist_ok=True)
    beside = settings.model_copy(update={"corpus_dir": corpus, "data_dir": aside})
    if not packaged_model_dir(beside).exists():
        shutil.copytree(packaged_model_dir(settings), packaged_model_dir(beside))
    paths = [path for path in sorted(NOTICES.glob("*.txt")) if not (corpus / path.stem).exists()]
    if paths:
        add(beside, [propose(beside, read_file(path), path.stem) for path in paths], lambda *_: None)
    return open_index(beside)


def main() -> None:
    """Print the shares of right treatment with 95 % intervals, then every question that was treated wrongly."""
    console = Console()
    with closing(notices_index(load_settings())) as index:
        chain = AnswerChain(index)
        pairs = [
            (each, chain.answer(AskRequest(each.question, notice_id=each.notice))) for each in load_asked(BANKLESS_TEST)
        ]
    for name, values in _measured(pairs).items():
        found = figure(values)
        console.print(f"{name}  n={found.n}  {found.mean:.3f}  [{found.low:.3f}, {found.high:.3f}]")
    for each, answer in pairs:
        cited = [citation.source.key for citation in answer.citations[:1]]
        if _given(answer) != each.verdict or (each.gold and not set(cited) & set(each.gold)):
            console.print(f"{each.notice} {each.verdict} {each.gold} → {answer.status} {cited}: {each.question}")


def _measured(pairs: Sequence[tuple[Asked, Answer]]) -> dict[str, list[float]]:
    about = [(each, answer) for each, answer in pairs if each.gold]
    outside = [(each, answer) for each, answer in pairs if not each.gold]
    cited = [(each, answer) for each, answer in about if answer.citations]
    return {
        "first source right": [_is_right(each, answer) for each, answer in about],
        "first source right, of those answered": [_is_right(each, answer) for each, answer in cited],
        "outside refused": [float(not answer.citations) for _, answer in outside],
        "status right": [float(_given(answer) == each.verdict) for each, answer in pairs],
    }


def _is_right(each: Asked, answer: Answer) -> float:
    return float(any(citation.source.key in each.gold for citation in answer.citations[:1]))


def _given(answer: Answer) -> str:
    return "outside" if not answer.citations else "partial" if answer.status == "partial" else "answered"


if __name__ == "__main__":
    main()
