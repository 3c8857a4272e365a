"""policyqa eval export: real answers, real feedback, a file that the evaluation reads."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.store import Decision, Exchange, Store
from eval.dataset import load_questions, load_set
from ingest.errors import SheetError
from ingest.settings import Settings
from tests.ingest.years import DATA, NEWER, OLDER
from tests.ui.cli.projects import enter_project
from ui.cli.exporting import run_export

QUESTION = "糖水铺老板想到曼谷投资设厂,境外投资备案哪个部门能辅导一下?"
OTHER = "开糕团店的想请人把政策拍成短视频讲给我听,哪个单位管?"


@pytest.fixture
def project(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    return enter_project(settings, tmp_path, monkeypatch)


@pytest.fixture
def client(project: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(project)) as client:
        yield client


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "use.jsonl"


def ask(client: TestClient, question: str) -> Any:  # noqa: ANN401 - JSON
    response = client.post("/v1/ask", json={"question": question})
    assert response.status_code == 200, response.text
    return response.json()


def say(client: TestClient, answer: Any, verdict: str, *sources: str) -> None:  # noqa: ANN401 - JSON
    said = {"trace_id": answer["trace_id"], "verdict": verdict, "correct_sources": list(sources)}
    assert client.post("/v1/feedback", json=said).status_code == 202


def test_feedback_becomes_items_that_the_evaluation_reads(
    client: TestClient, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = ask(client, QUESTION)
    assert answer["citations"][0]["id"] == "hongkou-2025/M12"
    say(client, answer, "helpful")
    say(client, ask(client, OTHER), "wrong_measure", "hongkou-2025/M4")
    say(client, ask(client, "区里谁来帮我们办执照"), "incomplete")
    run_export(target, None)

    right, corrected = load_set(target)
    assert (right.question, *right.gold, right.set) == (QUESTION, "M12", "use")
    assert right.statuses == {"answered"}
    assert right.lead == tuple(answer["citations"][0]["lead"])
    assert (corrected.question, *corrected.gold) == (OTHER, "M4")
    printed = capsys.readouterr().out
    assert f"写入 {target}:2 题" in printed
    assert "有人判断过的问答 3 次,相同的合为一题,共 3 题" in printed
    assert "略去 1 题:没有人说明怎样才对" in printed


def test_a_ticket_is_exported_masked(client: TestClient, target: Path) -> None:
    said = f"来电人姓名:陈国梁,电话13916472085。{QUESTION}"
    response = client.post("/v1/assist", json={"text": said}).json()
    assert len(response["demands"]) == 1
    say(client, response, "edited", "hongkou-2025/M12")
    run_export(target, None)
    (item,) = load_set(target)
    assert (item.type, *item.gold) == ("ticket", "M12")
    assert QUESTION in item.question
    assert not any(private in target.read_text("utf-8") for private in ("陈国梁", "13916472085"))


def test_an_export_can_be_repeated_and_replaces_the_file(client: TestClient, target: Path) -> None:
    say(client, ask(client, QUESTION), "helpful")
    run_export(target, None)
    first = target.read_bytes()
    say(client, ask(client, QUESTION), "helpful")
    target.write_text("old", encoding="utf-8")
    run_export(target, None)
    assert target.read_bytes() == first
    assert sorted(path.name for path in target.parent.glob("use*")) == ["use.jsonl"]


def test_what_stands_in_a_set_or_in_the_bank_is_left_out(
    client: TestClient, project: Settings, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = project.corpus_dir / "hongkou-2025" / "questions.jsonl"
    banked = json.loads(bank.read_text("utf-8").splitlines()[0])["question"]
    for question in (load_questions()[0].question, banked):
        say(client, ask(client, question), "should_not_answer")
    run_export(target, None)
    assert not target.exists()
    printed = capsys.readouterr().out
    assert "没有写文件" in printed
    assert "略去 1 题:题集里已有" in printed
    assert "略去 1 题:问题库里已有" in printed


@pytest.mark.parametrize(("wording", "count"), [(None, 0), ("去泰国设厂,备案归谁辅导", 1)])
def test_a_reviewer_s_sources_are_gold_unless_the_very_question_is_banked(
    client: TestClient, target: Path, wording: str | None, count: int
) -> None:
    say(client, ask(client, QUESTION), "wrong_measure", "hongkou-2025/M3")
    (candidate,) = client.get("/v1/candidates").json()["items"]
    word = {"decision": "approve", "who": "王审核", "sources": ["hongkou-2025/M13"], "question": wording}
    assert client.post(f"/v1/candidates/{candidate['id']}", json=word).status_code == 200
    run_export(target, None)
    items = list(load_set(target)) if target.exists() else []
    assert [(item.question, *item.gold) for item in items] == [(QUESTION, "M13")] * count


def test_a_reviewer_is_known_by_the_key(client: TestClient, project: Settings, target: Path) -> None:
    answer = ask(client, QUESTION)
    say(client, answer, "helpful")
    with closing(Store(project.store)) as store:
        store.keys.add("王审核", "reviewer", "管理员", datetime.now(UTC))
        store.review.decide(
            Decision(answer["trace_id"], datetime.now(UTC), "王审核", "wrong_measure", ("hongkou-2025/M3",))
        )
    run_export(target, None)
    (item,) = load_set(target)
    assert item.gold == {"M3"}
    assert "王审核" not in target.read_text("utf-8")


def test_only_the_last_days_are_exported(client: TestClient, project: Settings, target: Path) -> None:
    recent = ask(client, QUESTION)
    say(client, recent, "helpful")
    with closing(Store(project.store)) as store:
        kept = store.exchanges.find(recent["trace_id"])
        now = datetime.now(UTC)
        store.exchanges.record(replace(kept, trace_id="old", text=OTHER, at=now - timedelta(days=8)))
        store.review.decide(Decision("old", now, "用户", "helpful"))
    run_export(target, 7)
    assert [item.question for item in load_set(target)] == [QUESTION]
    run_export(target, 9)
    assert [item.question for item in load_set(target)] == [OTHER, QUESTION]


def test_the_items_are_of_the_notice_in_force(
    two_years: Settings, tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'years.db'}"
    monkeypatch.setenv("POLICYQA_CORPUS_DIR", str(two_years.corpus_dir))
    monkeypatch.setenv("POLICYQA_STORE_URL", url)
    with closing(Store(url)) as store:
        for notice_id, question in ((OLDER, OTHER), (NEWER, QUESTION)):
            cited, response = (f"{notice_id}/M1",), {"intent": "which_office"}
            asked = Exchange(notice_id, "ask", datetime.now(UTC), question, "answered", cited, (), response, 0.1)
            store.exchanges.record(asked)
            store.review.decide(Decision(notice_id, datetime.now(UTC), "用户", "helpful"))
    run_export(target, None)
    (item,) = load_set(target)
    assert (item.question, *item.gold, *item.lead) == (QUESTION, "M1", *DATA.lead)


def test_what_a_reviewer_rejected_is_not_exported(client: TestClient, target: Path) -> None:
    say(client, ask(client, QUESTION), "wrong_measure", "hongkou-2025/M3")
    (candidate,) = client.get("/v1/candidates").json()["items"]
    client.post(f"/v1/candidates/{candidate['id']}", json={"decision": "reject", "who": "王审核"})
    run_export(target, None)
    assert not target.exists()


def test_a_file_that_cannot_be_written_is_named(client: TestClient, tmp_path: Path) -> None:
    say(client, ask(client, QUESTION), "helpful")
    target = tmp_path / "missing" / "use.jsonl"
    with pytest.raises(SheetError, match="missing"):
        run_export(target, None)
