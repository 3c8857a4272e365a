"""Models that write what is not so: nothing of it reaches the asker, and every question is answered in time."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from eval.dataset import SETS_DIR
from ingest.settings import Settings
from tests.api.conftest import GRACE_S
from tests.model_server import HangUp, Raw, Refuse, Say, Script, ScriptedModel, Wait

DRAFTS = SETS_DIR / "drafts"
DEADLINE_S, TIMEOUT_S = 0.6, 0.3
PER_WAY = 3
"""So many failures in a row, and a model is left alone (rag.model.server): more would not reach it."""


def drafts(writer: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DRAFTS / f"{writer}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def client(own_settings: Settings, model: ScriptedModel) -> Iterator[TestClient]:
    """An application of its own for each test: a model that failed before would be left alone."""
    limits = {"llm_deadline_s": DEADLINE_S, "llm_timeout_s": TIMEOUT_S, "llm_retries": 0}
    with TestClient(create_app(model.settings(own_settings, **limits))) as client:
        yield client


def asked(client: TestClient, question: str) -> dict[str, Any]:
    started = time.monotonic()
    response = client.post("/v1/ask", json={"question": question})
    assert time.monotonic() - started < DEADLINE_S + GRACE_S
    assert response.status_code == 200
    answer: dict[str, Any] = response.json()
    return answer


@pytest.mark.parametrize("writer", ["wayward", "fluent"])
def test_no_false_claim_of_any_draft_reaches_the_asker(client: TestClient, model: ScriptedModel, writer: str) -> None:
    reached, sentences = [], 0
    for draft in drafts(writer):
        model.script = [Say(draft["draft"], size=40)]
        answer = asked(client, draft["question"])
        reached += [(draft["kind"], each) for each in draft["false"] if each in answer["answer"]]
        sentences += answer["generation"]["sentences"]
    assert reached == []
    # The true sentences among them do: a verifier that refuses everything would pass, too.
    assert sentences > len(drafts(writer)) / 3


def misbehaviours(draft: str) -> dict[str, Script]:
    """Ways of a server to go wrong, in the middle of a draft or before it."""
    half = draft[: len(draft) // 2]
    return {
        "endless": [Say(draft.replace("\n", "") * 200, size=400)],
        "endless lines": [Say("\n".join([draft] * 200), size=400)],
        "slow drip": [Say(draft, size=1, pause_s=0.2)],
        "silence": [Wait(2)],
        "silence in the middle": [Say(half), Wait(2)],
        "half an event": [Say(half), Raw(b'data: {"choices": [{"delta": {"content": "')],
        "no event": [Raw(b"<html>502 Bad Gateway</html>\n\n")],
        "hung up": [Say(half), HangUp()],
        "nothing": [],
        "refused": [Refuse(401)],
        "too many": [Refuse(429, (("Retry-After", "30"),))],
        "failed": [Refuse(500)],
    }


@pytest.mark.parametrize("way", misbehaviours(""))
def test_whatever_a_server_does_with_a_bad_draft_the_question_is_answered(
    client: TestClient, model: ScriptedModel, way: str
) -> None:
    every, first = drafts("wayward") + drafts("fluent"), list(misbehaviours("")).index(way)
    for draft in every[first :: len(every) // PER_WAY]:
        model.script = misbehaviours(draft["draft"])[way]
        answer = asked(client, draft["question"])
        assert not [each for each in draft["false"] if each in answer["answer"]]
        assert answer["citations"]
        if not answer["generation"]["sentences"]:
            assert answer["answer_source"] == "composed"
