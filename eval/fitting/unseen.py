"""Leave-source-out: how a source fares that nobody has asked about yet, and the weights for such sources.

    make unseen PARTS=5

In each of up to five parts an adapter is trained without the part's sources, and their banked questions are put out
of sight. The weights of unbanked sources are fitted on the training split and measured on the evaluation sets.
Training takes a quarter of an hour a part on 2 cores; adapters are kept for the next time.
"""

import sys
from contextlib import closing

from rich.console import Console

from eval.dataset import TRAINING_DIR, load_items, load_standalone
from eval.fitting.conditional_logit import Example, examples, fit_unbanked
from eval.fitting.weights import provenance, write_data
from eval.statistics.figure import figure
from eval.variants.encoders import without_sources
from eval.variants.held_out import FOLDS, folds, without_questions_of
from ingest.corpus import load_corpus
from ingest.settings import load_settings
from rag.fusion import TEXT_FEATURES, Fusion, default_fusion

DEPTHS = (1, 5)


def main() -> None:
    """Fit on the training split, write rag/data/fusion_unbanked.json, print hit@1 and hit@5 on the evaluation sets."""
    settings, console = load_settings(), Console()
    parts = int(sys.argv[1]) if len(sys.argv) > 1 else FOLDS
    training, evaluation = load_items(TRAINING_DIR), load_standalone()
    fitting: list[Example] = []
    measured: list[Example] = []
    for number, part in enumerate(folds(load_corpus(settings.corpus_dir))[:parts], start=1):
        with closing(without_sources(settings, part, lambda *_: None)) as whole:
            index = without_questions_of(whole, part)
            fitting += examples(index, [item for item in training if item.gold <= part])
            measured += examples(index, [item for item in evaluation if item.gold <= part])
        console.print(f"part {number}: without {len(part)} sources")
    weights = default_fusion().weights
    unbanked, bias = fit_unbanked(fitting, weights)
    write_data(
        "fusion_unbanked.json",
        {
            "provenance": provenance("eval.fitting.unseen", "conditional logit, leave-source-out", training),
            "weights": dict(zip(TEXT_FEATURES, (round(weight, 4) for weight in unbanked), strict=True)),
            "bias": round(bias, 4),
        },
    )
    fusion = Fusion(weights, unbanked, bias, default_fusion().nearest_questions)
    for depth in DEPTHS:
        found = figure(_hit(fusion, item, depth) for item in measured)
        console.print(f"hit@{depth}  n={found.n}  {found.mean:.3f}  [{found.low:.3f}, {found.high:.3f}]")


def _hit(fusion: Fusion, item: Example, depth: int) -> float:
    order = (-fusion.combine(item.table, item.banked)).argsort(kind="stable")
    return float(item.gold[order[:depth]].any())


if __name__ == "__main__":
    main()
