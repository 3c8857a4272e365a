import json
from pathlib import Path

import pytest

from eval.other_notices.parsing import NOTICES, Score, Tally, score

PATHS = sorted(path for path in NOTICES.glob("*.txt") if path.with_suffix(".json").exists())


@pytest.fixture(scope="module")
def scores() -> list[Score]:
    return [score(path) for path in PATHS]


def test_real_notices_of_other_governments_are_read(scores: list[Score]) -> None:
    """The targets of the project: measures with number and title at least 0.98, departments F1 at least 0.95."""
    assert len(scores) >= 9
    true = sum(each.true for each in scores)
    assert sum(each.titled for each in scores) / max(true, sum(each.read for each in scores)) >= 0.98
    assert sum((each.names for each in scores), Tally()).f1 >= 0.95


def test_no_department_is_invented(scores: list[Score]) -> None:
    assert [each.invented for each in scores if each.invented] == []


def test_a_miss_is_counted_and_named(tmp_path: Path) -> None:
    path = tmp_path / PATHS[0].name
    path.write_text(PATHS[0].read_text(encoding="utf-8"), encoding="utf-8")
    truth = json.loads(PATHS[0].with_suffix(".json").read_text(encoding="utf-8"))
    truth["measures"][0]["lead"] = ["区公安局"]
    truth["measures"][1]["title"] = "别的标题"
    truth["measures"].append({"number": 99, "title": "没有的", "lead": [], "cooperating": [], "responsible": []})
    path.with_suffix(".json").write_text(json.dumps(truth), encoding="utf-8")
    found = score(path)
    assert found.found < 0.95
    assert found.roles["lead"].f1 < 1.0
    assert [miss[:4] for miss in found.misses] == ["第99条", "第1条l", "第2条标"]


def test_a_notice_that_cannot_be_read_scores_nothing(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("今天天气很好。", encoding="utf-8")
    path.with_suffix(".json").write_text(PATHS[0].with_suffix(".json").read_text(encoding="utf-8"), encoding="utf-8")
    assert score(path).found == 0.0
    assert score(path).names.f1 == 0.0
