from collections.abc import Callable
from contextlib import closing

from eval.dataset import SETS_DIR, load_items
from eval.metrics import figure
from eval.systems import agreement
from eval.variants import in_full_precision
from ingest.index import Index, open_index
from ingest.index.indexing import ingest
from ingest.settings import Settings
from tests.ingest.notices import three_measures, write_project_notice
from tests.progress import silent


def test_an_index_agrees_with_itself(index: Index) -> None:
    assert all(agreement(index, index, load_items(SETS_DIR)[:10]))


def test_int8_and_full_precision_are_two_vector_spaces_with_the_same_answers(
    empty_project: Callable[[], Settings],
) -> None:
    settings = empty_project()
    write_project_notice(settings.corpus_dir, three_measures())
    ingest(settings, silent)
    with closing(open_index(settings)) as index, closing(in_full_precision(settings, silent)) as exact:
        assert exact.encoder.name != index.encoder.name
        same = figure(agreement(index, exact, load_items(SETS_DIR)[:40]))
        assert same.mean >= 0.9
