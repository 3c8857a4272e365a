"""Putting every system to the questions."""

from collections.abc import Mapping, Sequence
from contextlib import closing

from eval.comparison import Results
from eval.dataset import TRAINING_DIR, Item, load_items
from eval.metrics import figure
from eval.report import Report, make_report
from eval.systems import System, ablation, agreement, fusions
from ingest.corpus import Corpus
from ingest.errors import CorpusError
from ingest.index import Index, open_index
from ingest.progress import Progress, track
from ingest.settings import Settings


def evaluate(settings: Settings, items: Sequence[Item], quick: bool, progress: Progress) -> Report:
    """Measure every system on the index in use; ``quick``: only those that need no other index and no fit.

    The other indexes take minutes to build the first time. Raises CorpusError if an item names a source that is not
    in the index, IndexUnavailable if there is none.
    """
    with closing(open_index(settings)) as index:
        _check(items, index.corpus)
        if quick:
            ablated = _responses(ablation(index, None, ()), items, progress)
            return make_report(index.manifest, ablated, _responses(fusions(index, ()), items, progress), None)
        return _evaluate_fully(settings, index, items, progress)


def _evaluate_fully(settings: Settings, index: Index, items: Sequence[Item], progress: Progress) -> Report:
    # Torch and peft take seconds to import, which a quick evaluation does without.
    from eval.variants import in_full_precision, without_adapter

    training = load_items(TRAINING_DIR)
    with (
        closing(without_adapter(settings, progress)) as unadapted,
        closing(in_full_precision(settings, progress)) as exact,
    ):
        ablated = _responses(ablation(index, unadapted, training), items, progress)
        fused = _responses(fusions(index, training), items, progress)
        same = figure(agreement(index, exact, track(items, "int8 / fp32", progress)))
    return make_report(index.manifest, ablated, fused, same)


def _responses(systems: Mapping[str, System], items: Sequence[Item], progress: Progress) -> Results:
    return {name: [(item, respond(item)) for item in track(items, name, progress)] for name, respond in systems.items()}


def _check(items: Sequence[Item], corpus: Corpus) -> None:
    """A misspelt key would otherwise count against every system."""
    known = {key for entry in corpus.notices for key in entry.by_key}
    for item in items:
        if unknown := (item.gold | item.also_ok) - known:
            raise CorpusError(
                f"题集 {item.set} 的 {item.id} 引用了索引里没有的出处 {'、'.join(sorted(unknown))}。",
                "出处写作 M12、A7;请更正,或先运行 policyqa ingest。",
            )
