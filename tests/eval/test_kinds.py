import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.bank import fold
from eval.dataset import SETS_DIR, TRAINING_DIR, load_items
from eval.fit_intent import INTENTS_FILE
from eval.kinds import REQUESTS_DIR, Score, score
from ingest.corpus import CorpusNotice
from rag.answer import Answer
from rag.chain import AnswerChain
from rag.turn import AskRequest

LIST: dict[str, Any] = {
    "kind": "list",
    "status": "answered",
    "gold": ["M20"],
    "also_ok": [],
    "must_say": [["1 条", "一条"]],
    "must_not_say": ["区财政局"],
}


def questions_of(path: Path) -> list[str]:
    return [json.loads(line)["question"] for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def answer(chain: AnswerChain) -> Answer:
    return chain.answer(AskRequest("区税务局牵头的措施有哪些,全部列出来"))


def test_a_complete_list_scores_and_a_longer_one_does_not(answer: Answer) -> None:
    assert score(LIST, answer) == Score(treated=True, sources=True, facts=True, first=True)
    assert not score(LIST, replace(answer, citations=answer.citations * 0)).sources
    assert not score({**LIST, "gold": ["M20", "M21"]}, answer).sources


def test_facts_left_out_or_forbidden_ones_said_are_counted(answer: Answer) -> None:
    assert not score({**LIST, "must_say": ["1730"]}, answer).facts
    assert not score({**LIST, "must_not_say": ["区税务局"]}, answer).facts


def test_requests_are_in_no_bank_and_no_training_set(hongkou: CorpusNotice) -> None:
    requests = [question for path in REQUESTS_DIR.glob("*.jsonl") for question in questions_of(path)]
    seen = {fold(banked.question) for banked in (*hongkou.questions, *hongkou.outside)}
    seen |= {fold(item.question) for folder in (SETS_DIR, TRAINING_DIR) for item in load_items(folder)}
    trained = (*TRAINING_DIR.glob("requests/*.jsonl"), *TRAINING_DIR.glob("dialogue/*.jsonl"), INTENTS_FILE)
    seen |= {fold(question) for path in trained for question in questions_of(path)}
    # A few words of greeting or of a follow-up are anybody's.
    assert [question for question in requests if len(question) > 6 and fold(question) in seen] == []
