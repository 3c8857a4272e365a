"""A backup and back: everything that cannot be made again, on the real corpus with its index."""

import shutil
import signal
import stat
import subprocess
import sys
import threading
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from api.backup import back_up, read_manifest, restore
from api.store import Store
from ingest.bank import ApprovedQuestion, save_approved
from ingest.corpus import APPROVED_FILE
from ingest.errors import BackupError, IngestBusy
from ingest.index import open_index
from ingest.index.indexing import ingest, ingest_lock
from ingest.index.layout import current_version, segment_dir, version_dir
from ingest.index.manifest import load_manifest
from ingest.replacement import STATEMENT
from ingest.settings import Settings, load_settings
from rag.chain import AnswerChain
from rag.turn import AskRequest
from tests.api.store.test_copying import contents, fill
from tests.api.store.test_store import NOW, TICKET
from tests.conftest import NOTICE_ID
from tests.progress import silent

REPORT = '{"report": "of the last evaluation"}'
APPROVED = ApprovedQuestion("M12", "想去越南开厂要备什么案", "审核一", NOW)


@pytest.fixture
def used(own_project: Settings) -> Settings:
    """A project that was worked with: tickets, decisions, keys, a batch, an approved question, a report."""
    with closing(Store(own_project.store)) as store:
        fill(store)
    (own_project.corpus_dir / NOTICE_ID / "kept").mkdir()
    (own_project.corpus_dir / NOTICE_ID / "kept" / "notice.docx").write_bytes(b"the original")
    own_project.evaluation_report.parent.mkdir()
    own_project.evaluation_report.write_text(REPORT, encoding="utf-8")
    return own_project


@pytest.fixture
def empty(settings: Settings, tmp_path: Path) -> Settings:
    """Where nothing is yet but the folders, and the encoder as ingest would build it."""
    corpus_dir, data_dir = tmp_path / "elsewhere" / "corpus", tmp_path / "elsewhere" / "data"
    corpus_dir.mkdir(parents=True)
    data_dir.mkdir()
    (data_dir / "models").symlink_to((settings.data_dir / "models").absolute())
    return Settings(corpus_dir=corpus_dir, data_dir=data_dir)


def corpus_files(settings: Settings) -> dict[str, bytes]:
    folder = settings.corpus_dir
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def first_source(settings: Settings) -> str:
    with closing(open_index(settings)) as index:
        return AnswerChain(index).answer(AskRequest("我们公司想去越南设厂,ODI备案找哪个部门?")).citations[0].id


