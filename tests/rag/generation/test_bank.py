"""Drafting questions: what the model is told, and which of its lines are left."""

from contextlib import aclosing

from ingest.corpus import CorpusNotice
from ingest.settings import Settings
from rag.generation.bank import MAX_LENGTH, DraftedQuestions, draft_questions
from rag.model import open_models
from tests.model_server import Say, ScriptedModel

ASKED = "想把糖水铺开到曼谷去,国内这边要先办点啥?"
OTHER = "在外头投钱开店,有没有人带着跑手续?"


async def draft(model: ScriptedModel, settings: Settings, hongkou: CorpusNotice, count: int = 5) -> DraftedQuestions:
    models = open_models(model.settings(settings))
    assert models
    async with aclosing(models):
        return await draft_questions(models, hongkou, hongkou.source("M12"), count)


async def test_lines_become_questions_without_their_markers(
    model: ScriptedModel, settings: Settings, hongkou: CorpusNotice
) -> None:
    model.script = [Say(f"1. {ASKED}\n\n- “{OTHER}”\n")]
    assert await draft(model, settings, hongkou) == DraftedQuestions((ASKED, OTHER), "scripted", {})


async def test_the_model_reads_the_source_and_how_many_are_wanted(
    model: ScriptedModel, settings: Settings, hongkou: CorpusNotice
) -> None:
    model.script = [Say(ASKED)]
    await draft(model, settings, hongkou, 7)
    instructions, told = (message["content"] for message in model.requests[0]["messages"])
    assert "大白话" in instructions
    assert hongkou.source("M12").text in told
    assert "写7个问题" in told


async def test_what_is_no_new_question_is_dropped_and_the_reason_counted(
    model: ScriptedModel, settings: Settings, hongkou: CorpusNotice
) -> None:
    banked = next(each.question for each in hongkou.questions if each.source == "M12")
    lines = (
        "以下是问题:",
        "Which office?",
        "啊" * (MAX_LENGTH + 1),
        f"  {banked} ",
        hongkou.outside[0].question,
        "我叫王建国,电话13812345678,想去外头开店找谁?",
        ASKED,
        f"2、{ASKED}",
        OTHER,
        "多出来的一条怎么办?",
    )
    model.script = [Say("\n".join(lines))]
    drafted = await draft(model, settings, hongkou, 2)
    assert drafted.questions == (ASKED, OTHER)
    assert drafted.dropped == {
        "no_question": 2,
        "too_long": 1,
        "banked": 2,
        "private": 1,
        "repeated": 1,
        "surplus": 1,
    }
