"""Fitting the verdicts for notices without a question bank (rag.confidence) on training questions about such notices.

    python -m eval.fitting.bankless

Two kinds: the district's training questions with its bank out of sight, and questions that independent writers put to
notices of other places (eval/training/bankless). Both kinds together weigh the same.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from eval.dataset import TRAINING_DIR, load_items
from eval.fitting.weights import VERDICT_C, in_pinyin, write_data
from eval.other_notices.bankless import BANKLESS_TRAINING, Asked, load_asked, notices_index
from eval.variants.held_out import without_questions_of
from ingest.index import Index, open_index
from ingest.settings import load_settings
from rag.confidence import BANKLESS_SIGNALS, bankless_signals, language_group
from rag.fusion import Floats
from rag.question import read_question
from rag.retriever import HybridRetriever


@dataclass(frozen=True)
class Example:
    """The signals of one question, whether the notice deals with it, whether the first candidate is right."""

    signals: Floats
    group: str
    notice: str
    is_covered: bool
    is_right: bool


def main() -> None:
    """Fit, print how well the models tell in cross-validation over notices, write rag/data/confidence_bankless.json."""
    settings = load_settings()
    with closing(open_index(settings)) as index:
        examples = [*_of_district(index)]
    with closing(notices_index(settings)) as index:
        asked = [*_of_notices(index, load_asked(BANKLESS_TRAINING))]
    share = len(examples) / len(asked)
    examples += asked
    weights = np.array([share if example.notice != "district" else 1.0 for example in examples])
    data: dict[str, object] = {
        "provenance": f"python -m eval.fitting.bankless: logistic regression, C={VERDICT_C}, "
        f"{len(examples) - len(asked)} training questions of the district without its bank "
        f"and {len(asked)} about other notices, weighed alike",
        "signals": list(BANKLESS_SIGNALS),
    }
    console = Console()
    for group in ("chinese", "foreign", "pinyin"):
        rows = [at for at, example in enumerate(examples) if example.group == group]
        data[group] = {"questions": len(rows)} | {
            name: _fitted([examples[at] for at in rows], weights[rows], name, console) for name in ("covered", "right")
        }
    write_data("confidence_bankless.json", data)


def _of_district(index: Index) -> Iterator[Example]:
    """The district's training questions, as if nothing were banked."""
    items = [item for item in load_items(TRAINING_DIR) if item.type != "other_place"]
    keys = {source.key for entry in index.corpus.notices for source in entry.notice.sources}
    retriever = HybridRetriever(index=without_questions_of(index, frozenset(keys)), k=3)
    for item in (*items, *(in_pinyin(item) for item in items if item.language == "zh")):
        yield _example(retriever, item.question, "district", item.gold | item.also_ok, None)


def _of_notices(index: Index, asked: Sequence[Asked]) -> Iterator[Example]:
    retriever = HybridRetriever(index=index, k=3)
    for each in asked:
        yield _example(retriever, each.question, each.notice, frozenset(each.gold), (each.notice,))


def _example(
    retriever: HybridRetriever, text: str, notice: str, gold: frozenset[str], scope: tuple[str, ...] | None
) -> Example:
    question = read_question(text)
    found = retriever.candidates(question.text, scope)
    return Example(
        bankless_signals(question, found), language_group(question), notice, bool(gold), found[0].source.key in gold
    )


def _fitted(examples: Sequence[Example], weights: Floats, name: str, console: Console) -> dict[str, object]:
    table = np.array([example.signals for example in examples])
    target = np.array([example.is_covered if name == "covered" else example.is_right for example in examples])
    logistic = LogisticRegression(C=VERDICT_C, max_iter=1000, class_weight="balanced")
    pipeline = make_pipeline(StandardScaler(), logistic)
    notices = [example.notice for example in examples]
    # Other groups have too few questions about other notices to leave a notice out.
    if examples[0].group == "chinese":
        guessed = cross_val_predict(
            pipeline,
            table,
            target,
            groups=notices,
            cv=GroupKFold(len(set(notices))),
            method="predict_proba",
            params={"logisticregression__sample_weight": weights},
        )[:, 1]
        others = np.array([notice != "district" for notice in notices])
        console.print(
            f"{examples[0].group} {name}: n={others.sum()} other notices, each left out in turn:"
            f" AUC {roc_auc_score(target[others], guessed[others]):.3f},"
            f" accuracy {((guessed >= 0.5) == target)[others].mean():.3f}"
        )
    scaler, model = pipeline.fit(table, target, logisticregression__sample_weight=weights)
    return {
        "mean": scaler.mean_.round(5).tolist(),
        "scale": np.maximum(scaler.scale_, 1e-5).round(5).tolist(),
        "weights": model.coef_[0].round(5).tolist(),
        "bias": round(float(model.intercept_[0]), 5),
    }


if __name__ == "__main__":
    main()
