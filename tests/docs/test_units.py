"""The systemd units: sound, closed off, and their commands run in the places that they name."""

import re
import shlex
import subprocess
from pathlib import Path

import httpx
import pytest

from ingest.settings import PROJECT_DIR
from tests.docs.conftest import Site
from tests.docs.layout import DEPLOY, tool, unit

UNITS = sorted(path.name for path in DEPLOY.glob("*.service"))
MOST_EXPOSED = 1.5
"""On systemd's scale from 0 (closed) to 10; a unit without any hardening has 9.6."""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units and timers as they would lie on a machine whose programs are this project's."""
    for path in (*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")):
        text = path.read_text(encoding="utf-8").replace("/opt/policyqa/", f"{PROJECT_DIR}/")
        (tmp_path / path.name.replace("@.", "@8001.")).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", [*UNITS, *sorted(path.name for path in DEPLOY.glob("*.timer"))])
def test_systemd_finds_no_fault_in_a_unit(installed: Path, name: str) -> None:
    verified = subprocess.run(
        [tool("systemd-analyze"), "verify", str(installed / name.replace("@.", "@8001."))],
        capture_output=True,
        text=True,
    )
    assert (verified.returncode, verified.stderr) == (0, "")


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_is_closed_off(name: str) -> None:
    command = [tool("systemd-analyze"), "security", "--offline=true", "--no-pager", str(DEPLOY / name)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", told)
    assert exposure
    assert float(exposure[1]) <= MOST_EXPOSED, told


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_starts_a_command_that_exists(name: str) -> None:
    (stated,) = (value for key, value in unit(name) if key == "ExecStart")
    started = re.search(r"/opt/policyqa/\.venv/bin/policyqa (\w+)", stated)
    assert started
    helped = subprocess.run([tool("policyqa"), started[1], "--help"], capture_output=True, text=True)
    assert helped.returncode == 0, helped.stderr


def test_the_service_answers_where_the_unit_puts_it(site: Site) -> None:
    asked = httpx.post(f"http://127.0.0.1:{site.unit_port}/v1/ask", json={"question": "第23条是什么"}, timeout=30)
    assert asked.json()["status"] == "answered"


def test_the_command_that_updates_the_index_runs_where_the_unit_puts_it(site: Site) -> None:
    (stated,) = (value for key, value in unit("policyqa-ingest.service") if key == "ExecStart")
    done = site.unit.run(*stated.split())
    assert done.returncode == 0, done.stderr


def test_the_daily_backup_runs_where_the_unit_puts_it(site: Site) -> None:
    assert site.unit.run("mkdir", "-p", "/var/lib/policyqa/backups").returncode == 0
    (stated,) = (value for key, value in unit("policyqa-backup.service") if key == "ExecStart")
    done = site.unit.run(*shlex.split(stated.replace("%%", "%")))
    assert done.returncode == 0, done.stdout + done.stderr
    assert site.unit.run("sh", "-c", "test -s /var/lib/policyqa/backups/2*.zip").returncode == 0


def test_the_service_can_write_nowhere_but_in_its_own_folders(site: Site) -> None:
    for folder in ("/opt/policyqa", "/var/lib", "/etc", "/"):
        assert site.unit.run("touch", f"{folder}/written").returncode != 0
    assert site.unit.run("touch", "/var/lib/policyqa/written").returncode == 0
