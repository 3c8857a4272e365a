"""Which language model is asked, for how long, and when it is left alone."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Self

import pybreaker
import pytest
from langchain_core.messages import HumanMessage

from ingest.errors import ModelUnavailable, SettingsError
from ingest.settings import Settings
from rag.model import ModelServers, open_models
from rag.model import server as server_module
from rag.model.server import FAILURES
from tests.model_server import HangUp, Raw, Refuse, Say, Script, ScriptedModel, Wait, scripted_model

ASKED = [HumanMessage("你好")]


@pytest.fixture
def second() -> Iterator[ScriptedModel]:
    with scripted_model() as model:
        model.script = [Say("第二个模型。")]
        yield model


@asynccontextmanager
async def models_of(settings: Settings) -> AsyncIterator[ModelServers]:
    models = open_models(settings)
    assert models
    yield models
    await models.aclose()


def both(settings: Settings, first: ScriptedModel, second: ScriptedModel, **more: object) -> Settings:
    others = [{"base_url": f"{second.url}/v1", "model": "second"}]
    return first.settings(settings, llm_others=others, llm_retries=0, llm_timeout_s=0.4, **more)


def test_without_settings_there_is_no_model(settings: Settings) -> None:
    assert open_models(settings) is None


async def test_a_model_is_heard_piece_by_piece_and_tells_its_tokens(settings: Settings, model: ScriptedModel) -> None:
    model.script = [Say("企业您好。", size=1)]
    async with models_of(model.settings(settings)) as models:
        spoken = [piece async for piece in models.stream(ASKED, 50)]
    assert "".join(piece.text for piece in spoken) == "企业您好。"
    assert sum(bool(piece.text) for piece in spoken) == 5
    assert {piece.model for piece in spoken} == {"scripted"}
    assert max(piece.tokens for piece in spoken) == 120
    (asked,) = model.requests
    assert (asked["model"], asked["max_tokens"], asked["temperature"], asked["stream"]) == ("scripted", 50, 0.0, True)


async def test_the_key_is_sent_as_a_bearer_token_from_the_setting_or_its_file(
    settings: Settings, model: ScriptedModel, tmp_path: Path
) -> None:
    model.script = [Say("好")]
    (tmp_path / "key").write_text("from-file\n", encoding="utf-8")
    for more in ({"llm_api_key": "from-setting"}, {"llm_api_key_file": tmp_path / "key"}):
        async with models_of(model.settings(settings, **more)) as models:
            await models.complete(ASKED, 50)
    assert model.keys == ["Bearer from-setting", "Bearer from-file"]


def test_a_key_is_never_shown_with_the_settings(settings: Settings, model: ScriptedModel) -> None:
    assert "secret-key" not in repr(model.settings(settings, llm_api_key="secret-key"))


def test_a_key_file_that_cannot_be_read_is_named(settings: Settings, model: ScriptedModel) -> None:
    with pytest.raises(SettingsError, match="没有这个文件"):
        open_models(model.settings(settings, llm_api_key_file="没有这个文件"))


async def test_what_a_server_refuses_is_asked_again(settings: Settings, model: ScriptedModel) -> None:
    answers: Iterator[Script] = iter([[Refuse(503)], [Say("好")]])
    model.script = lambda _: next(answers)
    async with models_of(model.settings(settings, llm_retries=1)) as models:
        assert await models.complete(ASKED, 50) == "好"
    assert len(model.requests) == 2


@pytest.mark.parametrize("script", [[Refuse(500)], [Refuse(429)], [Wait(2)], [HangUp()], [], [Raw(b"data: {\n\n")]])
async def test_the_next_model_is_asked_where_one_cannot_answer(
    settings: Settings, model: ScriptedModel, second: ScriptedModel, script: list[Any]
) -> None:
    model.script = script
    async with models_of(both(settings, model, second)) as models:
        spoken = [piece async for piece in models.stream(ASKED, 50)]
    assert "".join(piece.text for piece in spoken) == "第二个模型。"
    assert spoken[-1].model == "second"


async def test_a_model_that_breaks_off_is_not_continued_by_another(
    settings: Settings, model: ScriptedModel, second: ScriptedModel
) -> None:
    model.script = [Say("开了个头"), Wait(2)]
    async with models_of(both(settings, model, second)) as models:
        heard: list[str] = []

        async def hear() -> None:
            async for piece in models.stream(ASKED, 50):
                heard.append(piece.text)

        with pytest.raises(ModelUnavailable):
            await hear()
    assert "".join(heard) == "开了个头"
    assert not second.requests


async def test_a_model_that_keeps_failing_is_left_alone(
    settings: Settings, model: ScriptedModel, second: ScriptedModel
) -> None:
    model.script = [Refuse(500)]
    async with models_of(both(settings, model, second)) as models:
        for _ in range(FAILURES + 3):
            assert await models.complete(ASKED, 50) == "第二个模型。"
    assert len(model.requests) == FAILURES


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(hours=1)])
async def test_how_long_it_is_left_alone_does_not_depend_on_the_clock_on_the_wall(
    jump: timedelta, settings: Settings, model: ScriptedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    class JumpedClock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) + jump

    monkeypatch.setattr(server_module, "PAUSE_S", 0.5)
    model.script = [Refuse(500)]
    async with models_of(model.settings(settings, llm_retries=0)) as models:
        for _ in range(FAILURES + 1):
            with pytest.raises(ModelUnavailable):
                await models.complete(ASKED, 50)
        model.script = [Say("好")]
        for module in (pybreaker, server_module):
            monkeypatch.setattr(module, "datetime", JumpedClock)
        with pytest.raises(ModelUnavailable):
            await models.complete(ASKED, 50)
        await asyncio.sleep(0.6)
        assert await models.complete(ASKED, 50) == "好"


async def test_a_busy_model_is_not_waited_for(settings: Settings, model: ScriptedModel, second: ScriptedModel) -> None:
    model.script = [Say("慢", size=1, pause_s=0.3)]
    async with models_of(both(settings, model, second, llm_concurrency=1)) as models:
        heard = await asyncio.gather(*(models.complete(ASKED, 50) for _ in range(2)))
    assert sorted(heard) == ["慢", "第二个模型。"]


async def test_nobody_answering_is_an_error_with_a_remedy(settings: Settings, model: ScriptedModel) -> None:
    model.script = [Refuse(500)]
    async with models_of(model.settings(settings, llm_retries=0)) as models:
        with pytest.raises(ModelUnavailable, match="POLICYQA_LLM"):
            await models.complete(ASKED, 50)


async def test_who_leaves_closes_the_connection(settings: Settings, model: ScriptedModel) -> None:
    model.script = [Say("很" * 200, size=1, pause_s=0.02)]
    async with models_of(model.settings(settings)) as models:
        stream = models.stream(ASKED, 50)
        await anext(stream)
        await stream.aclose()
        assert await asyncio.to_thread(model.left.wait, 2)


def test_half_a_model_is_refused(settings: Settings) -> None:
    with pytest.raises(ValueError, match="要一起设"):
        Settings.model_validate({**settings.model_dump(), "llm_model": "qwen"})


def test_a_local_file_that_is_not_there_is_named(settings: Settings) -> None:
    with pytest.raises(SettingsError, match=r"没有模型文件 missing\.gguf|没有安装 xllamacpp"):
        open_models(settings.model_copy(update={"llm_gguf": Path("missing.gguf")}))
