"""policyqa ingest killed at every step: who reads sees the old version or the new one, and the next run succeeds."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing

import pytest

from ingest.index import open_index
from ingest.index.indexing import ingest
from ingest.index.layout import current_version, index_dir, version_dir
from ingest.settings import Settings
from tests.conftest import copy_project
from tests.ingest.notices import three_measures, write_project_notice
from tests.progress import silent

OLD, NEW = "设立仲裁服务中心。", "设立国际仲裁服务中心。"
STEPS = {
    "ingest.index.building.fill": OLD,
    "ingest.index.building.seal": OLD,
    "ingest.index.building.open_segment": OLD,
    "ingest.index.indexing.write_atomically": OLD,
    "ingest.index.indexing._clear_away": NEW,
}
"""Where it is killed, and what is served then."""

SIGNALS = ("SIGKILL", "SIGTERM")
KILLED = """
import importlib, os, signal, sys
from pathlib import Path
import jieba
from ingest.index.indexing import ingest
from ingest.settings import Settings

jieba.initialize()
for folder in map(Path, sys.argv[1:]):
    killed = os.fork()
    if not killed:
        step, name = folder.name.split("+")
        module, _, function = step.rpartition(".")
        end = lambda *_: os.kill(os.getpid(), getattr(signal, name))
        setattr(importlib.import_module(module), function, end)
        ingest(Settings(corpus_dir=folder / "corpus", data_dir=folder / "data"), lambda *_: None)
        os._exit(0)
    print(-os.waitstatus_to_exitcode(os.waitpid(killed, 0)[1]), flush=True)
"""
"""One process that forks before it has threads, for loading the program takes much longer than a small ingest."""


@pytest.fixture(scope="module")
def killed(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Settings]:
    """The project after an ingest that was killed at a step by a signal."""
    folder = tmp_path_factory.mktemp("kills")
    (folder / "small").mkdir()
    small = Settings(corpus_dir=folder / "small", data_dir=folder / "index")
    shutil.copy(settings.corpus_dir / "departments.toml", small.corpus_dir)
    small.data_dir.mkdir()
    (small.data_dir / "models").symlink_to((settings.data_dir / "models").absolute())
    notice = write_project_notice(small.corpus_dir, three_measures()) / "notice.txt"
    ingest(small, silent)
    notice.write_text(notice.read_text(encoding="utf-8").replace(OLD, NEW), encoding="utf-8")
    projects: dict[tuple[str, str], Settings] = {}
    for step in STEPS:
        # What a signal is caught by, if by anything, is the same at every step.
        for signal in SIGNALS[: 2 if step.endswith("fill") else 1]:
            place = folder / f"{step}+{signal}"
            place.mkdir()
            projects[step, signal] = copy_project(small, place)
    command = [sys.executable, "-c", KILLED, *(str(each.corpus_dir.parent) for each in projects.values())]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    assert run.stdout.split() == [{"SIGKILL": "9", "SIGTERM": "15"}[signal] for _, signal in projects], run.stderr
    return lambda step, signal: projects[step, signal]


def text_of(project: Settings) -> str:
    with closing(open_index(project)) as index:
        return index.corpus.source("test-2025/M2").text


@pytest.mark.parametrize(
    ("step", "signal"), [*((step, "SIGKILL") for step in STEPS), ("ingest.index.building.fill", "SIGTERM")]
)
def test_ingest_that_is_killed_loses_nothing_and_the_next_run_succeeds(
    step: str, signal: str, killed: Callable[[str, str], Settings]
) -> None:
    project = killed(step, signal)
    assert text_of(project) == STEPS[step]
    ingest(project, silent)
    assert text_of(project) == NEW
    assert not list(index_dir(project).rglob("*.building"))


def test_a_version_that_stands_is_not_replaced_by_itself(killed: Callable[[str, str], Settings]) -> None:
    project = killed("ingest.index.indexing._clear_away", "SIGKILL")
    manifest = version_dir(project, current_version(project)) / "manifest.json"
    ingest(project, silent)
    before = manifest.stat()
    ingest(project, silent)
    assert manifest.stat() == before
