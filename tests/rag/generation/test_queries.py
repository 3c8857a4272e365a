"""Search queries that a model makes of a question: few, short, and none rather than late ones."""

import time
from contextlib import aclosing

import pytest

from ingest.settings import Settings
from rag.generation.prompt import prompt
from rag.generation.queries import MAX_LENGTH, search_queries
from rag.model import open_models
from tests.model_server import HangUp, Raw, Refuse, Say, Script, ScriptedModel, Wait

QUESTION = "我们想到越南弄个厂,钞票哪能汇出去?"


async def queries(
    model: ScriptedModel, settings: Settings, question: str = QUESTION, within_s: float = 5.0
) -> tuple[str, ...]:
    models = open_models(model.settings(settings, llm_retries=0))
    assert models
    async with aclosing(models):
        return await search_queries(models, question, within_s)


async def test_each_line_is_a_query(settings: Settings, model: ScriptedModel) -> None:
    model.script = [Say("境外投资备案\n企业“走出去”服务")]
    assert await queries(model, settings) == ("境外投资备案", "企业“走出去”服务")


async def test_the_model_is_told_the_task_and_a_question_without_personal_data(
    settings: Settings, model: ScriptedModel
) -> None:
    await queries(model, settings, f"我叫王建国,电话13812345678。{QUESTION}")
    (asked,) = model.requests
    task, told = (message["content"] for message in asked["messages"])
    assert task == prompt("queries").text
    assert QUESTION in told
    assert "〔手机号〕" in told
    assert not any(piece in told for piece in ("13812345678", "王建国"))


async def test_markers_blanks_repetitions_and_masks_are_cleaned_away(settings: Settings, model: ScriptedModel) -> None:
    model.script = [Say("1. 境外投資備案\n\n- 境外投资备案\n2、〔手机号〕\n〔姓名〕要办境外投资\n")]
    assert await queries(model, settings) == ("境外投资备案", "要办境外投资")


async def test_there_are_at_most_three_and_none_is_long(settings: Settings, model: ScriptedModel) -> None:
    model.script = [Say("长" * 200 + "\n第二\n第三\n第四")]
    assert await queries(model, settings) == ("长" * MAX_LENGTH, "第二", "第三")


@pytest.mark.parametrize(
    "script",
    [
        [],
        [Refuse(500)],
        [HangUp()],
        [Raw(b"data: {\n\n")],
        [Wait(3)],
        [Say("境外投资备案\n"), Wait(3)],
        [Say("境外投资备案\n"), Raw(b"data: {\n\n")],
        [Say("啊" * 500, size=1, pause_s=0.05)],
        [Say("\n \n")],
    ],
)
async def test_a_model_that_fails_or_is_late_makes_none(
    settings: Settings, model: ScriptedModel, script: Script
) -> None:
    model.script = script
    started = time.monotonic()
    assert await queries(model, settings, within_s=0.5) == ()
    assert time.monotonic() - started < 1.5
