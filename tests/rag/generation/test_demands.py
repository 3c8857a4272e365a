"""The demands that a model points out in a ticket: in the ticket's words, or not at all."""

import time
from contextlib import aclosing

import pytest

from ingest.settings import Settings
from rag.generation.demands import MAX_EXCERPTS, demand_excerpts
from rag.generation.prompt import prompt
from rag.model import open_models
from tests.model_server import HangUp, Refuse, Say, Script, ScriptedModel, Wait

TICKET = "〔姓名〕来电,开面馆的,跑了三趟。执照上的地址写错了一个字,要求改过来。另外开票额度不够, 找哪个部门加?"


async def excerpts(
    model: ScriptedModel, settings: Settings, masked: str = TICKET, within_s: float = 5.0
) -> tuple[str, ...]:
    models = open_models(model.settings(settings, llm_retries=0))
    assert models
    async with aclosing(models):
        return await demand_excerpts(models, masked, within_s)


async def test_the_model_is_told_the_task_and_the_ticket(settings: Settings, model: ScriptedModel) -> None:
    await excerpts(model, settings)
    (asked,) = model.requests
    assert [message["content"] for message in asked["messages"]] == [prompt("demands").text, TICKET]


async def test_only_what_stands_in_the_ticket_word_for_word_is_kept(settings: Settings, model: ScriptedModel) -> None:
    said = "1. 执照上的地址写错了一个字\n执照地址有误\n办理执照要多少钱\n开票额度不够, 找哪个部门加?"
    model.script = [Say(said)]
    assert await excerpts(model, settings) == ("执照上的地址写错了一个字", "开票额度不够, 找哪个部门加?")


@pytest.mark.parametrize(
    "said", ["开票额度不够,找哪个部门加", "开票額度不夠, 找哪個部門加", "开票额度不够,找哪个部门加?"]
)
async def test_blanks_widths_and_scripts_make_no_difference(
    settings: Settings, model: ScriptedModel, said: str
) -> None:
    model.script = [Say(said)]
    assert await excerpts(model, settings) == (said,)


async def test_there_are_at_most_eight_and_each_stands_once(settings: Settings, model: ScriptedModel) -> None:
    lines = [f"第{number}件事找谁办" for number in range(20)]
    model.script = [Say("\n".join(2 * lines))]
    story = "我是开面馆的,跑了三趟也没有人管,天又热,真是急死人了。" * 10
    assert await excerpts(model, settings, story + "。".join(lines)) == tuple(lines[:MAX_EXCERPTS])


async def test_a_ticket_that_is_copied_points_out_nothing(settings: Settings, model: ScriptedModel) -> None:
    for said in (TICKET, TICKET.replace("。", "\n")):
        model.script = [Say(said)]
        assert await excerpts(model, settings) == ()


@pytest.mark.parametrize(
    "script", [[], [Refuse(500)], [HangUp()], [Wait(3)], [Say("执照上的地址写错了一个字\n"), Wait(3)]]
)
async def test_a_model_that_fails_or_is_late_points_out_nothing(
    settings: Settings, model: ScriptedModel, script: Script
) -> None:
    model.script = script
    started = time.monotonic()
    assert await excerpts(model, settings, within_s=0.5) == ()
    assert time.monotonic() - started < 1.5
