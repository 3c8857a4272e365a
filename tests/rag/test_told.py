"""What was told around a question joins it, and does not drown it."""

from dataclasses import replace

import pytest

from ingest.index import Index
from rag.question import read_question
from rag.retriever import HybridRetriever
from rag.told import Heard, blended, judge_told

STORY = "我们公司打算去越南设厂,银行说要先做境外投资备案才能汇钱出去。"
BARE = "想问那边电话多少、收不收费?"
ELSEWHERE = "人行道上的外摆位子找谁申请?"


@pytest.fixture(scope="module")
def retriever(index: Index) -> HybridRetriever:
    return HybridRetriever(index=index, k=40)


def hear(retriever: HybridRetriever, text: str) -> Heard:
    question = read_question(text, "zh")
    return Heard(question, tuple(retriever.candidates(question.text)))


def test_a_bare_question_is_about_what_was_told(retriever: HybridRetriever) -> None:
    alone, told = hear(retriever, BARE), hear(retriever, STORY + BARE)
    assert alone.candidates[0].source.key != "M12"
    ranking = blended([alone.candidates, told.candidates, told.candidates])
    assert ranking[0].source.key == "M12"
    assert judge_told(alone, told, ranking).is_covered


def test_a_question_of_its_own_stays_what_it_is(retriever: HybridRetriever) -> None:
    alone = hear(retriever, ELSEWHERE)
    assert (
        blended([alone.candidates, *[hear(retriever, STORY + ELSEWHERE).candidates] * 2])[0].source_id
        == alone.candidates[0].source_id
    )


def test_every_source_stands_once_and_scores_fall(retriever: HybridRetriever) -> None:
    alone, told = hear(retriever, BARE), hear(retriever, STORY)
    short = replace(told, candidates=told.candidates[:5])
    ranking = blended([alone.candidates, short.candidates, told.candidates])
    names = [each.source_id for each in ranking]
    assert len(names) == len(set(names))
    assert set(names) == {each.source_id for each in (*alone.candidates, *told.candidates)}
    scores = [each.fused for each in ranking]
    assert scores == sorted(scores, reverse=True)


def test_what_is_clear_by_itself_needs_no_story(retriever: HybridRetriever) -> None:
    assert hear(retriever, "公司境外投资备案找哪个部门?").is_clear
    assert not hear(retriever, BARE).is_clear
