"""policyqa doctor in a terminal."""

import json
import os
import socket
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest.settings import Settings
from tests.ui.cli.projects import enter_project
from tests.ui.cli.test_app import POLICYQA
from ui.cli.app import app


@pytest.fixture
def port() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


def test_a_project_that_is_well_exits_0_and_a_broken_one_1_with_the_remedy(
    settings: Settings, tmp_path: Path, port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = enter_project(settings, tmp_path, monkeypatch)
    well = CliRunner().invoke(app, ["doctor", "--port", port])
    assert well.exit_code == 0, well.output
    assert "一切正常" in well.output
    (project.data_dir / "index" / "current").unlink()
    broken = CliRunner().invoke(app, ["doctor", "--json", "--port", port])
    assert broken.exit_code == 1
    checks = {each["subject"]: each for each in json.loads(broken.stdout)["checks"]}
    assert checks["索引"] == {
        "subject": "索引",
        "state": "failed",
        "seen": "索引还没有建立。",
        "remedy": "请运行 policyqa ingest。",
    }
    assert checks["端口"]["state"] == "ok"


def test_settings_that_are_wrong_are_one_line_and_exit_2(tmp_path: Path) -> None:
    environment = {**os.environ, "POLICYQA_FOO": "1"}
    run = subprocess.run(
        [POLICYQA, "doctor"], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr.count("\n"), run.stdout) == (2, 1, "")
    assert "POLICYQA_FOO" in run.stderr
