from dataclasses import replace
from pathlib import Path

import pytest

from eval.reporting.readme import FIGURES, READMES, accuracy_table, drawn_table, publish
from ingest.settings import PROJECT_DIR
from tests.eval.items import asked, says
from tests.eval.reports import report_of


@pytest.mark.parametrize("readme", READMES)
def test_the_table_is_drawn_from_the_kept_figures(readme: str) -> None:
    drawn = drawn_table(PROJECT_DIR / readme)
    assert drawn.count("\n") > 15
    assert drawn == accuracy_table(PROJECT_DIR / FIGURES, READMES[readme])


def test_publishing_another_report_changes_figures_and_tables(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in READMES:
        (tmp_path / name).write_text("前\n<!-- accuracy -->\n旧的\n<!-- /accuracy -->\n后\n", encoding="utf-8")
    report = report_of([(asked("M1"), says("M1")), (asked("M2", id="Q2"), says("M1", id="Q2"))])
    publish(replace(report, at="2026-11-29T00:00:00+00:00"), tmp_path)
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert text.startswith("前\n<!-- accuracy -->\n测试集 2 题")
    assert text.endswith("<!-- /accuracy -->\n后\n")
    assert "旧的" not in text
    assert "| 正确出处排第一 | 2 | **0.500**" in text
    assert "right source first" in (tmp_path / "README.en.md").read_text(encoding="utf-8")
