"""Our own service as a target over real HTTP: it replies as the chain in this process does."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from eval.dataset import Item
from eval.dataset.card import load_split
from eval.targets.openai import ChatModel
from eval.targets.product import Product
from eval.targets.service import Service
from eval.tickets.ticket import load_tickets
from ingest.errors import TargetFailed
from ingest.index import Index
from ingest.settings import Settings
from tests.api.conftest import served as serving
from tests.ui.web.conftest import free_port


@pytest.fixture(scope="module")
def served(settings: Settings) -> Iterator[str]:
    """Address of the real API."""
    with serving(settings) as url:
        yield url


@pytest.fixture
def service(served: str) -> Iterator[Service]:
    with closing(Service(served)) as service:
        yield service


@pytest.fixture(scope="module")
def some() -> list[Item]:
    """A few of each kind, follow-ups among them."""
    return load_split("test")[::60]


def test_it_replies_as_the_product_in_this_process(service: Service, index: Index, some: list[Item]) -> None:
    product = Product(index)
    assert any(item.history for item in some)
    for item in some:
        here, there = product.ask(item), service.ask(item)
        assert there.failure == ""
        assert (there.status, there.text, there.citations) == (here.status, here.text, here.citations), item.id
        assert there.confidence == pytest.approx(here.confidence)
        assert there.ranking[: len(here.cited)] == here.cited
        assert there.trace["trace_id"]


def test_it_works_through_tickets_as_the_product_in_this_process(service: Service, index: Index) -> None:
    ticket = next(load_tickets())
    here, there = Product(index).assist(ticket), service.assist(ticket)
    assert (there.demands, there.needs_human) == (here.demands, here.needs_human)


def test_its_openai_endpoint_hands_over_the_same_sources(served: str, index: Index, some: list[Item]) -> None:
    with closing(ChatModel(f"{served}/v1", "policyqa", None, index.corpus, shows_notice=False)) as model:
        for item in some[:6]:
            here, there = Product(index).ask(item), model.ask(item)
            assert there.failure == ""
            assert there.citations == here.citations, item.id


def test_a_service_that_is_not_there_fails_and_says_so(settings: Settings, some: list[Item]) -> None:
    with closing(Service(f"http://127.0.0.1:{free_port()}")) as nobody:
        reply = nobody.ask(some[0])
        assert "ConnectError" in reply.failure
        assert not reply.is_given
        with pytest.raises(TargetFailed, match=r"127\.0\.0\.1"):
            nobody.assist(next(load_tickets()))


def test_a_service_that_wants_a_key_says_so_in_the_reply(served: str, some: list[Item]) -> None:
    with closing(Service(f"{served}/v1/nowhere")) as wrong:
        assert "404" in wrong.ask(some[0]).failure
