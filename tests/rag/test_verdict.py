import pytest

from ingest.index import Index
from rag.confidence import judge
from rag.question import read_question
from rag.retriever import HybridRetriever
from rag.verdict import Verdict, signal_names, signals, verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公司想去越南设厂,备案归哪个部门管", "answered"),
        ("招工难,打了一圈电话也没用,企业用工这事到底归哪个部门管", "answered"),
        ("融资服务中心电话多少,周六开门吗", "partial"),
        ("保障性租赁房一个月租金多少钱,要带什么材料", "partial"),
        ("红烧肉怎么做才不腻", "outside"),
        ("gongsi xiang qu yuenan she chang zhao na ge bumen", "answered"),
    ],
)
def test_the_verdict_tells_answers_halves_and_what_is_not_dealt_with(
    index: Index, text: str, expected: Verdict
) -> None:
    question = read_question(text)
    candidates = HybridRetriever(index=index).candidates(question.text)
    assert len(signals(question, candidates)) == len(signal_names())
    assert verdict(question, candidates, judge(question, candidates)) == expected
