"""The endpoint of the pages for programs, by gradio_client against the real site."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from playwright.sync_api import expect

from tests.ui.web.conftest import OpenPage

ODI = "我们公司想去越南设厂,ODI备案找哪个部门?"
OF_ONE_REQUEST = ("trace_id", "timings_ms")


@pytest.fixture(scope="module", params=["", "/en"])
def program(site: str, request: pytest.FixtureRequest) -> Iterator[Client]:
    """A program that uses one language of the site, without a key."""
    client = Client(f"{site}{request.param}", verbose=False, analytics_enabled=False)
    yield client
    client.close()


def shown(body: dict[str, Any]) -> dict[str, Any]:
    """All of an answer but what is of this one request."""
    return {name: value for name, value in body.items() if name not in OF_ONE_REQUEST}


def test_the_result_is_the_whole_response_of_ask_with_its_citations(program: Client, site: str) -> None:
    result = program.predict(ODI, api_name="/ask")
    assert shown(result) == shown(httpx.post(f"{site}/v1/ask", json={"question": ODI}).json())
    assert result["citations"][0]["id"] == "hongkou-2025/M12"


def test_the_answer_grows_with_status_and_citations_known_at_once(program: Client) -> None:
    job = program.submit(ODI, api_name="/ask")
    *growing, whole = list(job)
    texts = [update["answer"] for update in growing]
    assert len(set(texts)) > 2
    assert all(later.startswith(earlier) for earlier, later in pairwise(texts))
    assert texts[-1] == whole["answer"]
    assert {update["status"] for update in growing} == {"answered"}
    assert growing[-1]["citations"] == whole["citations"]


def test_history_and_notice_count(program: Client) -> None:
    history = [{"role": "user", "content": "外籍员工办事不方便找谁"}, {"role": "assistant", "content": "第14条。"}]
    result = program.predict("那配合单位呢?", history=history, notice="hongkou-2025", api_name="/ask")
    assert result["citations"][0]["id"] == "hongkou-2025/M14"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"question": " "}, "question:不能为空"),
        ({"question": 5}, "question:应为文字"),
        ({"question": ODI, "history": 5}, "history:应为列表"),
        ({"question": ODI, "notice": "pudong-2025"}, "没有编号为“pudong-2025”的通知"),
    ],
)
def test_what_the_api_refuses_is_said_with_its_reason(program: Client, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(AppError) as caught:
        program.predict(**asked, api_name="/ask")
    assert str(caught.value).count(said) == 1


def test_it_is_the_only_one(program: Client) -> None:
    described: Any = program.view_api(print_info=False, return_format="dict")
    assert set(described["named_endpoints"]) == {"/ask"}
    assert not described["unnamed_endpoints"]


def test_the_description_of_the_endpoint_loads_nothing_foreign(open_page: OpenPage, site: str) -> None:
    page = open_page("/")
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    page.goto(f"{site}/?view=api")
    expect(page.locator(".pq-welcome")).to_be_visible()
    assert urls
    assert [url for url in urls if not url.startswith((site, "data:", "blob:"))] == []
