"""A candidate for the question bank as a reviewer sees it."""

import pytest

from tests.ui.web.cards import HOSTILE, site
from ui.web.wording import PAGE_LANGUAGES, PageLanguage

ASKED = {
    "question": "糕团店找谁",
    "suggested": ["hongkou-2025/M1"],
    "sources": ["hongkou-2025/M3"],
    "verdict": "wrong_measure",
    "proposed_by": "坐席一",
    "at": "2026-11-24T09:30:00Z",
}
DRAFTED = {**ASKED, "suggested": [], "verdict": None, "proposed_by": "语言模型 m"}


def test_one_that_was_answered_wrongly_shows_the_answer_and_what_is_proposed() -> None:
    html = site().render("candidate", found=ASKED, waiting=2)
    assert "原答复:hongkou-2025/M1(不采纳:举措不对)" in html
    assert "建议改为:hongkou-2025/M3" in html


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_one_that_was_drafted_says_that_nobody_has_asked_it(language: PageLanguage) -> None:
    html = site(language).render("candidate", found=DRAFTED, waiting=2)
    assert "语言模型 m" in html
    assert "hongkou-2025/M3" in html
    assert ("还没有人这样问过" if language == "zh" else "nobody has asked") in html
    assert "hongkou-2025/M1" not in html


def test_what_a_model_wrote_is_no_markup() -> None:
    assert HOSTILE not in site().render("candidate", found={**DRAFTED, "question": HOSTILE}, waiting=1)
