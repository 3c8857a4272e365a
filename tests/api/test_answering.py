"""A question that is not clear, rewritten by a language model before it is searched for once more."""

import time
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from ingest.settings import Settings
from rag.generation.prompt import prompt
from tests.api.conftest import GRACE_S, Serve, StartUsing
from tests.api.test_ask_stream import events
from tests.model_server import HangUp, Raw, Refuse, Say, Script, ScriptedModel, Wait

ABROAD = "出去做外国生意的,区里是不是要弄个一扇门全包的地方?哪家在筹"
QUERY = "筹建企业“走出去”一站式服务中心"
CLEAR = "我们公司想去越南设厂,ODI备案找哪个部门?"


def ask(client: TestClient, question: str = ABROAD, **more: object) -> dict[str, Any]:
    response = client.post("/v1/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def shown(body: dict[str, Any]) -> dict[str, Any]:
    """All of an answer but what is of this one request."""
    return {name: value for name, value in body.items() if name not in ("trace_id", "timings_ms")}


def test_the_queries_find_the_source_that_the_question_missed(start_using: StartUsing, model: ScriptedModel) -> None:
    direct = ask(start_using())
    model.script = [Say(QUERY)]
    client = start_using("queries")
    rewritten = ask(client)
    assert [body["citations"][0]["id"] for body in (direct, rewritten)] == ["hongkou-2025/M13", "hongkou-2025/M12"]
    assert rewritten["resolved_question"] == direct["resolved_question"] == ABROAD
    assert rewritten["answer_source"] == "composed"
    assert "rewrite" not in direct["timings_ms"]
    assert rewritten["timings_ms"]["total"] >= rewritten["timings_ms"]["rewrite"] > 0
    assert 'policyqa_step_seconds_count{step="rewrite"} 1.0' in client.get("/metrics").text


def test_the_stream_is_of_the_same_sources(start_using: StartUsing, model: ScriptedModel) -> None:
    model.script = [Say(QUERY)]
    client = start_using("queries")
    found = events(client.post("/v1/ask/stream", json={"question": ABROAD}))
    assert shown(found[-1][1]) == shown(ask(client))


def test_a_follow_up_is_rewritten_as_it_stands_alone(start_using: StartUsing, model: ScriptedModel) -> None:
    history = [
        {"role": "user", "content": "我们公司请了两个法国设计师,办事老碰壁,找谁"},
        {"role": "assistant", "content": "第14条“外籍人员综合服务”,区政府办公室牵头。"},
        {"role": "user", "content": "谢谢"},
        {"role": "assistant", "content": "不客气。"},
    ]
    body = ask(start_using("queries"), ABROAD, history=history)
    assert [asked["messages"][1]["content"] for asked in model.requests] == [body["resolved_question"]]


@pytest.mark.parametrize("uses", [(), ("demands",), ("wording",)])
def test_nothing_is_rewritten_unless_it_is_named(
    start_using: StartUsing, model: ScriptedModel, uses: tuple[str, ...]
) -> None:
    model.script = [Say(QUERY)]
    assert "rewrite" not in ask(start_using(*uses))["timings_ms"]
    assert prompt("queries").text not in [asked["messages"][0]["content"] for asked in model.requests]


@pytest.mark.parametrize("question", [CLEAR, "第23条原文", "投促办牵头的措施有哪些", "你好", "静安的老楼更新找哪个局?"])
def test_no_model_is_asked_where_the_question_is_clear_or_not_searched_for(
    start_using: StartUsing, model: ScriptedModel, question: str
) -> None:
    assert "rewrite" not in ask(start_using("queries"), question)["timings_ms"]
    assert not model.requests


def test_personal_data_is_masked_before_a_model_sees_it(start_using: StartUsing, model: ScriptedModel) -> None:
    ask(start_using("queries"), f"我叫王建国,电话13812345678。{ABROAD}")
    (asked,) = model.requests
    told = asked["messages"][1]["content"]
    assert "〔手机号〕" in told
    assert not any(piece in told for piece in ("13812345678", "王建国"))


@pytest.mark.parametrize(
    "script",
    [
        [],
        [Refuse(500)],
        [Refuse(429, (("Retry-After", "60"),))],
        [HangUp()],
        [Raw(b'data: {"choices": [\n\n')],
        [Wait(3)],
        [Say(f"{QUERY}\n"), Wait(3)],
        [Say("啊" * 500, size=1, pause_s=0.02)],
    ],
)
def test_a_model_that_fails_or_is_late_changes_nothing(
    start_using: StartUsing, model: ScriptedModel, script: Script
) -> None:
    direct = ask(start_using())
    model.script = script
    client = start_using("queries", llm_deadline_s=1.2, llm_retries=0)
    started = time.monotonic()
    body = ask(client)
    assert time.monotonic() - started < GRACE_S
    assert shown(body) == shown(direct)


def test_what_is_worded_is_what_the_queries_found(start_using: StartUsing, model: ScriptedModel) -> None:
    worded = "筹建企业“走出去”一站式服务中心。[[M12]]\n"
    is_rewriting = prompt("queries").text
    model.script = lambda asked: [Say(QUERY if asked["messages"][0]["content"] == is_rewriting else worded)]
    body = ask(start_using("queries", "wording"))
    assert body["answer_source"] == "generated"
    assert body["answer"].startswith("筹建企业“走出去”一站式服务中心(第12条)。")


def test_a_caller_who_leaves_stops_the_model(own_settings: Settings, model: ScriptedModel, serve: Serve) -> None:
    address = serve(model.settings(own_settings, llm_uses=["queries"], llm_deadline_s=30, llm_timeout_s=10))
    model.script = [Say("啊" * 200, size=1, pause_s=0.05)]
    with httpx.Client(base_url=address) as client, pytest.raises(httpx.ReadTimeout):
        client.post("/v1/ask", json={"question": ABROAD}, timeout=1.0)
    assert model.left.wait(2)
