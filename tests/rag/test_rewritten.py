"""Queries join a question in the search, and do not outvote it."""

from collections.abc import Mapping

import pytest

from ingest.corpus import CorpusNotice
from rag.candidate import Candidate
from rag.rewritten import rewritten


def ranking(notice: CorpusNotice, scores: Mapping[str, float]) -> list[Candidate]:
    return [
        Candidate(f"{notice.id}/{key}", notice.by_key[key], score, {"dense_text": score}, {}, 0.0)
        for key, score in sorted(scores.items(), key=lambda each: -each[1])
    ]


def keys(candidates: list[Candidate]) -> list[str]:
    return [each.source.key for each in candidates]


def test_queries_decide_where_the_question_hardly_does(hongkou: CorpusNotice) -> None:
    alone = ranking(hongkou, {"M1": 2.1, "M2": 2.0, "M3": 0.0})
    assert keys(rewritten(alone, [ranking(hongkou, {"M2": 4.0, "M1": 1.0})])) == ["M2", "M1", "M3"]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_however_many_queries_there_are_the_question_has_the_greater_say(hongkou: CorpusNotice, count: int) -> None:
    alone = ranking(hongkou, {"M1": 4.0, "M2": 1.0})
    assert keys(rewritten(alone, [ranking(hongkou, {"M2": 4.0, "M1": 1.0})] * count)) == ["M1", "M2"]


def test_queries_for_several_things_share_their_say(hongkou: CorpusNotice) -> None:
    alone = ranking(hongkou, {"M1": 1.0, "M2": 1.0, "M3": 1.0})
    both = [ranking(hongkou, {"M2": 4.0, "M1": 0.0, "M3": 0.0}), ranking(hongkou, {"M3": 6.0, "M1": 0.0, "M2": 0.0})]
    assert keys(rewritten(alone, both)) == ["M3", "M2", "M1"]


def test_what_the_question_found_of_a_source_is_kept(hongkou: CorpusNotice) -> None:
    alone = ranking(hongkou, {"M1": 2.0, "M2": 1.0})
    found = rewritten(alone, [ranking(hongkou, {"M2": 9.0, "M4": 3.0})])
    evidence = {each.source.key: each.features["dense_text"] for each in found}
    assert evidence == {"M1": 2.0, "M2": 1.0, "M4": 3.0}
