"""policyqa assist in a terminal: killed in the middle, nothing confirmed is lost, and the same table goes on."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from api.sheet import read_sheet
from ingest.settings import Settings

TICKETS = 400
LIMIT_S = 60


@pytest.fixture
def environment(settings: Settings, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "POLICYQA_CORPUS_DIR": str(settings.corpus_dir),
        "POLICYQA_DATA_DIR": str(settings.data_dir),
        "POLICYQA_STORE_URL": f"sqlite:///{tmp_path / 'store.db'}",
    }


def command(folder: Path) -> list[str]:
    policyqa = str(Path(sys.executable).with_name("policyqa"))
    return [policyqa, "assist", str(folder / "tickets.csv"), "-o", str(folder / "answers.csv")]


def confirmed(folder: Path) -> dict[int, str]:
    """The rows that are kept, by number; none while there are no tables yet."""
    try:
        with closing(sqlite3.connect(f"file:{folder / 'store.db'}?mode=ro", uri=True)) as connection:
            return dict(connection.execute("SELECT number, result FROM batch_rows"))
    except sqlite3.OperationalError:
        return {}


def test_a_killed_batch_loses_nothing_and_goes_on(environment: dict[str, str], tmp_path: Path) -> None:
    rows = "".join(f"HK-{number},第{number}件:公司境外投资备案找哪个部门?\n" for number in range(TICKETS))
    (tmp_path / "tickets.csv").write_text(f"工单编号,工单内容\n{rows}", encoding="utf-8")
    with subprocess.Popen(command(tmp_path), env=environment, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + LIMIT_S
        while not confirmed(tmp_path):
            assert process.poll() is None, "the batch ended before it could be killed"
            assert time.monotonic() < deadline, "no row was confirmed in time"
            time.sleep(0.05)
        process.kill()
    kept = confirmed(tmp_path)
    assert 0 < len(kept) < TICKETS
    assert not (tmp_path / "answers.csv").exists()

    subprocess.run(command(tmp_path), env=environment, check=True, capture_output=True)
    assert kept.items() <= confirmed(tmp_path).items()
    answers = read_sheet("answers.csv", (tmp_path / "answers.csv").read_bytes())
    assert [row.cells[0] for row in answers.rows] == [f"HK-{number}" for number in range(TICKETS)]
