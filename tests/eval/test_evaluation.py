from dataclasses import replace

import pytest

from eval.dataset import SETS_DIR, load_items
from eval.evaluation import evaluate
from ingest.errors import CorpusError
from ingest.index import Index
from ingest.settings import Settings
from tests.progress import silent

FEW = load_items(SETS_DIR)[:8]


def test_a_quick_evaluation_says_so_and_has_the_systems_of_the_index_in_use(settings: Settings, index: Index) -> None:
    report = evaluate(settings, FEW, quick=True, progress=silent)
    assert report.quick
    assert report.systems == ("BM25", "+ adapter", "product")
    assert report.tables[-1].systems == ("RRF", "equal weights", "learned weights")
    assert (report.questions, report.index_version) == (len(FEW), index.manifest.version)
    (hits, *_) = report.tables[0].rows
    bm25, _, product = (cell.mean for cell in hits.cells if cell)
    assert bm25 < product


def test_an_item_with_a_source_that_does_not_exist_is_named(settings: Settings) -> None:
    misspelt = replace(FEW[0], id="X1", gold=frozenset({"M99"}))
    with pytest.raises(CorpusError, match=r"X1.*M99"):
        evaluate(settings, [*FEW, misspelt], quick=True, progress=silent)
