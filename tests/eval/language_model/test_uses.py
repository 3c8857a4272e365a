"""What a use of a language model is worth: both ways over the same questions and tickets."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from eval.dataset import Item
from eval.language_model.uses import Effect, effect_of_demands, effect_of_queries
from eval.tickets.ticket import Ticket, load_tickets
from ingest.index import Index
from ingest.settings import Settings
from rag.model import ModelServers, open_models
from tests.model_server import Refuse, Say, ScriptedModel

QUERY = "筹建企业“走出去”一站式服务中心"

Opened = Callable[[], AbstractAsyncContextManager[ModelServers]]


def item(question: str, *gold: str) -> Item:
    return Item(
        id=question,
        set="test",
        kind="which_office",
        type="which_office",
        language="zh",
        question=question,
        gold=frozenset(gold),
        also_ok=frozenset(),
        lead=(),
        statuses=frozenset({"answered" if gold else "out_of_scope"}),
    )


UNCLEAR = item("出去做外国生意的,区里是不是要弄个一扇门全包的地方?哪家在筹", "M12")
CLEAR = item("我们公司想去越南设厂,ODI备案找哪个部门?", "M12")
OUTSIDE = item("红烧肉怎么做才不腻?")


@pytest.fixture
def opened(settings: Settings, model: ScriptedModel) -> Opened:
    @asynccontextmanager
    async def open_them() -> AsyncIterator[ModelServers]:
        models = open_models(model.settings(settings, llm_retries=0))
        assert models
        yield models
        await models.aclose()

    return open_them


def text_of(effect: Effect) -> str:
    return str(effect.table().title)


async def test_queries_are_compared_with_the_direct_path(opened: Opened, model: ScriptedModel, index: Index) -> None:
    model.script = [Say(QUERY)]
    async with opened() as models:
        effect = await effect_of_queries(models, index, 2.0, [UNCLEAR, CLEAR, OUTSIDE], most=10)
    assert len(model.requests) == len(effect.waits_s) == 2
    assert effect.without["first source right, all questions"] == [False, True]
    assert effect.used["first source right, all questions"] == [True, True]
    assert effect.used["first source right, put to the model"] == [True]
    assert effect.used["status right, all questions"] == [True, True, True]
    assert "asked 2 times, 2 with an answer" in text_of(effect)
    columns = {str(column.header): list(column.cells) for column in effect.table().columns}
    assert (columns["n"], columns["better"], columns["worse"]) == (
        ["2", "1", "3", "2"],
        ["1", "1", "0", "0"],
        ["0"] * 4,
    )


async def test_no_more_questions_are_put_to_the_model_than_wanted(
    opened: Opened, model: ScriptedModel, index: Index
) -> None:
    async with opened() as models:
        effect = await effect_of_queries(models, index, 2.0, [UNCLEAR, OUTSIDE], most=1)
    assert len(model.requests) == len(effect.came) == 1
    assert len(effect.used["status right, all questions"]) == 2


async def test_without_an_answer_there_is_no_effect(opened: Opened, model: ScriptedModel, index: Index) -> None:
    model.script = [Refuse(500)]
    tickets = list(load_tickets())[:2]
    async with opened() as models:
        queries = await effect_of_queries(models, index, 2.0, [UNCLEAR, OUTSIDE], most=10)
        demands = await effect_of_demands(models, index, 2.0, tickets)
    for effect in (queries, demands):
        assert effect.used == effect.without
        assert effect.came == [False, False]


async def test_excerpts_are_compared_over_the_same_tickets(opened: Opened, model: ScriptedModel, index: Index) -> None:
    need = "上个月贷款到期,银行一分钱不肯再放"
    ticket = Ticket.model_validate(
        {
            "id": "T1",
            "text": f"我开小面馆的,{need},账上只剩三千块。想问店门口摆几张桌子做夜市,找谁申请?",
            "demands": [
                {"span": need, "status": "answered", "gold": ["M17"], "also_ok": []},
                {"span": "想问店门口摆几张桌子做夜市,找谁申请", "status": "answered", "gold": ["M41"], "also_ok": []},
            ],
            "private": [],
            "needs_human": False,
        }
    )
    model.script = [Say(need)]
    async with opened() as models:
        effect = await effect_of_demands(models, index, 2.0, [ticket])
    assert effect.without["all demands found"] == [False]
    assert effect.used["all demands found"] == [True]
    assert effect.without.keys() == effect.used.keys()
