from ingest.corpus import CorpusNotice
from rag.candidate import Candidate
from rag.evidence import quote


def candidate(hongkou: CorpusNotice, key: str, cosines: dict[int, float]) -> Candidate:
    return Candidate(f"{hongkou.id}/{key}", hongkou.source(key), 1.0, {}, cosines, outside=0.0)


def test_the_nearest_sentence_is_quoted_verbatim(hongkou: CorpusNotice) -> None:
    found = quote(candidate(hongkou, "M17", {0: 0.8, 1: 0.9}), "融资服务中心在哪")
    assert found == hongkou.source("M17").sentences[1]
    assert found in hongkou.source("M17").text


def test_shared_words_decide_where_no_sentence_was_fetched(hongkou: CorpusNotice) -> None:
    assert "股权投资集聚区" in quote(candidate(hongkou, "M17", {}), "股权投资集聚区")


def test_a_single_sentence_is_quoted_whole(hongkou: CorpusNotice) -> None:
    assert quote(candidate(hongkou, "M47", {}), "什么") == hongkou.source("M47").text
