"""What operators and supervisors see of the service."""

from datetime import UTC, datetime

import numpy as np
import pytest
from fastapi.testclient import TestClient

from api.keeping.digest import clusters
from api.store import Exchange

QUESTION = "开面馆的执照和许可证怎么一次办好?"


def ticket(number: int, vector: tuple[float, float], source: str = "n/M1") -> Exchange:
    return Exchange(
        trace_id=f"t{number}",
        kind="assist",
        at=datetime(2026, 11, 24, tzinfo=UTC),
        text=f"工单{number}",
        status="answered",
        sources=(source,),
        leads=("区市场监管局",),
        response={},
        seconds=0.1,
        vector=np.array(vector, np.float32),
    )


def test_figures_follow_what_was_asked_and_decided(hotline: TestClient) -> None:
    assert hotline.get("/v1/figures").json()["satisfaction"] is None
    traces = [hotline.post("/v1/ask", json={"question": QUESTION}).json()["trace_id"] for _ in range(2)]
    hotline.post("/v1/feedback", json={"trace_id": traces[0], "verdict": "helpful"})
    hotline.post("/v1/feedback", json={"trace_id": traces[1], "verdict": "incomplete"})
    figures = hotline.get("/v1/figures").json()
    assert (figures["exchanges"], figures["share_within_a_minute"], figures["satisfaction"]) == (2, 1.0, 0.5)
    assert figures["by_department"][0] == {"name": "区政府办公室", "exchanges": 2, "decided": 2, "accepted": 1}


def test_metrics_count_requests_by_route_and_show_the_figures(hotline: TestClient) -> None:
    trace_id = hotline.post("/v1/ask", json={"question": QUESTION}).json()["trace_id"]
    hotline.post("/v1/feedback", json={"trace_id": trace_id, "verdict": "helpful"})
    hotline.get("/v1/measures/hongkou-2025/M1")
    hotline.get("/no/such/place")
    text = hotline.get("/metrics").text
    assert 'policyqa_requests_total{method="POST",route="/v1/ask",status="200"} 1.0' in text
    assert 'route="/v1/measures/{notice}/{key}"' in text
    assert "/no/such/place" not in text
    assert 'department="区政府办公室",intent="which_office",kind="ask",status="answered"} 1.0' in text
    assert "policyqa_accepted_share 1.0" in text
    assert 'policyqa_accepted_share_by_department{department="区政府办公室"} 1.0' in text


def test_the_digest_puts_the_same_trouble_together(hotline: TestClient) -> None:
    for text in ("想问开面馆的执照怎么一次办好", "请问开面馆的执照怎么一次办好?", "公司境外投资备案找谁"):
        hotline.post("/v1/assist", json={"text": text})
    digest = hotline.get("/v1/digest").json()
    assert digest["tickets"] == 3
    assert [(each["count"], each["lead"]) for each in digest["clusters"]] == [(2, ["区政府办公室", "区数据局"])]


class TestClusters:
    def test_alike_tickets_are_one_cluster_the_largest_first(self) -> None:
        tickets = [ticket(1, (1, 0)), ticket(2, (0, 1)), ticket(3, (1, 0)), ticket(4, (0, 1)), ticket(5, (0, 1))]
        assert [(each.count, each.example) for each in clusters(tickets, {})] == [(3, "工单2"), (2, "工单1")]

    def test_a_single_ticket_is_none(self) -> None:
        assert clusters([ticket(1, (1, 0)), ticket(2, (0, 1))], {}) == ()

    def test_a_cluster_belongs_where_most_of_it_does_and_tells_what_was_decided(self) -> None:
        tickets = [ticket(1, (1, 0), "n/M2"), ticket(2, (1, 0)), ticket(3, (1, 0))]
        (found,) = clusters(tickets, {"t1": "helpful"})
        assert found.source == "n/M1"
        assert found.outcomes == {"helpful": 1, "undecided": 2}


@pytest.mark.parametrize("days", ["0", "x", "9999"])
def test_a_window_is_of_1_to_366_days(hotline: TestClient, days: str) -> None:
    assert hotline.get(f"/v1/figures?days={days}").status_code == 422