def test_everything_is_there_again_in_an_empty_folder(used: Settings, empty: Settings, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    save_approved(used.corpus_dir / NOTICE_ID / APPROVED_FILE, [APPROVED])
    ingest(used, silent)
    taken = back_up(used, file)
    assert (taken.problems, taken.manifest.store) == ((), "sqlite")
    restored = restore(empty, file)
    assert (restored.kept, restored.remarks) == ((), ())
    assert restored.manifest == taken.manifest == read_manifest(file)
    assert contents(empty.store) == contents(used.store)
    assert corpus_files(empty) == corpus_files(used)
    assert empty.evaluation_report.read_text(encoding="utf-8") == REPORT
    assert current_version(empty) == current_version(used)
    assert first_source(empty) == f"{NOTICE_ID}/M12"
    with closing(open_index(empty)) as index:
        assert index.corpus.notice(NOTICE_ID).approved == (APPROVED,)
    assert ingest(empty, silent).version == current_version(used), "nothing is left to be indexed"
    assert {path.name for path in empty.data_dir.iterdir()} <= {
        *("index", "models", "evaluation", "store.db", "store.db.lock")
    }


def test_only_its_owner_may_read_a_backup_and_a_restored_store(used: Settings, empty: Settings, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    back_up(used, file)
    restore(empty, file)
    for path in (file, empty.data_dir / "store.db"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_was_there_before_is_kept(used: Settings, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    back_up(used, file)
    before = corpus_files(used)
    (used.corpus_dir / NOTICE_ID / APPROVED_FILE).write_text("later", encoding="utf-8")
    (used.corpus_dir / "later-2026").mkdir()
    (used.corpus_dir / "later-2026" / "notice.txt").write_text("later", encoding="utf-8")
    with closing(Store(used.store)) as store:
        store.exchanges.record(replace(TICKET, trace_id="later"))
    restored = restore(used, file)
    assert corpus_files(used) == before
    with closing(Store(used.store)) as store:
        assert [each.trace_id for each in store.exchanges.since(NOW)] == ["t1"]
    folder, kept_store = restored.kept
    assert (folder / "corpus" / "later-2026" / "notice.txt").read_text(encoding="utf-8") == "later"
    assert (folder / "corpus" / NOTICE_ID / APPROVED_FILE).read_text(encoding="utf-8") == "later"
    with closing(Store(f"sqlite:///{kept_store}")) as store:
        assert {each.trace_id for each in store.exchanges.since(NOW)} == {"t1", "later"}


def test_a_store_in_use_is_not_replaced_and_nothing_else_is(used: Settings, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    back_up(used, file)
    (used.corpus_dir / "later.txt").write_text("later", encoding="utf-8")
    before = corpus_files(used)
    with closing(Store(used.store)) as store:
        store.keys.all()
        with pytest.raises(BackupError, match="先停下服务"):
            restore(used, file)
        store.exchanges.record(replace(TICKET, trace_id="later"))
    assert corpus_files(used) == before


def test_a_backup_is_taken_while_exchanges_are_written(used: Settings, empty: Settings, tmp_path: Path) -> None:
    stop = threading.Event()
    confirmed: list[str] = []

    def work() -> None:
        with closing(Store(used.store)) as store:
            while not stop.is_set():
                store.exchanges.record(replace(TICKET, trace_id=f"n{len(confirmed)}"))
                confirmed.append(f"n{len(confirmed)}")

    thread = threading.Thread(target=work)
    thread.start()
    try:
        while len(confirmed) < 10:
            stop.wait(0.01)
        before = set(confirmed)
        back_up(used, tmp_path / "backup.zip")
    finally:
        stop.set()
        thread.join()
    restore(empty, tmp_path / "backup.zip")
    with closing(Store(empty.store)) as store:
        kept = {each.trace_id for each in store.exchanges.since(NOW)}
    assert before <= kept <= {*confirmed, "t1"}


def test_nothing_is_taken_while_an_ingest_runs(used: Settings, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    with ingest_lock(used), pytest.raises(IngestBusy):
        back_up(used, file)
    assert not file.exists()


def test_a_backup_is_not_written_over_a_file_nor_into_the_corpus_nor_where_nothing_can_be(
    used: Settings, tmp_path: Path
) -> None:
    (tmp_path / "notice.pdf").write_bytes(b"a notice")
    for file, said in (
        (tmp_path / "notice.pdf", "换一个文件名"),
        (used.corpus_dir / "backup.zip", "语料文件夹"),
        (tmp_path / "none" / "backup.zip", "写不进"),
    ):
        with pytest.raises(BackupError, match=said):
            back_up(used, file)
    assert (tmp_path / "notice.pdf").read_bytes() == b"a notice"
    assert not list(tmp_path.rglob("*.building"))


def test_an_index_that_is_damaged_is_left_out_and_that_is_said(used: Settings, empty: Settings, tmp_path: Path) -> None:
    (name,) = load_manifest(version_dir(used, current_version(used))).segments
    shutil.rmtree(segment_dir(used, name) / "chroma")
    taken = back_up(used, tmp_path / "backup.zip")
    assert taken.manifest.index is None
    assert "没有索引" in taken.problems[0]
    restored = restore(empty, tmp_path / "backup.zip")
    assert "policyqa ingest" in restored.remarks[0]
    assert contents(empty.store) == contents(used.store)


def test_an_index_whose_vectors_are_on_a_server_is_left_to_be_built_anew(used: Settings, tmp_path: Path) -> None:
    taken = back_up(used.model_copy(update={"chroma_url": "http://127.0.0.1:9"}), tmp_path / "backup.zip")
    assert (taken.manifest.index, taken.problems) == (None, ())
    assert "Chroma" in taken.remarks[0]


def test_a_damaged_index_is_replaced_by_the_one_of_the_backup(used: Settings, tmp_path: Path) -> None:
    back_up(used, tmp_path / "backup.zip")
    (name,) = load_manifest(version_dir(used, current_version(used))).segments
    shutil.rmtree(segment_dir(used, name) / "chroma")
    restore(used, tmp_path / "backup.zip")
    assert first_source(used) == f"{NOTICE_ID}/M12"


def test_a_project_that_was_never_used_has_a_backup_without_store(own_project: Settings, tmp_path: Path) -> None:
    taken = back_up(own_project, tmp_path / "backup.zip")
    assert taken.manifest.store is None
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        assert "store.db" not in archive.namelist()


KILLED = """
import os, signal, sys
from pathlib import Path
import api.backup.restoring as restoring
from ingest.settings import load_settings
setattr(restoring, sys.argv[1], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
restoring.restore(load_settings(), Path(sys.argv[2]))
"""


@pytest.mark.parametrize(("where", "is_new"), [("state", False), ("finish", True)])
def test_one_that_is_killed_leaves_the_old_state_or_the_next_command_makes_the_new_one(
    where: str, is_new: bool, used: Settings, empty: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(used, tmp_path / "backup.zip")
    (empty.corpus_dir / "departments.toml").write_text("old", encoding="utf-8")
    with closing(Store(empty.store)) as store:
        store.keys.add("旧", "agent", "管理员", NOW)
    monkeypatch.setenv("POLICYQA_CORPUS_DIR", str(empty.corpus_dir))
    monkeypatch.setenv("POLICYQA_DATA_DIR", str(empty.data_dir))
    command = [sys.executable, "-c", KILLED, where, str(tmp_path / "backup.zip")]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    # As every command begins.
    load_settings()
    with closing(Store(empty.store)) as store:
        assert [key.name for key in store.keys.all()] == (["王坐席", "李审核"] if is_new else ["旧"])
    found = (empty.corpus_dir / "departments.toml").read_bytes()
    assert (found == b"old") == (not is_new)
    if is_new:
        assert first_source(empty) == f"{NOTICE_ID}/M12"
        assert not (empty.data_dir / STATEMENT).exists()
        assert corpus_files(empty).keys() >= corpus_files(used).keys()
