"""policyqa ingest while another one runs."""

import sys
from collections.abc import Callable

import pytest

from ingest.index.indexing import ingest_lock
from ingest.settings import Settings
from ui.cli.app import main


def test_of_two_ingests_at_once_the_second_ends_with_2_and_says_so_in_one_line(
    empty_project: Callable[[], Settings], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = empty_project()
    monkeypatch.setenv("POLICYQA_CORPUS_DIR", str(project.corpus_dir))
    monkeypatch.setenv("POLICYQA_DATA_DIR", str(project.data_dir))
    monkeypatch.setattr(sys, "argv", ["policyqa", "ingest"])
    with ingest_lock(project), pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    said = [line for line in capsys.readouterr().err.splitlines() if line.strip()]
    assert said == ["policyqa: 另一个 ingest 正在运行。 请等它结束后再试。"]
