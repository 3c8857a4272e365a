"""POST /v1/assist and /v1/feedback: what a hotline agent gets for a ticket, and what is kept of it."""

import logging
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.store import Store
from ingest.settings import Settings

TICKET = (
    "来电人陈国梁,电话13916472085,身份证31010519491231002X,住广中路417弄9号302室。他在凉城开面馆,"
    "想问执照、食品许可和招牌能不能一次办好,找哪个部门。另外公司想去越南开分公司,境外投资备案找谁?"
)
PRIVATE = ("陈国梁", "13916472085", "31010519491231002X", "417弄9号302室")


def assist(hotline: TestClient, text: str = TICKET, **more: str) -> dict[str, Any]:
    response = hotline.post("/v1/assist", json={"text": text, **more})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def test_each_demand_has_its_source_and_its_lead(hotline: TestClient) -> None:
    body = assist(hotline)
    assert body["status"] == "answered"
    leads = [demand["lead"] for demand in body["demands"]]
    assert [demand["citations"][0]["lead"] for demand in body["demands"]] == leads
    assert "执照" in body["demands"][0]["text"]
    assert "越南" in body["demands"][-1]["text"] or "境外投资" in body["demands"][-1]["text"]
    assert set(body["dispatch"]["lead"]) == {name for lead in leads for name in lead}


def test_the_reply_quotes_the_notice_and_names_measure_and_department(hotline: TestClient) -> None:
    body = assist(hotline)
    for demand in body["demands"]:
        citation = demand["citations"][0]
        assert citation["quote"] in body["draft_reply"]
        assert f"第{citation['number']}" in body["draft_reply"]
        assert all(name in body["draft_reply"] for name in demand["lead"])


def test_nothing_private_is_returned_logged_or_stored(
    hotline: TestClient, own_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        response = hotline.post("/v1/assist", json={"text": TICKET, "ticket_id": "工单 陈国梁 13916472085"})
        feedback = {"trace_id": response.json()["trace_id"], "verdict": "edited", "text": "已电话答复13916472085"}
        assert hotline.post("/v1/feedback", json=feedback).status_code == 202
    folder = Path(own_settings.store.removeprefix("sqlite:///")).parent
    stored = b"".join(path.read_bytes() for path in folder.glob("store.db*"))
    assert "〔手机号〕".encode() in stored
    for piece in PRIVATE:
        assert piece not in response.text
        assert piece not in caplog.text
        assert piece.encode() not in stored


def test_a_ticket_outside_the_notice_goes_to_a_person(hotline: TestClient) -> None:
    body = assist(hotline, "小区门口的路灯坏了好几天,晚上黑漆漆的,要求来修")
    assert not any(demand["citations"] for demand in body["demands"])
    assert body["dispatch"]["needs_human"]
    assert body["dispatch"]["lead"] == []
    assert "没有" in body["draft_reply"]


def test_a_threat_comes_before_everything_else(hotline: TestClient) -> None:
    body = assist(hotline, "再不给我解决执照的事我就从楼上跳下去,不想活了")
    assert body["dispatch"]["needs_human"]
    assert "110" in body["dispatch"]["reason"]
    assert "110" in body["draft_reply"]


def test_what_the_notice_does_not_state_is_said_in_the_reply(hotline: TestClient) -> None:
    body = assist(hotline, "听说有给一线员工住的床位,想打听一个月租金多少钱")
    assert body["status"] == "partial"
    assert "没有写明" in body["draft_reply"]


def test_a_repeat_is_found_with_what_was_decided_on_it(hotline: TestClient) -> None:
    first = assist(hotline, ticket_id="HK-1")
    assert first["similar"] == []
    hotline.post("/v1/feedback", json={"trace_id": first["trace_id"], "verdict": "helpful"})
    again = assist(hotline, TICKET.replace("陈国梁", "陈国梁本人再次来电"))
    assert [(each["ticket_id"], each["outcome"]) for each in again["similar"]] == [("HK-1", "helpful")]


def test_better_sources_become_a_candidate_for_the_bank(hotline: TestClient, own_settings: Settings) -> None:
    trace_id = assist(hotline)["trace_id"]
    said = {"trace_id": trace_id, "verdict": "wrong_measure", "correct_sources": ["hongkou-2025/M2"]}
    assert hotline.post("/v1/feedback", json=said).status_code == 202
    store = Store(own_settings.store)
    candidates = store.review.candidates()
    store.close()
    assert {(each.trace_id, each.sources) for each in candidates} == {(trace_id, ("hongkou-2025/M2",))}


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ({"trace_id": "nobody", "verdict": "helpful"}, 404, "unknown_trace"),
        ({"trace_id": "x", "verdict": "perfect"}, 422, "invalid_request"),
        ({"trace_id": "x", "verdict": "helpful", "correct_sources": ["hongkou-2025/M99"]}, 404, "unknown_source"),
    ],
)
def test_feedback_that_cannot_be_kept_says_why(
    hotline: TestClient, said: dict[str, object], status: int, code: str
) -> None:
    response = hotline.post("/v1/feedback", json=said)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)


@pytest.mark.parametrize("text", ["", "  ", "长" * 5001])
def test_a_ticket_has_1_to_5000_characters(hotline: TestClient, text: str) -> None:
    assert hotline.post("/v1/assist", json={"text": text}).status_code == 422


def test_without_a_store_questions_are_answered_and_feedback_and_tickets_say_so(
    settings: Settings, tmp_path: Path
) -> None:
    broken = tmp_path / "store.db"
    broken.write_bytes(b"no database" * 200)
    with TestClient(create_app(settings.model_copy(update={"store_url": f"sqlite:///{broken}"}))) as client:
        response = client.post("/v1/ask", json={"question": "境外投资备案找谁?"})
        assert response.status_code == 200
        said = client.post("/v1/feedback", json={"trace_id": response.json()["trace_id"], "verdict": "helpful"})
        ticket = client.post("/v1/assist", json={"text": TICKET})
    for refused in (said, ticket):
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "store_unavailable")
