"""The conversation, and what is made of whatever a browser holds."""

from typing import Any

import pytest

from tests.ui.web.cards import HOSTILE, answer, exchange, site, source
from ui.web.conversation import KEPT, REMEMBERED, conversation, messages, readable

GOOD = exchange(answer(source(), answer="**牵头单位:区服务发展办**"))


def test_the_welcome_is_there_until_something_was_asked() -> None:
    assert "pq-welcome" in conversation(site(), [])
    assert "pq-welcome" not in conversation(site(), [GOOD])


def test_exchanges_stand_in_their_order_and_the_one_on_its_way_last() -> None:
    html = conversation(site(), [GOOD, {**GOOD, "question": "第二问"}], "第三问", "<i>正在查</i>")
    places = [html.find(part) for part in ("找谁?", "第二问", "第三问", "正在查")]
    assert places == sorted(places)
    assert min(places) >= 0


def test_a_question_is_text() -> None:
    assert "<script>" not in conversation(site(), [{**GOOD, "question": HOSTILE}])


def test_only_the_latest_exchanges_go_with_a_question() -> None:
    said = messages([{**GOOD, "question": str(number)} for number in range(REMEMBERED + 2)])
    assert len(said) == 2 * REMEMBERED
    assert said[0] == {"role": "user", "content": "2"}
    assert said[-1] == {"role": "assistant", "content": "**牵头单位:区服务发展办**"}


@pytest.mark.parametrize(
    "held",
    [
        None,
        "text",
        {"a": 1},
        [None],
        [{}],
        [{"question": "?"}],
        [{"question": "?", "answer": {}}],
        [{**GOOD, "notice": 3}],
    ],
)
def test_what_cannot_be_read_is_left_out(held: Any) -> None:  # noqa: ANN401 - whatever the browser holds
    assert readable(site(), held) == []


def test_of_much_the_latest_is_kept() -> None:
    held = [{**GOOD, "question": str(number)} for number in range(KEPT + 3)]
    assert [each["question"] for each in readable(site(), [*held, {}])] == [
        str(number) for number in range(3, KEPT + 3)
    ]
