"""What agents decide changes the next answers: decision → candidate → review → bank → incremental index → answer."""

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.keeping.learning import proposals
from api.store import Decision, Exchange, Store
from ingest.index.indexing import ingest
from ingest.settings import Settings
from tests.progress import silent

NOW = datetime(2026, 11, 24, tzinfo=UTC)
QUESTION = "老字号糕团店想进外国驻沪机构做茶歇,谁能帮忙牵线"
PARAPHRASE = "我们老字号做糕团的,想给驻沪的外国机构供茶歇,哪个单位能帮着牵线搭桥?"
RIGHT = "hongkou-2025/M3"
"""A source that nobody would take for the answer, so that only review can have made it one."""


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The question after an ingest waits for the new version, however loaded the machine is."""
    monkeypatch.setattr("api.serving.PATIENCE_S", 60.0)


def post(client: TestClient, path: str, body: Mapping[str, object], status: int = 200) -> Any:  # noqa: ANN401 - JSON
    response = client.post(path, json=body)
    assert response.status_code == status, response.text
    return response.json() if response.content else None


def ask(client: TestClient, question: str) -> Any:  # noqa: ANN401 - JSON
    return post(client, "/v1/ask", {"question": question})


def first(answer: Any) -> str | None:  # noqa: ANN401 - JSON
    return answer["citations"][0]["id"] if answer["citations"] else None


def reject(client: TestClient, trace_id: str, *sources: str, verdict: str = "wrong_measure") -> None:
    said = {"trace_id": trace_id, "verdict": verdict, "correct_sources": list(sources)}
    post(client, "/v1/feedback", said, 202)


class TestLoop:
    def test_a_rejected_answer_approved_in_review_changes_the_answer_and_that_to_a_paraphrase(
        self, own_project: Settings
    ) -> None:
        with TestClient(create_app(own_project)) as client:
            before = ask(client, QUESTION)
            assert first(before) != RIGHT
            assert first(ask(client, PARAPHRASE)) != RIGHT

            reject(client, before["trace_id"], RIGHT)
            (candidate,) = client.get("/v1/candidates").json()["items"]
            assert (candidate["question"], candidate["sources"]) == (QUESTION, [RIGHT])
            approved = post(client, f"/v1/candidates/{candidate['id']}", {"decision": "approve", "who": "王审核"})
            assert approved["state"] == "approved"
            assert first(ask(client, QUESTION)) == first(before), "only the next index may change answers"

            report = ingest(own_project, silent)
            assert (report.created, report.updated, report.deleted) == (1, 0, 0)
            after = ask(client, QUESTION)
            assert first(after) == RIGHT
            assert after["annotation"]["approved_by"] == "王审核"
            assert first(ask(client, PARAPHRASE)) == RIGHT
            assert ask(client, "开面馆的执照和许可证找谁一次办好")["annotation"] is None

    def test_what_should_not_be_answered_is_not_answered_again(self, own_project: Settings) -> None:
        with TestClient(create_app(own_project)) as client:
            before = ask(client, "开面馆的执照和许可证怎么一次办好?")
            assert before["status"] == "answered"
            reject(client, before["trace_id"], verdict="should_not_answer")
            (candidate,) = client.get("/v1/candidates").json()["items"]
            post(client, f"/v1/candidates/{candidate['id']}", {"decision": "approve", "who": "王审核"})
            ingest(own_project, silent)
            after = ask(client, "请问开面馆的执照和许可证怎么一次办好?")
            assert (after["status"], after["citations"]) == ("no_evidence", [])

    def test_a_ticket_reuses_what_was_approved_for_one_of_its_demands(self, own_project: Settings) -> None:
        ticket = f"来电人姓名:陈国梁,电话13916472085。{QUESTION}?"
        with TestClient(create_app(own_project)) as client:
            before = post(client, "/v1/assist", {"text": ticket})
            reject(client, before["trace_id"], RIGHT)
            for candidate in client.get("/v1/candidates").json()["items"]:
                assert "陈国梁" not in candidate["question"]
                post(client, f"/v1/candidates/{candidate['id']}", {"decision": "approve", "who": "王审核"})
            ingest(own_project, silent)
            demands = post(client, "/v1/assist", {"text": ticket})["demands"]
            assert RIGHT in [first(demand) for demand in demands]
            assert any(demand["annotation"] for demand in demands)

    @pytest.mark.parametrize("question", [QUESTION.replace("外国", "3家外国"), f"苏州的{QUESTION}"])
    def test_other_numbers_and_places_make_it_another_question(self, own_project: Settings, question: str) -> None:
        with TestClient(create_app(own_project)) as client:
            reject(client, ask(client, QUESTION)["trace_id"], RIGHT)
            (candidate,) = client.get("/v1/candidates").json()["items"]
            post(client, f"/v1/candidates/{candidate['id']}", {"decision": "approve", "who": "王审核"})
            ingest(own_project, silent)
            assert ask(client, question)["annotation"] is None


class TestReview:
    @pytest.fixture
    def candidate(self, own_project: Settings) -> Any:  # noqa: ANN401 - JSON
        with TestClient(create_app(own_project)) as client:
            reject(client, ask(client, QUESTION)["trace_id"], RIGHT)
            return client.get("/v1/candidates").json()["items"][0]

    def test_the_reviewer_may_change_wording_and_source(self, own_project: Settings, candidate: Any) -> None:  # noqa: ANN401 - JSON
        with TestClient(create_app(own_project)) as client:
            word = {"decision": "approve", "who": "王审核", "question": "老字号找谁", "sources": ["hongkou-2025/M4"]}
            post(client, f"/v1/candidates/{candidate['id']}", word)
        (line,) = (own_project.corpus_dir / "hongkou-2025" / "approved.jsonl").read_text("utf-8").splitlines()
        assert '"question": "老字号找谁"' in line
        assert '"source": "M4"' in line

    def test_what_is_rejected_stays_out_of_the_bank(self, own_project: Settings, candidate: Any) -> None:  # noqa: ANN401 - JSON
        with TestClient(create_app(own_project)) as client:
            body = {"decision": "reject", "who": "王审核", "reason": "原答复是对的"}
            assert post(client, f"/v1/candidates/{candidate['id']}", body)["remark"] == "原答复是对的"
            assert client.get("/v1/candidates").json()["total"] == 0
            assert client.get("/v1/candidates?state=rejected").json()["total"] == 1
        assert not (own_project.corpus_dir / "hongkou-2025" / "approved.jsonl").exists()

    def test_nobody_decides_twice(self, own_project: Settings, candidate: Any) -> None:  # noqa: ANN401 - JSON
        path = f"/v1/candidates/{candidate['id']}"
        with TestClient(create_app(own_project)) as client:
            post(client, path, {"decision": "reject", "who": "王审核"})
            body = post(client, path, {"decision": "approve", "who": "李审核"}, 409)
            assert "王审核" in body["error"]["message"]

    def test_a_drafted_question_is_listed_without_trace_or_verdict_and_may_be_approved(
        self, own_project: Settings
    ) -> None:
        with closing(Store(own_project.store)) as store:
            store.review.draft({"老字号找谁": [RIGHT]}, "语言模型 m", NOW)
        with TestClient(create_app(own_project)) as client:
            (candidate,) = client.get("/v1/candidates").json()["items"]
            assert (candidate["trace_id"], candidate["verdict"]) == (None, None)
            assert (candidate["sources"], candidate["proposed_by"]) == ([RIGHT], "语言模型 m")
            post(client, f"/v1/candidates/{candidate['id']}", {"decision": "approve", "who": "王审核"})
        banked = (own_project.corpus_dir / "hongkou-2025" / "approved.jsonl").read_text("utf-8")
        assert '"source": "M3", "question": "老字号找谁", "approved_by": "王审核"' in banked

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({"decision": "approve", "who": "王", "sources": ["hongkou-2025/M99"]}, 404),
            ({"decision": "approve", "who": "王", "question": "〔姓名〕"}, 422),
            ({"decision": "maybe", "who": "王"}, 422),
            ({"decision": "approve", "who": " "}, 422),
        ],
    )
    def test_what_cannot_be_banked_is_refused_and_stays_open(
        self,
        own_project: Settings,
        candidate: Any,  # noqa: ANN401 - JSON
        body: dict[str, object],
        status: int,
    ) -> None:
        with TestClient(create_app(own_project)) as client:
            post(client, f"/v1/candidates/{candidate['id']}", body, status)
            assert client.get("/v1/candidates").json()["total"] == 1


class TestProposals:
    TICKET = Exchange(
        trace_id="t",
        kind="assist",
        at=NOW,
        text="办证;投资",
        status="answered",
        sources=("n/M1", "n/M2"),
        leads=(),
        response={
            "demands": [
                {"text": "办证", "citations": [{"id": "n/M1"}]},
                {"text": "投资〔姓名〕", "citations": [{"id": "n/M2"}]},
            ]
        },
        seconds=0.1,
    )

    def decide(self, verdict: Any, *sources: str) -> list[tuple[str, tuple[str, ...]]]:  # noqa: ANN401 - JSON
        found = proposals(self.TICKET, Decision("t", NOW, "甲", verdict, sources))
        return [(each.question, each.sources) for each in found]

    def test_only_the_demand_that_was_wrong_is_proposed(self) -> None:
        assert self.decide("wrong_measure", "n/M1", "n/M5") == [("投资", ("n/M5",))]

    def test_what_should_not_be_answered_is_proposed_without_source(self) -> None:
        assert self.decide("should_not_answer") == [("办证", ()), ("投资", ())]

    @pytest.mark.parametrize(
        ("verdict", "sources"), [("helpful", ("n/M5",)), ("edited", ()), ("edited", ("n/M1", "n/M2"))]
    )
    def test_what_was_right_proposes_nothing(self, verdict: str, sources: tuple[str, ...]) -> None:
        assert self.decide(verdict, *sources) == []
