"""A ticket in which a language model points out the demands before it is worked through."""

import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import GRACE_S, StartUsing
from tests.api.test_batches import finished, upload
from tests.model_server import HangUp, Refuse, Say, Script, ScriptedModel, Wait

NEED = "上个月贷款到期,银行一分钱不肯再放"
TICKET = (
    f"来电人陈国梁,电话13916472085,开小面馆的。{NEED},账上只剩三千块,老伴劝我关门。想问店门口摆几张桌子做夜市,找谁申请?"
)


def assist(client: TestClient, text: str = TICKET, **more: str) -> dict[str, Any]:
    response = client.post("/v1/assist", json={"text": text, **more})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def shown(body: dict[str, Any]) -> dict[str, Any]:
    """All of an answer but what is of this one request."""
    return {name: value for name, value in body.items() if name not in ("trace_id", "timings_ms", "similar")}


def test_a_demand_that_only_the_model_sees_is_answered(start_using: StartUsing, model: ScriptedModel) -> None:
    without = assist(start_using())
    assert not any("贷款" in demand["text"] for demand in without["demands"])
    model.script = [Say(f"1. {NEED}\n2. 请给他免息贷款\n")]
    body = assist(start_using("demands"))
    texts = [demand["text"] for demand in body["demands"]]
    assert texts == [NEED, *(demand["text"] for demand in without["demands"])]
    assert body["demands"][0]["citations"]
    assert "免息" not in body["draft_reply"]


def test_the_wait_for_the_model_is_told_and_counted(start_using: StartUsing, model: ScriptedModel) -> None:
    model.script = [Say(NEED, pause_s=0.1)]
    timings = assist(start_using("demands"))["timings_ms"]
    assert timings["total"] > timings["excerpt"] >= 100
    assert "excerpt" not in assist(start_using())["timings_ms"]


def test_the_model_sees_the_masked_ticket_only(start_using: StartUsing, model: ScriptedModel) -> None:
    body = assist(start_using("demands"), ticket_id="HK-1")
    (asked,) = model.requests
    assert asked["messages"][1]["content"] == body["masked_text"]
    assert "13916472085" not in body["masked_text"]


@pytest.mark.parametrize("uses", [(), ("queries",), ("wording",)])
def test_no_model_is_asked_unless_it_is_named(
    start_using: StartUsing, model: ScriptedModel, uses: tuple[str, ...]
) -> None:
    assist(start_using(*uses))
    assert not model.requests


@pytest.mark.parametrize(
    "script", [[], [Refuse(500)], [HangUp()], [Wait(3)], [Say(f"{NEED}\n"), Wait(3)], [Say("请给他免息贷款")]]
)
def test_a_model_that_fails_or_is_late_or_invents_changes_nothing(
    start_using: StartUsing, model: ScriptedModel, script: Script
) -> None:
    without = assist(start_using())
    model.script = script
    client = start_using("demands", llm_deadline_s=0.4, llm_retries=0)
    started = time.monotonic()
    body = assist(client)
    assert time.monotonic() - started < GRACE_S
    assert shown(body) == shown(without)


def test_similar_tickets_are_found_and_the_ticket_is_kept_as_before(
    start_using: StartUsing, model: ScriptedModel
) -> None:
    model.script = [Say(NEED)]
    client = start_using("demands")
    first = assist(client, ticket_id="HK-1")
    client.post("/v1/feedback", json={"trace_id": first["trace_id"], "verdict": "helpful"})
    again = assist(client, TICKET.replace("陈国梁", "陈国梁本人再次来电"))
    assert [(each["ticket_id"], each["outcome"]) for each in again["similar"]] == [("HK-1", "helpful")]


def test_batches_ask_no_model(start_using: StartUsing, model: ScriptedModel) -> None:
    client = start_using("demands", "queries", "wording")
    _, begun = upload(client)
    assert finished(client, begun["id"])["done"] == 2
    assert not model.requests
