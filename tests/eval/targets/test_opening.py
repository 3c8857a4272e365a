import pytest

from eval.dataset.card import load_split
from eval.targets.opening import Endpoint, opened
from ingest.errors import TargetFailed
from ingest.settings import Settings
from tests.progress import silent


def test_a_framework_that_is_installed_is_a_plain_chain_over_the_same_notice(settings: Settings) -> None:
    item = next(item for item in load_split("test") if item.gold)
    with opened(["LangChain", "product"], Endpoint(), settings, silent) as (_, targets):
        reply = targets[0].ask(item)
    assert [target.name for target in targets] == ["LangChain", "product"]
    assert len(reply.ranking) == 5
    assert reply.cited == reply.ranking[:1]
    assert reply.status is None


def test_an_address_is_a_service_and_with_a_model_name_a_chat_model(settings: Settings) -> None:
    url = "http://127.0.0.1:1"
    with opened([url], Endpoint(), settings, silent) as (_, (service,)):
        assert service.name == url
    with opened([url], Endpoint(model="qwen"), settings, silent) as (_, (model,)):
        assert model.name == f"qwen @ {url}"


def test_a_name_that_is_none_is_named_with_those_that_there_are(settings: Settings) -> None:
    with (
        pytest.raises(TargetFailed, match=r"bm26.*BM25") as failed,
        opened(["bm26"], Endpoint(), settings, silent),
    ):
        pass
    assert "网址" in failed.value.remedy
