"""An answer worded by a language model: nothing unverified reaches the asker, and the answer never fails to come."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ingest.settings import Settings
from tests.api.conftest import GRACE_S, Serve
from tests.api.test_ask_stream import events
from tests.model_server import HangUp, Raw, Refuse, Say, ScriptedModel, Wait

ODI = "我们公司想去越南设厂,ODI备案找哪个部门?"
RENT = "保障性租赁房找谁申请,电话多少?"
TRUE = "筹建企业“走出去”一站式服务中心。[[M12]]\n"
SHOWN = "筹建企业“走出去”一站式服务中心(第12条)。"
FALSE = "由区商务委牵头,三天办好。[[M12]]\n"

Start = Callable[..., TestClient]


@pytest.fixture
def start(own_settings: Settings, model: ScriptedModel) -> Iterator[Start]:
    with ExitStack() as stack:

        def start(**more: object) -> TestClient:
            return stack.enter_context(TestClient(create_app(model.settings(own_settings, **more))))

        yield start


def said_of(trace_id: str, client: httpx.Client) -> int:
    return client.post("/v1/feedback", json={"trace_id": trace_id, "verdict": "helpful"}).status_code


def eventually(is_so: Callable[[], bool], within_s: float = 3.0) -> bool:
    """Whether something becomes so; it is kept only after the caller has gone."""
    until = time.monotonic() + within_s
    while not is_so() and time.monotonic() < until:
        time.sleep(0.05)
    return is_so()


def ask(client: TestClient, question: str = ODI, **more: object) -> dict[str, Any]:
    body: dict[str, Any] = client.post("/v1/ask", json={"question": question, **more}).json()
    return body


def test_verified_sentences_stand_before_the_composed_card(
    client: TestClient, start: Start, model: ScriptedModel
) -> None:
    composed = ask(client)
    model.script = [Say(TRUE)]
    worded = start()
    generated = ask(worded)
    assert generated["answer"] == f"{SHOWN}\n\n{composed['answer']}"
    assert generated["answer_source"] == "generated"
    assert generated["citations"] == composed["citations"]
    told = generated["generation"]
    assert (told["outcome"], told["model"], told["prompt"], told["tokens"]) == (
        "generated",
        "scripted",
        "answer@2",
        120,
    )
    assert 'policyqa_generations_total{model="scripted",outcome="generated"} 1.0' in worded.get("/metrics").text


def test_what_the_notice_lacks_is_said_before_anything_a_model_says(
    client: TestClient, start: Start, model: ScriptedModel
) -> None:
    composed = ask(client, RENT)
    model.script = [Say("筹措保障性租赁房1730套并供应1000套。[[M21]]")]
    generated = ask(start(), RENT)
    opening, _, cards = str(composed["answer"]).partition("\n\n")
    assert "没有写明:电话" in opening
    assert generated["answer"] == f"{opening}\n\n筹措保障性租赁房1730套并供应1000套(第21条)。\n\n{cards}"


def test_what_cannot_be_verified_is_dropped_and_the_reason_counted(
    client: TestClient, start: Start, model: ScriptedModel
) -> None:
    composed = ask(client)
    model.script = [Say(FALSE + "电话是021-12345678。[[M12]]\n请注意。\n" + TRUE + "一切免费。[[M99]]")]
    worded = start()
    answer = ask(worded)
    assert answer["answer"] == f"{SHOWN}\n\n{composed['answer']}"
    assert answer["generation"]["dropped"] == {
        "figure": 1,
        "contact": 1,
        "no_citation": 1,
        "unknown_source": 1,
    }
    assert 'policyqa_dropped_sentences_total{model="scripted",reason="contact"} 1.0' in worded.get("/metrics").text


@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        ([Say(FALSE)], "unverified"),
        ([], "unavailable"),
        ([Refuse(500)], "unavailable"),
        ([Refuse(429, (("Retry-After", "60"),))], "unavailable"),
        ([Refuse(401)], "unavailable"),
        ([Wait(3)], "unavailable"),
        ([Raw(b'data: {"choices": [\n\n')], "unavailable"),
        ([HangUp()], "unavailable"),
        ([Say(TRUE * 500, size=1, pause_s=0.05)], "late"),
        ([Say("啊" * 5000)], "unverified"),
    ],
)
def test_whatever_a_model_does_the_composed_answer_comes_in_time(
    client: TestClient, start: Start, model: ScriptedModel, script: list[Say], outcome: str
) -> None:
    composed = ask(client)
    model.script = script
    worded = start(llm_timeout_s=0.5, llm_deadline_s=0.8, llm_retries=0)
    started = time.monotonic()
    answer = ask(worded)
    assert time.monotonic() - started < GRACE_S
    assert answer["generation"]["outcome"] == outcome
    assert (answer["answer"], answer["answer_source"]) == (composed["answer"], "composed")


def test_what_was_verified_before_a_model_breaks_off_is_kept(start: Start, model: ScriptedModel) -> None:
    for ending in (Wait(3), Raw(b"data: {\n\n"), Say("啊", size=1, pause_s=3)):
        model.script = [Say(TRUE), ending]
        answer = ask(start(llm_timeout_s=0.5, llm_deadline_s=1.0))
        assert str(answer["answer"]).startswith(SHOWN)
        assert answer["answer_source"] == "generated"


def test_sentences_are_streamed_as_they_are_verified(start: Start, model: ScriptedModel) -> None:
    model.script = [Say(TRUE), Say("帮助企业更好拓展海外市场渠道。[[M12]]\n")]
    found = events(start().post("/v1/ask/stream", json={"question": ODI}))
    deltas = [data["text"] for name, data in found if name == "delta"]
    assert deltas[:2] == [SHOWN, "帮助企业更好拓展海外市场渠道(第12条)。"]
    assert "".join(deltas) == found[-1][1]["answer"]


def test_the_answer_in_traditional_characters_is_worded_in_them(start: Start, model: ScriptedModel) -> None:
    model.script = [Say(TRUE)]
    answer = ask(start(), "我們公司想去越南設廠,ODI備案找哪個部門?")
    assert str(answer["answer"]).startswith("籌建企業“走出去”一站式服務中心(第12條)。")


@pytest.mark.parametrize(
    "question", ["Which office helps with ODI filing?", "第23条原文", "投促办牵头的措施有哪些", "你好", "红烧肉怎么做?"]
)
def test_no_model_is_asked_where_it_could_add_nothing(start: Start, model: ScriptedModel, question: str) -> None:
    assert ask(start(), question)["generation"] is None
    assert not model.requests


def test_personal_data_is_masked_before_a_model_sees_the_question(start: Start, model: ScriptedModel) -> None:
    ask(start(), "我叫王建国,电话13812345678,公司想去越南设厂,ODI备案找哪个部门?")
    (asked,) = model.requests
    told = asked["messages"][1]["content"]
    assert "〔手机号〕" in told
    assert "13812345678" not in told


@pytest.mark.parametrize("is_streamed", [True, False])
def test_a_caller_who_leaves_stops_the_model_and_is_kept(
    own_settings: Settings, model: ScriptedModel, serve: Serve, is_streamed: bool
) -> None:
    address = serve(model.settings(own_settings))
    model.script = [Say(TRUE), Say("啊" * 300, size=1, pause_s=0.05)]
    headers, body = {"X-Request-ID": "left-early"}, {"question": ODI}
    with httpx.Client(base_url=address, headers=headers) as client:
        if is_streamed:
            with client.stream("POST", "/v1/ask/stream", json=body) as response:
                next(line for line in response.iter_lines() if SHOWN in line)
        else:
            with pytest.raises(httpx.ReadTimeout):
                client.post("/v1/ask", json=body, timeout=1.0)
        assert model.left.wait(2)
    with httpx.Client(base_url=address) as client:
        assert eventually(lambda: said_of("left-early", client) == 202)
