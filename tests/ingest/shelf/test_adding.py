"""A notice is added, updated and removed whole, with the index, or not at all."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ingest.corpus import load_corpus
from ingest.document import Document, Table, document_from_text
from ingest.errors import BadNoticeId, CorpusError, IngestBusy, LastNotice, NoticeError, Unaccepted, UnknownNotice
from ingest.index import open_index
from ingest.index.indexing import ingest, ingest_lock
from ingest.settings import Settings
from ingest.shelf.adding import Added, add, remove
from ingest.shelf.correction import Wanted
from ingest.shelf.folders import folders_of
from ingest.shelf.kept import keep_document, kept_document
from ingest.shelf.proposal import NO_WISHES, Proposal, propose, read_file
from ingest.shelf.stated import load_stated
from tests.ingest.notices import one_measure, three_measures, write_project_notice
from tests.ingest.uploads import DOUBTFUL_KEY, GUESSED_ID, ODD_LINE, RIGHT, TEXT, write_upload
from tests.progress import silent

QUESTIONS = ('{"source":"M1","question":"发票开不出来找谁?","origin":"test"}',)
OWN = "test-2025"


@pytest.fixture
def project(empty_project: Callable[[], Settings]) -> Settings:
    """A project with one small notice, ingested."""
    settings = empty_project()
    write_project_notice(settings.corpus_dir, three_measures(), QUESTIONS)
    ingest(settings, silent)
    return settings


def proposal(project: Settings, path: Path, notice_id: str = "", wanted: Wanted = NO_WISHES) -> Proposal:
    return propose(project, read_file(path), notice_id, wanted)


def added(project: Settings, path: Path, notice_id: str = "", wanted: Wanted = NO_WISHES) -> Added:
    (one,), _ = add(project, [proposal(project, path, notice_id, wanted)], silent)
    return one


def indexed(project: Settings) -> dict[str, list[str]]:
    """The titles of the measures in the index, by notice."""
    with closing(open_index(project)) as index:
        return {entry.id: [each.title for each in entry.notice.measures] for entry in index.corpus.notices}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_added_notice_is_kept_whole_and_indexed(project: Settings, tmp_path: Path) -> None:
    path = write_upload(tmp_path)
    assert added(project, path).refused is None
    folder = project.corpus_dir / GUESSED_ID
    assert (folder / "original.txt").read_bytes() == path.read_bytes()
    assert (folder / "notice.txt").read_text(encoding="utf-8") == TEXT
    stated = load_stated(folder)
    assert (stated.region, stated.year, stated.document_number) == ("上海市青浦区", 2026, "青府办〔2026〕5号")
    assert (stated.file, len(stated.accepted)) == (path.name, 1)
    assert indexed(project)[GUESSED_ID] == ["开办跨境直播基地", "培育海外仓企业", "组织出海培训"]
    assert len(indexed(project)) == 2


def test_the_same_file_again_changes_nothing(project: Settings, tmp_path: Path) -> None:
    path = write_upload(tmp_path)
    added(project, path)
    before = snapshot(project.corpus_dir)
    assert proposal(project, path).outcome == "unchanged"
    assert added(project, path).refused is None
    assert snapshot(project.corpus_dir) == before
    assert proposal(project, write_upload(tmp_path, name="副本.txt")).id == GUESSED_ID


def test_a_changed_file_updates_the_notice_and_leaves_nothing_stale(project: Settings, tmp_path: Path) -> None:
    added(project, write_upload(tmp_path))
    changed = write_upload(tmp_path, TEXT.replace("组织出海培训", "组织跨境培训"))
    assert proposal(project, changed).outcome == "update"
    added(project, changed)
    assert indexed(project)[GUESSED_ID][2] == "组织跨境培训"
    (kept,) = (project.data_dir / "removed").iterdir()
    assert "组织出海培训" in (kept / "notice.txt").read_text(encoding="utf-8")


def test_what_was_put_right_survives_a_new_file_and_a_new_index(project: Settings, tmp_path: Path) -> None:
    one = added(project, write_upload(tmp_path), wanted={DOUBTFUL_KEY: {"responsible": RIGHT}})
    assert one.refused is None
    added(project, write_upload(tmp_path, TEXT + "附:联系方式另行公布。\n"))
    shutil.rmtree(project.data_dir / "index")
    ingest(project, silent)
    assert load_corpus(project.corpus_dir).notice(GUESSED_ID).source(DOUBTFUL_KEY).responsible == RIGHT


def test_oddities_that_nobody_has_accepted_are_not_published(project: Settings, tmp_path: Path) -> None:
    before = snapshot(project.corpus_dir)
    (one,), _ = add(project, [proposal(project, write_upload(tmp_path))], silent, accept=())
    assert isinstance(one.refused, Unaccepted)
    assert f"第{ODD_LINE}行" in str(one.refused)
    assert snapshot(project.corpus_dir) == before
    assert list(indexed(project)) == [OWN]


def test_an_oddity_that_appears_later_stops_the_ingest_and_names_the_line(project: Settings, tmp_path: Path) -> None:
    added(project, write_upload(tmp_path))
    stated = project.corpus_dir / GUESSED_ID / "notice.toml"
    lines = stated.read_text(encoding="utf-8").splitlines()
    stated.write_text("\n".join(line for line in lines if not line.startswith("accepted")), encoding="utf-8")
    with pytest.raises(NoticeError, match=f"第{ODD_LINE}行"):
        ingest(project, silent)


def test_banked_questions_follow_their_measure_to_its_new_number(project: Settings, tmp_path: Path) -> None:
    written = three_measures()
    ((first, second),) = written.parts
    turned = type(written)([[second, first]], written.items)
    path = write_upload(tmp_path, turned.text())
    one = added(project, path, OWN)
    assert (one.refused, one.lost) == (None, 0)
    (banked,) = load_corpus(project.corpus_dir).notice(OWN).questions
    assert load_corpus(project.corpus_dir).notice(OWN).source(banked.source).title == "纳税服务"


def test_a_question_whose_measure_is_gone_is_said_to_be_lost(project: Settings, tmp_path: Path) -> None:
    path = write_upload(tmp_path, one_measure("外贸服务", "帮助企业拓展海外市场。").text())
    one = added(project, path, OWN)
    assert (one.refused, one.lost) == (None, 1)
    assert load_corpus(project.corpus_dir).notice(OWN).questions == ()


def test_a_removed_notice_is_gone_from_the_index_and_kept_aside(project: Settings, tmp_path: Path) -> None:
    path = write_upload(tmp_path)
    added(project, path)
    remove(project, GUESSED_ID, silent)
    assert list(indexed(project)) == [OWN]
    assert not (project.corpus_dir / GUESSED_ID).exists()
    (kept,) = (project.data_dir / "removed").iterdir()
    assert (kept / "original.txt").read_bytes() == path.read_bytes()
    with closing(open_index(project)) as index:
        texts = [text for each in index.segments for text in each.passages.get()["documents"] or []]
    assert not [text for text in texts if "海外仓" in text]


def test_what_is_not_there_or_the_last_one_cannot_be_removed(project: Settings) -> None:
    before = snapshot(project.corpus_dir)
    with pytest.raises(UnknownNotice, match=OWN):
        remove(project, GUESSED_ID, silent)
    with pytest.raises(LastNotice, match="最后一份"):
        remove(project, OWN, silent)
    with pytest.raises(UnknownNotice):
        remove(project, "../corpus", silent)
    assert snapshot(project.corpus_dir) == before


@pytest.mark.parametrize("notice_id", ["../evil", "/etc", "Hongkou-2025", "虹口", "a b", "-x", "a" * 64, "a/b", "."])
def test_an_id_is_never_a_path(project: Settings, tmp_path: Path, notice_id: str) -> None:
    with pytest.raises(BadNoticeId, match="编号"):
        proposal(project, write_upload(tmp_path), notice_id)


def test_without_region_an_id_must_be_given(project: Settings, tmp_path: Path) -> None:
    path = write_upload(tmp_path, TEXT.replace("上海市青浦区", "").replace("青浦区", ""))
    with pytest.raises(BadNoticeId, match="地区和年份"):
        proposal(project, path)
    assert proposal(project, path, wanted={"notice": {"region": "青浦区"}}).id == GUESSED_ID


def test_another_notice_of_the_same_place_and_year_gets_an_id_of_its_own(project: Settings, tmp_path: Path) -> None:
    added(project, write_upload(tmp_path))
    other = TEXT.replace("支持数字贸易发展", "促进文旅消费")
    assert proposal(project, write_upload(tmp_path, other, "文旅.txt")).id == f"{GUESSED_ID}-2"


def test_the_older_edition_of_its_series_is_proposed_as_superseded(project: Settings, tmp_path: Path) -> None:
    added(project, write_upload(tmp_path))
    newer = TEXT.replace("2026", "2027")
    assert proposal(project, write_upload(tmp_path, newer)).supersedes == GUESSED_ID
    added(project, write_upload(tmp_path, newer))
    assert load_corpus(project.corpus_dir).notice(GUESSED_ID).superseded_by == "qingpu-2027"


def test_while_an_ingest_runs_nothing_is_added(project: Settings, tmp_path: Path) -> None:
    one = proposal(project, write_upload(tmp_path))
    with ingest_lock(project), pytest.raises(IngestBusy):
        add(project, [one], silent)
    assert [folder.name for folder in folders_of(project.corpus_dir)] == [OWN]


def test_when_the_index_cannot_be_made_the_folders_are_as_they_were(project: Settings, tmp_path: Path) -> None:
    added(project, write_upload(tmp_path))
    broken = project.corpus_dir / OWN / "notice.toml"
    broken.write_text("title = ", encoding="utf-8")
    before = snapshot(project.corpus_dir)
    with pytest.raises(CorpusError, match="读不了"):
        remove(project, GUESSED_ID, silent)
    assert snapshot(project.corpus_dir) == before


def test_killed_at_any_moment_the_notice_is_the_old_one_or_the_new_one(project: Settings, tmp_path: Path) -> None:
    added(project, write_upload(tmp_path))
    old = (project.corpus_dir / GUESSED_ID / "notice.txt").read_bytes()
    new = TEXT.replace("组织出海培训", "组织跨境培训")
    path = write_upload(tmp_path, new)
    environment = {
        **os.environ,
        "POLICYQA_CORPUS_DIR": str(project.corpus_dir),
        "POLICYQA_DATA_DIR": str(project.data_dir),
    }
    command = [str(Path(sys.executable).with_name("policyqa")), "add", str(path), "--as", GUESSED_ID, "--yes"]
    for moment in (".staged", ".replaced"):
        run = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not (project.corpus_dir / moment).exists() and run.poll() is None:
            time.sleep(0.0005)
        run.send_signal(signal.SIGKILL)
        run.wait()
        (folder,) = (each for each in folders_of(project.corpus_dir) if each.name == GUESSED_ID)
        assert (folder / "notice.txt").read_bytes() in (old, new.encode())
        assert load_corpus(project.corpus_dir).notice(GUESSED_ID)
    assert added(project, path).refused is None
    assert indexed(project)[GUESSED_ID][2] == "组织跨境培训"
    assert [each.name for each in project.corpus_dir.iterdir() if each.name.startswith(".")] == []


def test_tables_of_a_document_are_kept_with_its_text(tmp_path: Path) -> None:
    read = document_from_text("标题\n甲\n乙\n丙\n丁\n\u2028尾")
    document = Document(read.text, read.lines, (Table(2, 5, (("甲", "乙"), ("丙", "丁"))),))
    keep_document(tmp_path, document)
    assert kept_document(tmp_path) == document
