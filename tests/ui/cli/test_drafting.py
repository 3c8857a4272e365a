"""policyqa bank draft in a terminal: a model drafts, rules drop, a person approves, and only then is it in the bank."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from api.store import Candidate, Store
from eval.dataset import load_standalone
from ingest.corpus import CorpusNotice
from ingest.settings import Settings
from tests.model_server import Refuse, Say, ScriptedModel
from tests.ui.cli.projects import enter_project, run, set_model
from tests.ui.cli.test_app import policyqa

ASKED = "想把糖水铺开到曼谷去,国内这边要先办点啥?"
OTHER = "在外头投钱开店,有没有人带着跑手续?"


@pytest.fixture
def project(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    return enter_project(settings, tmp_path, monkeypatch)


@pytest.fixture(autouse=True)
def _model_is_set(model: ScriptedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    set_model(model, monkeypatch)


def waiting(project: Settings) -> tuple[Candidate, ...]:
    with closing(Store(project.store)) as store:
        return store.review.candidates()


def approved(project: Settings) -> list[dict[str, str]]:
    path = project.corpus_dir / "hongkou-2025" / "approved.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_drafted_questions_are_in_the_bank_once_a_person_has_approved_them(
    project: Settings, model: ScriptedModel
) -> None:
    model.script = [Say(f"1. {ASKED}\n2. {OTHER}\n")]
    printed = run("bank", "draft", "--source", "M12")
    assert ASKED in printed
    assert "共排队 2 条" in printed
    assert [(each.question, each.sources, each.proposed_by) for each in waiting(project)] == [
        (ASKED, ("hongkou-2025/M12",), "语言模型 scripted"),
        (OTHER, ("hongkou-2025/M12",), "语言模型 scripted"),
    ]
    assert approved(project) == []
    shown = run("bank", "review", "--who", "王审核", typed="a\nr\n没人这样说\n")
    assert "语言模型 scripted" in shown
    assert "M12 帮助拓展海外市场" in shown
    assert "原答复" not in shown
    (banked,) = approved(project)
    assert (banked["source"], banked["question"], banked["approved_by"]) == ("M12", ASKED, "王审核")


def test_what_is_dropped_is_counted_by_reason(project: Settings, model: ScriptedModel, hongkou: CorpusNotice) -> None:
    evaluated = load_standalone()[0].question
    banked = hongkou.questions[0].question.rstrip("?") + "!"
    model.script = [Say("\n".join(("问题:", evaluated, banked, "打13812345678找王建国行不行?", ASKED, ASKED)))]
    printed = run("bank", "draft", "--source", "M12")
    assert "写了 6 行,排队 1 条" in printed
    for reason in ("不是中文问题 1", "评测集里有 1", "题库里已有 1", "有个人信息 1", "重复 1"):
        assert reason in printed
    assert [each.question for each in waiting(project)] == [ASKED]
    assert "以前已列为候选 1" in run("bank", "draft", "--source", "M12")


def test_each_named_source_is_asked_for_as_many_as_are_wanted(project: Settings, model: ScriptedModel) -> None:
    model.script = lambda asked: [Say(f"关于{len(model.requests)}号的问法?")]
    run("bank", "draft", "--source", "M12", "--source", "hongkou-2025/A7", "--source", "M12", "--count", "3")
    assert [each.sources for each in waiting(project)] == [("hongkou-2025/M12",), ("hongkou-2025/A7",)]
    assert all("写3个问题" in asked["messages"][1]["content"] for asked in model.requests)


def test_without_a_name_the_ten_sources_with_the_fewest_questions_are_drafted_for(
    project: Settings, model: ScriptedModel
) -> None:
    bank = project.corpus_dir / "hongkou-2025" / "questions.jsonl"
    lines = bank.read_text("utf-8").splitlines(keepends=True)
    bank.write_text("".join(line for line in lines if json.loads(line)["source"] != "M33"), encoding="utf-8")
    model.script = lambda asked: [Say(f"第{len(model.requests)}种问法怎么问?")]
    run("bank", "draft")
    assert len(model.requests) == 10
    assert [each.sources for each in waiting(project)][:2] == [("hongkou-2025/M33",), ("hongkou-2025/N",)]


def test_a_slow_model_is_waited_for(project: Settings, model: ScriptedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_LLM_TIMEOUT_S", "0.1")
    model.script = [Say(ASKED, size=100, pause_s=0.5)]
    assert "共排队 1 条" in run("bank", "draft", "--source", "M12")


def test_what_was_queued_before_the_model_failed_stays(project: Settings, model: ScriptedModel) -> None:
    model.script = lambda asked: [Say(ASKED)] if len(model.requests) == 1 else [Refuse(500)]
    failed = policyqa("bank", "draft", "--source", "M12", "--source", "M13", project=project)
    assert failed.returncode == 2
    assert ASKED in failed.stdout
    assert "语言模型" in failed.stderr
    assert [each.question for each in waiting(project)] == [ASKED]


def test_without_a_model_the_remedy_is_named(project: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLICYQA_LLM_BASE_URL")
    monkeypatch.delenv("POLICYQA_LLM_MODEL")
    for command in (("bank", "draft"), ("gloss", "draft", "--language", "en")):
        failed = policyqa(*command, project=project)
        assert failed.returncode == 2
        assert failed.stderr.count("\n") == 1
        assert "POLICYQA_LLM_BASE_URL" in failed.stderr


def test_a_source_that_there_is_not_is_named_before_anything_is_asked(project: Settings, model: ScriptedModel) -> None:
    failed = policyqa("bank", "draft", "--source", "M99", project=project)
    assert failed.returncode == 2
    assert "M99" in failed.stderr
    assert not model.requests
