"""policyqa assist killed at its steps: what was confirmed is kept and not worked through again, the rest follows."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from api.batch import STEP
from api.sheet import read_sheet
from ingest.index.indexing import ingest
from ingest.settings import Settings
from tests.ingest.notices import three_measures, write_project_notice
from tests.progress import silent
from ui.cli.assisting import run_assist

ROWS = 2 * STEP + 5
STEPS = {"before the first rows": 0, "between rows": STEP, "before the end": ROWS, "before the table": ROWS}
"""When it is killed, and how many rows are confirmed by then."""

KILLED = """
import os, signal, sys
from pathlib import Path
import jieba
import ui.cli.assisting as assisting
from api.store.batches import Batches

save, saved = Batches.save, []

def end(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def save_once(*given):
    end() if saved else saved.append(save(*given))

jieba.initialize()
folder = Path(sys.argv[1])
for step in sys.argv[2:]:
    killed = os.fork()
    if not killed:
        os.environ["POLICYQA_STORE_URL"] = f"sqlite:///{folder / step}.db"
        if step == "before the first rows":
            Batches.save = end
        elif step == "between rows":
            Batches.save = save_once
        elif step == "before the end":
            Batches.finish = end
        else:
            assisting.batch_table = end
        assisting.run_assist(folder / "tickets.csv", folder / f"{step}.csv", None)
        os._exit(0)
    print(-os.waitstatus_to_exitcode(os.waitpid(killed, 0)[1]), flush=True)
"""
"""One process that forks before it has threads, for loading the program takes longer than a small batch."""


@pytest.fixture(scope="module")
def folder(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tickets, a small project, and for each step the store that a run killed there has left."""
    folder = tmp_path_factory.mktemp("batches")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "departments.toml").write_bytes((settings.corpus_dir / "departments.toml").read_bytes())
    (folder / "data").mkdir()
    (folder / "data" / "models").symlink_to((settings.data_dir / "models").absolute())
    write_project_notice(folder / "corpus", three_measures())
    ingest(Settings(corpus_dir=folder / "corpus", data_dir=folder / "data"), silent)
    rows = "".join(f"HK-{number},第{number}件:发票开不出来找哪个部门?\n" for number in range(ROWS))
    (folder / "tickets.csv").write_text(f"工单编号,工单内容\n{rows}", encoding="utf-8")
    command = [sys.executable, "-c", KILLED, str(folder), *STEPS]
    run = subprocess.run(command, env=_environment(folder), check=True, capture_output=True, text=True)
    assert run.stdout.split() == ["9"] * len(STEPS), run.stderr
    return folder


def _environment(folder: Path) -> dict[str, str]:
    own = {"POLICYQA_CORPUS_DIR": str(folder / "corpus"), "POLICYQA_DATA_DIR": str(folder / "data")}
    return os.environ | own


@pytest.mark.parametrize("step", STEPS)
def test_a_batch_that_is_killed_keeps_what_was_confirmed_and_goes_on(
    step: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed = kept(folder, step)
    assert len(confirmed) == STEPS[step]
    assert not (folder / f"{step}.csv").exists()
    for name, value in _environment(folder).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("POLICYQA_STORE_URL", f"sqlite:///{folder / step}.db")
    run_assist(folder / "tickets.csv", folder / f"{step}.csv", None)
    assert confirmed.items() <= kept(folder, step).items()
    answers = read_sheet("answers.csv", (folder / f"{step}.csv").read_bytes())
    assert [row.cells[0] for row in answers.rows] == [f"HK-{number}" for number in range(ROWS)]


def kept(folder: Path, step: str) -> dict[int, object]:
    """The rows of the only batch in a store, by number."""
    with closing(sqlite3.connect(folder / f"{step}.db")) as connection:
        return dict(connection.execute("SELECT number, result FROM batch_rows"))
