"""Citation precision and recall after ALCE (arXiv:2305.14627), with sources instead of passages.

A source supports the answer if the item's truth says so; no model is asked.
"""

from collections.abc import Sequence

from eval.dataset import Item
from eval.scores import Pair, Scores, score_each
from eval.targets.reply import Reply
from ingest.corpus import Corpus


def score(pairs: Sequence[Pair], corpus: Corpus) -> Scores:
    """Recall: share of the sources that must be cited. Precision: share of the cited that may be; 0 if none is cited.

    ``complete lists``: a list or a count names all of its sources and no other. ``verbatim quotes``: every quote
    stands in its source word for word.
    """
    texts = {(entry.id, source.key): source.text for entry in corpus.notices for source in entry.notice.sources}

    def is_verbatim(item: Item, reply: Reply) -> bool:
        return all(
            line in texts.get((item.of_notice, each.source), "")
            for each in reply.citations
            for line in each.quote.splitlines()
        )

    return score_each(
        (pair for pair in pairs if pair[1].status is not None),
        {
            "citation recall": (
                lambda pair: bool(pair[0].gold),
                lambda item, reply: len(item.gold & set(reply.cited)) / len(item.gold),
            ),
            "citation precision": (
                lambda pair: bool(pair[0].gold),
                lambda item, reply: _share([key in item.fitting for key in reply.cited]),
            ),
            "complete lists": (
                lambda pair: pair[0].is_exact,
                lambda item, reply: set(reply.cited) == item.gold,
            ),
            "verbatim quotes": (lambda pair: any(each.quote for each in pair[1].citations), is_verbatim),
        },
    )


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
