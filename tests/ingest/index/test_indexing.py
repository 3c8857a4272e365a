"""The index on disk: incremental, atomic, and never half."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from ingest.corpus import load_corpus
from ingest.errors import IndexCorrupt, IndexMissing, IngestBusy, NoticeError
from ingest.glosses import Gloss, put_gloss
from ingest.index import Index, open_index
from ingest.index.indexing import IngestReport, ingest
from ingest.index.layout import current_version, index_dir, segment_dir, version_dir
from ingest.index.manifest import load_manifest
from ingest.settings import Settings
from tests.ingest.notices import three_measures, write_project_notice
from tests.progress import silent

QUESTIONS = [
    '{"source":"M1","question":"发票开不出来找谁?","origin":"test"}',
    '{"source":"M2","question":"打官司太慢怎么办?","origin":"test"}',
]


@pytest.fixture
def project(empty_project: Callable[[], Settings]) -> Settings:
    """A project with a small notice, ingested once."""
    settings = empty_project()
    write_project_notice(settings.corpus_dir, three_measures(), QUESTIONS)
    report = ingest(settings, silent)
    assert (report.created, report.updated, report.deleted, report.unchanged) == (passages(settings), 0, 0, 0)
    return settings


def passages(settings: Settings) -> int:
    with closing(open_index(settings)) as index:
        return sum(segment.passages.count() + segment.questions.count() for segment in index.segments)


def notice_file(settings: Settings) -> Path:
    return settings.corpus_dir / "test-2025" / "notice.txt"


def parts_of(settings: Settings) -> dict[str, Path]:
    """The folders of the version in use and of its only segment."""
    version = current_version(settings)
    (segment,) = load_manifest(version_dir(settings, version)).segments
    return {"version": version_dir(settings, version), "segment": segment_dir(settings, segment)}


def rewrite(settings: Settings, old: str, new: str) -> None:
    text = notice_file(settings).read_text(encoding="utf-8")
    assert old in text
    notice_file(settings).write_text(text.replace(old, new), encoding="utf-8")


def stored_texts(index: Index) -> set[str]:
    collections = (each for segment in index.segments for each in (segment.passages, segment.questions))
    return {text for collection in collections for text in collection.get()["documents"] or []}


def test_a_second_run_changes_nothing(project: Settings) -> None:
    version, total = current_version(project), passages(project)
    assert ingest(project, silent) == IngestReport(version, created=0, updated=0, deleted=0, unchanged=total)


def test_a_changed_measure_updates_only_its_own_passages(project: Settings) -> None:
    total = passages(project)
    rewrite(project, "设立仲裁服务中心。", "设立国际仲裁服务中心。")
    report = ingest(project, silent)
    # Its text and its one sentence.
    assert (report.created, report.updated, report.deleted, report.unchanged) == (0, 2, 0, total - 2)
    with closing(open_index(project)) as index:
        assert "设立国际仲裁服务中心。" in stored_texts(index)
        assert "设立仲裁服务中心。" not in stored_texts(index)
        assert index.corpus.source("test-2025/M2").text == "设立国际仲裁服务中心。"


def test_a_shortened_notice_leaves_nothing_stale(project: Settings) -> None:
    rewrite(project, "推广数字化电子发票。办税服务厅转型升级。", "推广数字化电子发票。")
    report = ingest(project, silent)
    assert (report.created, report.updated, report.deleted) == (0, 1, 1)
    with closing(open_index(project)) as index:
        assert not [text for text in stored_texts(index) if "办税服务厅" in text]
        assert passages(project) == sum(index.manifest.counts.values())


def test_a_banked_question_that_is_withdrawn_is_gone(project: Settings) -> None:
    write_project_notice(project.corpus_dir, three_measures(), QUESTIONS[:1])
    assert ingest(project, silent).deleted == 1
    with closing(open_index(project)) as index:
        (segment,) = index.segments
        assert segment.questions.get()["documents"] == ["发票开不出来找谁?"]
        assert not segment.bank.scores(["官司"]).any()


def test_an_approved_gloss_is_published_without_embedding_anything(project: Settings) -> None:
    version, total = current_version(project), passages(project)
    folder, notice = notice_file(project).parent, load_corpus(project.corpus_dir).notices[0].notice
    gloss = Gloss("设立仲裁服务中心。", "Set up a center.", "m gloss@1", "王审核", datetime(2026, 11, 24, tzinfo=UTC))
    put_gloss(folder, "en", notice, gloss)
    report = ingest(project, silent)
    assert (report.created, report.updated, report.deleted, report.unchanged) == (0, 0, 0, total)
    assert report.version != version
    with closing(open_index(project)) as index:
        assert index.corpus.notices[0].glosses["en"] == {gloss.sentence: gloss}


def test_a_notice_that_cannot_be_read_stops_the_run_and_the_old_index_stays_in_use(project: Settings) -> None:
    version = current_version(project)
    rewrite(project, "\n2.法律服务\n", "\n7.法律服务\n")
    with pytest.raises(NoticeError, match="应为第2,实为第7"):
        ingest(project, silent)
    assert current_version(project) == version
    assert passages(project)


def test_killed_in_the_middle_the_old_index_stays_and_the_next_run_succeeds(project: Settings) -> None:
    version = current_version(project)
    rewrite(project, "设立仲裁服务中心。", "设立国际仲裁服务中心。")
    environment = {
        **os.environ,
        "POLICYQA_CORPUS_DIR": str(project.corpus_dir),
        "POLICYQA_DATA_DIR": str(project.data_dir),
    }
    command = [str(Path(sys.executable).with_name("policyqa")), "ingest"]
    run = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not list(index_dir(project).rglob("*.building")):
        assert run.poll() is None, "ingest ended before it could be killed"
        time.sleep(0.002)
    run.send_signal(signal.SIGKILL)
    run.wait()

    assert current_version(project) == version
    with closing(open_index(project)) as index:
        assert "设立仲裁服务中心。" in stored_texts(index)
    assert ingest(project, silent).updated == 2
    assert not list(index_dir(project).rglob("*.building"))


def test_two_runs_at_once_do_not_meet(project: Settings) -> None:
    with FileLock(index_dir(project) / "ingest.lock"), pytest.raises(IngestBusy):
        ingest(project, silent)


def test_nothing_published_yet(empty_project: Callable[[], Settings]) -> None:
    with pytest.raises(IndexMissing, match="policyqa ingest"):
        open_index(empty_project())


@pytest.mark.parametrize(
    "file",
    [
        "manifest.json",
        "departments.toml",
        "segment/manifest.json",
        "segment/passages.json",
        "segment/lexicon/vocab.index.json",
        "segment/notices/test-2025.json",
        "segment/chroma/chroma.sqlite3",
    ],
)
@pytest.mark.parametrize("damage", ["cut", "removed"])
def test_a_damaged_index_is_recognised_and_the_next_run_repairs_it(project: Settings, file: str, damage: str) -> None:
    total = passages(project)
    path = parts_of(project)["segment" if file.startswith("segment/") else "version"] / file.removeprefix("segment/")
    if damage == "cut":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    else:
        path.unlink()
    with pytest.raises(IndexCorrupt, match="policyqa ingest"):
        open_index(project)
    assert ingest(project, silent).created == total
    assert passages(project) == total


def test_versions_that_no_reader_is_on_are_removed(project: Settings) -> None:
    for text in ("甲。", "乙。", "丙。"):
        shutil.copy(notice_file(project), notice_file(project).with_suffix(".bak"))
        rewrite(project, three_measures().measures[2].text, text)
        ingest(project, silent)
        shutil.move(notice_file(project).with_suffix(".bak"), notice_file(project))
    assert all(len(list((index_dir(project) / each).iterdir())) == 2 for each in ("versions", "segments"))
