from dataclasses import replace

import pytest

from ingest.corpus import CorpusNotice
from ingest.index import Index
from rag.candidate import Candidate
from rag.confidence import BM25_SCORES, COSINES, Confidence, first_share, judge
from rag.question import read_question
from rag.retriever import HybridRetriever


@pytest.fixture(scope="module")
def retriever(index: Index) -> HybridRetriever:
    return HybridRetriever(index=index)


def verdict(retriever: HybridRetriever, text: str) -> Confidence:
    question = read_question(text)
    return judge(question, retriever.candidates(question.text))


@pytest.mark.parametrize(
    "text",
    [
        "客户老是赖账,想找个地方调解,不想打官司",
        "发票额度不够用了找谁",
        "Who can help my firm expand to overseas markets?",
    ],
)
def test_business_of_the_notice_is_covered(retriever: HybridRetriever, text: str) -> None:
    found = verdict(retriever, text)
    assert found.is_covered
    assert found.right > 0.3


@pytest.mark.parametrize(
    "text", ["红烧肉怎么做才不腻", "孩子上幼儿园要打哪些疫苗", "明天会不会下雨", "How do I cook rice?"]
)
def test_other_business_is_not(retriever: HybridRetriever, text: str) -> None:
    found = verdict(retriever, text)
    assert not found.is_covered
    assert 0 <= found.right < 0.5


def close_candidates(hongkou: CorpusNotice, *keys: str) -> list[Candidate]:
    """Candidates of the named sources with the very same evidence."""
    features = {**dict.fromkeys(COSINES, 0.95), **dict.fromkeys(BM25_SCORES, 20.0)}
    return [Candidate(f"{hongkou.id}/{key}", hongkou.source(key), 9.0, features, {}, outside=0.5) for key in keys]


def test_three_equal_candidates_share_the_probability(hongkou: CorpusNotice) -> None:
    assert first_share(close_candidates(hongkou, "M12", "M17", "M21")) == pytest.approx(1 / 3)


def test_equal_candidates_of_different_offices_are_ambiguous(hongkou: CorpusNotice) -> None:
    question = read_question("这件事找哪个部门")
    assert judge(question, close_candidates(hongkou, "M12", "M17", "M21")).is_ambiguous


def test_equal_candidates_of_the_same_office_are_not(hongkou: CorpusNotice) -> None:
    question = read_question("这件事找哪个部门")
    assert not judge(question, close_candidates(hongkou, "M24", "M25", "M26")).is_ambiguous


def test_a_question_like_those_outside_is_less_likely_our_business(hongkou: CorpusNotice) -> None:
    question = read_question("这件事找哪个部门")
    near, far = (
        judge(question, [replace(candidate, outside=outside) for candidate in close_candidates(hongkou, "M12", "M17")])
        for outside in (0.97, 0.6)
    )
    assert near.covered < far.covered
