import pytest

from eval.dataset import load_questions
from eval.facts.invention import InventionCheck
from ingest.corpus import Corpus
from rag.answer import Answer
from rag.chain import AnswerChain
from rag.turn import AskRequest

QUESTION = "公司想去越南设厂,备案归哪个部门管"


@pytest.fixture(scope="module")
def check(corpus: Corpus) -> InventionCheck:
    return InventionCheck(corpus)


@pytest.fixture(scope="module")
def answer(chain: AnswerChain) -> Answer:
    return chain.answer(AskRequest(QUESTION))


@pytest.mark.parametrize("invented", ["25658888", "88项", "区走出去局"])
def test_what_nobody_printed_or_said_is_found(check: InventionCheck, answer: Answer, invented: str) -> None:
    assert list(check.inventions(QUESTION, answer.text, len(answer.citations))) == []
    assert list(check.inventions(QUESTION, f"{answer.text} {invented}", len(answer.citations))) != []


def test_no_answer_to_any_question_invents_anything(check: InventionCheck, chain: AnswerChain) -> None:
    for item in load_questions():
        answer = chain.answer(AskRequest(item.question, history=item.history))
        assert list(check.inventions(item.said, answer.text, len(answer.citations))) == [], item.id
