from dataclasses import replace

import pytest

from eval.targets.reply import AnsweredDemand, TicketReply
from eval.tickets.scoring import score
from eval.tickets.ticket import Ticket, TrueDemand

STALL, LOAN = "想在店门口摆几张桌子做夜市", "银行不肯再放贷款给我们小店"
TICKET = Ticket(
    id="T1",
    text=f"张三来电:{STALL};另外{LOAN}。",
    demands=(
        TrueDemand(span=STALL, status="answered", gold=("M41",), also_ok=("M42",)),
        TrueDemand(span=LOAN, status="answered", gold=("M17",), also_ok=()),
    ),
    private=("张三",),
    needs_human=False,
)
RIGHT = TicketReply(
    id="T1",
    seconds=0.1,
    demands=(AnsweredDemand(STALL, "answered", ("M42",)), AnsweredDemand(LOAN, "answered", ("M17",))),
    needs_human=False,
    texts=("[姓名]来电",),
)


def values(reply: TicketReply) -> dict[str, list[float]]:
    return {name: list(found.values()) for name, found in score([(TICKET, reply)]).items()}


def test_a_right_reply_scores_everywhere() -> None:
    assert {value for found in values(RIGHT).values() for value in found} == {1.0}


@pytest.mark.parametrize(
    ("broken", "metric", "value"),
    [
        (replace(RIGHT, demands=RIGHT.demands[:1]), "all demands found", [0.0]),
        (replace(RIGHT, demands=RIGHT.demands[:1]), "as many demands as there are", [0.0]),
        (replace(RIGHT, demands=RIGHT.demands[:1]), "first source right, per demand", [1.0, 0.0]),
        (replace(RIGHT, demands=RIGHT.demands[:1]), "first source right, where answered at all", [1.0, 1.0]),
        (replace(RIGHT, needs_human=True), "needs a human, rightly said", [0.0]),
        (replace(RIGHT, texts=("张三来电",)), "no personal data in any field", [0.0]),
        (
            replace(RIGHT, demands=tuple(replace(each, status="no_evidence", cited=()) for each in RIGHT.demands)),
            "ticket inside recognised",
            [0.0],
        ),
        (
            replace(RIGHT, demands=tuple(replace(each, cited=("M1",)) for each in RIGHT.demands)),
            "first source right, where answered at all",
            [0.0, 0.0],
        ),
        (
            replace(RIGHT, demands=tuple(replace(each, status="partial") for each in RIGHT.demands)),
            "status of a demand answered",
            [0.0, 0.0],
        ),
    ],
)
def test_each_fault_shows_in_its_metric(broken: TicketReply, metric: str, value: list[float]) -> None:
    assert values(broken)[metric] == value
