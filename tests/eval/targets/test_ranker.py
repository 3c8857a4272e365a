from collections.abc import Callable
from contextlib import closing

from eval.dataset import load_standalone
from eval.scores import first_fits
from eval.targets.ranker import Ranker, exact_ranker, plain_rankers
from eval.variants.encoders import in_full_precision
from ingest.index import Index, open_index
from ingest.index.indexing import ingest
from ingest.settings import Settings
from tests.ingest.notices import three_measures, write_project_notice
from tests.progress import silent


def first_of(ranker: Ranker, n: int) -> list[str]:
    return [ranker.ask(item).ranking[0] for item in load_standalone()[:n]]


def test_a_ranker_shows_its_first_source_and_cannot_say_no(index: Index) -> None:
    bm25, adapted = plain_rankers(index)
    items = [item for item in load_standalone() if item.gold and not item.is_of_catalogue][:40]
    right = {ranker.name: [first_fits(item, ranker.ask(item)) for item in items] for ranker in (bm25, adapted)}
    assert sum(right["BM25"]) < sum(right["+ adapter"])
    reply = adapted.ask(items[0])
    assert (reply.status, reply.confidence) == (None, None)
    assert reply.cited == reply.ranking[:1]
    assert reply.citations[0].lead
    assert reply.seconds > 0


def test_int8_and_full_precision_are_two_vector_spaces_with_the_same_answers(
    empty_project: Callable[[], Settings],
) -> None:
    settings = empty_project()
    write_project_notice(settings.corpus_dir, three_measures())
    ingest(settings, silent)
    with closing(open_index(settings)) as index, closing(in_full_precision(settings, silent)) as exact:
        assert exact.encoder.name != index.encoder.name
        pairs = zip(first_of(plain_rankers(index)[1], 40), first_of(exact_ranker(exact), 40), strict=True)
        assert sum(one == other for one, other in pairs) >= 36
