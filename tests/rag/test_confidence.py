import pytest

from ingest.index import Index
from rag.confidence import Confidence, judge
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
