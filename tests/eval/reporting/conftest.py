"""A report in which everything has gone wrong once, and its page."""

from dataclasses import replace

import pytest
from lxml import html

from eval.reporting.comparison import Change
from eval.reporting.page import render
from eval.reporting.report import Report
from eval.targets.reply import Reply
from tests.eval.reports import asked, refuses, report_of, says, unanswerable

MARKUP = "<script>alert(1)</script><img src=x onerror='alert(2)'> & \"引号\""
WORSE = Change("hit@1", "正确出处排第一", "higher", 40, 0.9, 0.7, -0.31, -0.09, 0.0003)
BY_CHANCE = Change("seconds", "平均", "lower", 40, 0.0123, 0.0131, -0.001, 0.003, 0.42)


def rich() -> Report:
    pairs = [
        (asked("M1"), says("M1")),
        (replace(asked("M2"), question=MARKUP), replace(says("M1", text=MARKUP), trace={"判断": MARKUP})),
        (asked("M3", of="municipal"), refuses()),
        (replace(asked("M1"), id="F1", must_say=(("5月1日",),)), says("M1", confidence=0.6)),
        (replace(asked("M1"), id="X1"), Reply("Q1", 3.0, failure="连接被拒绝")),
        (unanswerable(), says("M1", "clarify")),
    ]
    return replace(report_of(pairs), changes=(WORSE, BY_CHANCE))


@pytest.fixture(scope="module")
def report() -> Report:
    return rich()


@pytest.fixture(scope="module")
def page(report: Report) -> html.HtmlElement:
    return html.document_fromstring(render(report))
