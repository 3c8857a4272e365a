from dataclasses import replace

import pytest

from eval.invention import InventionCheck
from eval.kinds import asked, load
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
    forged = replace(answer, text=f"{answer.text} {invented}")
    assert list(check.inventions(QUESTION, answer)) == []
    assert list(check.inventions(QUESTION, forged)) != []


def test_no_answer_to_any_request_invents_anything(check: InventionCheck, chain: AnswerChain) -> None:
    for request in load():
        said = " ".join((*(message["content"] for message in request["history"]), request["question"]))
        assert list(check.inventions(said, chain.answer(asked(request)))) == [], request["id"]
