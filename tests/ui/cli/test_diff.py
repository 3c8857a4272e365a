"""policyqa diff: two years side by side, by id or from files."""

import json
from pathlib import Path

import pytest

from ingest.settings import Settings
from tests.ingest.years import NEWER, OLDER
from tests.ui.cli.projects import run
from tests.ui.cli.test_app import policyqa


@pytest.fixture(autouse=True)
def _project(two_years: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_CORPUS_DIR", str(two_years.corpus_dir))
    monkeypatch.setenv("POLICYQA_DATA_DIR", str(two_years.data_dir))


def file_of(project: Settings, notice_id: str) -> str:
    return str(project.corpus_dir / notice_id / "notice.txt")


def test_added_dropped_and_changed_lead_are_listed_with_both_versions() -> None:
    said = run("diff", OLDER, NEWER)
    assert "新增(1 条)\n  M1 数据服务 —— 区数据局" in said
    assert "取消(1 条)\n  M4 会展服务 —— 区商务委" in said
    assert "牵头单位有变(1 条)\n  M3→M4 外贸服务:区商务委 → 区数据局" in said
    assert "配合责任单位有变(1 条)\n  M2→M3 法律服务:区法院 → 区数据局" in said
    assert "- 为企业提供商事调解。\n    + 为企业提供商事调解和法律体检。" in said
    assert "其余 2 条没有变化" in said


def test_json_is_the_response_of_the_api(two_years: Settings) -> None:
    changes = json.loads(run("diff", OLDER, NEWER, "--json"))
    assert [source["id"] for source in changes["added"]] == [f"{NEWER}/M1"]
    assert changes["changed"][-1]["older"]["lead"] == ["区商务委"]
    assert changes["changed"][-1]["newer"]["previous"]["id"] == f"{OLDER}/M3"


def test_files_are_compared_as_loaded_notices_are_and_with_them(two_years: Settings) -> None:
    loaded = run("diff", OLDER, NEWER)
    assert run("diff", file_of(two_years, OLDER), file_of(two_years, NEWER)) == loaded
    assert run("diff", OLDER, file_of(two_years, NEWER)) == loaded


def test_two_files_need_no_corpus(two_years: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_CORPUS_DIR", str(tmp_path))
    assert "M3→M4 外贸服务:区商务委 → 区数据局" in run("diff", *(file_of(two_years, each) for each in (OLDER, NEWER)))


def test_a_notice_against_itself_has_nothing_to_tell() -> None:
    said = run("diff", NEWER, NEWER)
    assert "有变(" not in said
    assert "其余 5 条没有变化" in said


def test_what_is_neither_a_notice_nor_a_file_exits_2_and_says_what_there_is(two_years: Settings) -> None:
    failed = policyqa("diff", OLDER, "test-1999", project=two_years)
    assert failed.returncode == 2
    assert failed.stderr.count("\n") == 1
    assert "test-1999" in failed.stderr
    assert NEWER in failed.stderr


def test_a_file_that_was_not_read_without_doubt_is_compared_and_exits_1(two_years: Settings, tmp_path: Path) -> None:
    text = Path(file_of(two_years, NEWER)).read_text(encoding="utf-8")
    broken = tmp_path / "draft.txt"
    broken.write_text(text.replace("(牵头单位:区税务局)", "", 1).replace("2025年3月7日", ""), encoding="utf-8")
    compared = policyqa("diff", OLDER, str(broken), "--json", project=two_years)
    assert compared.returncode == 1
    newer = json.loads(compared.stdout)["newer"]
    assert (newer["id"], newer["issued_on"]) == ("draft", None)
    assert "draft.txt 第" in compared.stderr
