"""policyqa gloss in a terminal: a model drafts, rules drop, a person approves, and only then is it ever shown."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.corpus import CorpusNotice
from ingest.glosses import Gloss, put_gloss
from ingest.settings import Settings
from tests.model_server import Refuse, Say, ScriptedModel
from tests.ui.cli.projects import enter_project, run, set_model
from tests.ui.cli.test_app import policyqa

QUESTION = "Which office helps with ODI filing?"
FIRST = "Set up a one-stop “going global” service center for enterprises."
SECOND = "Work more closely with international economic organizations."


@pytest.fixture
def project(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    return enter_project(settings, tmp_path, monkeypatch)


@pytest.fixture(autouse=True)
def _model_writes_two_glosses(model: ScriptedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    set_model(model, monkeypatch)
    model.script = lambda asked: [Say(FIRST if "筹建企业" in asked["messages"][1]["content"] else SECOND)]


def kept(project: Settings, language: str = "en") -> list[dict[str, Any]]:
    path = project.corpus_dir / "hongkou-2025" / f"glosses.{language}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def ask() -> Any:  # noqa: ANN401 - JSON
    return json.loads(run("ask", QUESTION, "--json"))


def draft() -> str:
    return run("gloss", "draft", "--language", "en", "--source", "M12")


def test_a_gloss_is_shown_in_english_answers_once_it_is_approved_and_ingested(
    project: Settings, hongkou: CorpusNotice
) -> None:
    assert "共起草 2 句" in draft()
    run("ingest")
    before = ask()
    assert before["citations"][0]["id"] == "hongkou-2025/M12"
    assert "Unofficial translation" not in before["answer"], "nothing unapproved is ever shown"
    assert before["citations"][0]["gloss"] is None

    shown = run("gloss", "review", "--language", "en", "--who", "王审核", typed="a\ns\n")
    assert hongkou.source("M12").sentences[0] in shown.replace("\n", "")
    assert FIRST in shown
    assert "M12 帮助拓展海外市场" in shown
    assert "通过 1 句" in shown
    assert "policyqa ingest" in shown

    assert "0 created, 0 updated, 0 deleted" in run("ingest")
    after = ask()
    quote = after["citations"][0]["quote"]
    assert quote == hongkou.source("M12").sentences[0]
    beneath = after["answer"].partition(f"> {quote}\n")[2]
    assert f"> *Unofficial translation, reviewed by 王审核: {FIRST}*" in beneath
    assert after["citations"][0]["gloss"] == {"text": FIRST, "reviewed_by": ["王审核"]}


def test_drafts_are_kept_unapproved_and_not_made_twice(
    project: Settings, model: ScriptedModel, hongkou: CorpusNotice
) -> None:
    draft()
    assert kept(project) == [
        {"sentence": sentence, "gloss": gloss, "drafted_by": "scripted gloss@1", "approved_by": "", "approved_at": None}
        for sentence, gloss in zip(hongkou.source("M12").sentences, (FIRST, SECOND), strict=True)
    ]
    assert "共起草 0 句" in draft()
    assert len(model.requests) == 2


def test_what_rules_object_to_is_dropped_and_counted(project: Settings, model: ScriptedModel) -> None:
    texts = iter(("Call https://example.com", "Done within 3 days."))
    model.script = lambda asked: [Say(next(texts))]
    printed = draft()
    assert "2 句,留下 0 句" in printed
    assert "有原句没有的联系方式 1" in printed
    assert "有原句没有的数字 1" in printed
    assert kept(project) == []


def test_without_a_name_every_sentence_of_the_notice_is_drafted_and_what_was_done_before_a_failure_stays(
    project: Settings, model: ScriptedModel
) -> None:
    model.script = lambda asked: [Say(SECOND)] if len(model.requests) <= 5 else [Refuse(500)]
    failed = policyqa("gloss", "draft", "--language", "en", project=project)
    assert failed.returncode == 2
    assert "语言模型" in failed.stderr
    assert len(kept(project)) == 5


def test_japanese_has_a_file_of_its_own(project: Settings, model: ScriptedModel) -> None:
    model.script = [Say("企業の海外進出を支える。")]
    run("gloss", "draft", "--language", "ja", "--source", "M12")
    assert {each["gloss"] for each in kept(project, "ja")} == {"企業の海外進出を支える。"}
    assert kept(project) == []
    assert "没有待审核的译文" in run("gloss", "review", "--language", "en")


def review(typed: str) -> str:
    return run("gloss", "review", "--language", "en", "--who", "王审核", typed=typed)


class TestReview:
    @pytest.fixture(autouse=True)
    def _drafted(self, project: Settings) -> None:
        draft()

    def test_the_reviewer_may_change_the_wording(self, project: Settings) -> None:
        review("e\nPrepare a center.\nq\n")
        first, second = kept(project)
        assert (first["gloss"], first["approved_by"]) == ("Prepare a center.", "王审核")
        assert datetime.fromisoformat(first["approved_at"]).tzinfo
        assert (second["approved_by"], second["approved_at"]) == ("", None)

    def test_what_is_rejected_is_forgotten_and_may_be_drafted_anew(self, project: Settings) -> None:
        review("r\nq\n")
        assert [each["gloss"] for each in kept(project)] == [SECOND]
        assert "共起草 1 句" in draft()

    def test_what_is_skipped_waits(self, project: Settings) -> None:
        before = kept(project)
        review("s\ns\n")
        assert kept(project) == before
        assert FIRST in review("q\n")

    def test_against_the_rules_the_reviewer_has_to_insist(self, project: Settings) -> None:
        assert "有原句没有的数字" in review("e\nPrepare 3 centers.\nn\nq\n")
        assert not any(each["approved_by"] for each in kept(project))
        review("e\nPrepare 3 centers.\ny\nq\n")
        assert kept(project)[0]["gloss"] == "Prepare 3 centers."

    def test_what_somebody_else_has_settled_meanwhile_is_left_alone(
        self, project: Settings, hongkou: CorpusNotice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder, (first, _) = project.corpus_dir / hongkou.id, hongkou.source("M12").sentences

        def approve_after_another(*_: object, **__: object) -> str:
            settled = Gloss(first, "Theirs.", "scripted gloss@1", "李审核", datetime.now(UTC))
            put_gloss(folder, "en", hongkou.notice, settled)
            return "a"

        monkeypatch.setattr("ui.cli.glossing.typer.prompt", approve_after_another)
        printed = review("")
        assert "刚被别人处理过" in printed
        assert "通过 1 句" in printed
        assert [(each["gloss"], each["approved_by"]) for each in kept(project)] == [
            ("Theirs.", "李审核"),
            (SECOND, "王审核"),
        ]
