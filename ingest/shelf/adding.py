"""Adding and removing notices: the folder of the corpus and the index change together, or neither does."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.corpus import Corpus, CorpusNotice, load_notice
from ingest.departments import DepartmentRegister
from ingest.errors import CorpusError, LastNotice, PolicyQAError, Unaccepted, UnknownNotice
from ingest.index.indexing import IngestReport, ingest_lock, update_index
from ingest.index.layout import DEPARTMENTS
from ingest.progress import Progress, track
from ingest.register_file import load_departments
from ingest.settings import Settings
from ingest.shelf.carrying import carry_over
from ingest.shelf.correction_file import save_corrections
from ingest.shelf.folders import exchanged, folders_of, settle, stage
from ingest.shelf.kept import keep_document
from ingest.shelf.proposal import Proposal
from ingest.shelf.stated import save_stated
from ingest.succession import Changes, changes

ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one proposal. ``lost``: so many banked questions and glosses were about what is gone.

    ``refused`` says why it was not published; nothing was changed then.
    """

    proposal: Proposal
    lost: int = 0
    refused: PolicyQAError | None = None


def add(
    settings: Settings,
    proposals: Sequence[Proposal],
    progress: Progress,
    accept: Collection[str] | None = None,
) -> tuple[tuple[Added, ...], IngestReport]:
    """Publish what is proposed, all that can be, and index it, once.

    ``accept`` are the messages of the oddities that the operator has looked at; None: all of them. One that is refused
    (Unaccepted, NoticeError, CorpusError, …) does not stop the others. Raises IngestBusy; CorpusError if the corpus
    cannot be written or indexed, and then everything is as it was.
    """
    with _changing(settings):
        added = tuple(_stage(settings, each, accept) for each in track(proposals, "整理通知", progress))
        put = [each.proposal.id for each in added if not each.refused and each.proposal.outcome != "unchanged"]
        with exchanged(settings, put):
            return added, update_index(settings, progress)


def remove(settings: Settings, notice_id: str, progress: Progress) -> IngestReport:
    """Take a notice away, and out of the index; its folder is kept in the data folder.

    Raises UnknownNotice, IngestBusy, and LastNotice; then everything is as it was.
    """
    with _changing(settings):
        known = [folder.name for folder in folders_of(settings.corpus_dir)]
        if notice_id not in known:
            raise UnknownNotice(f"没有编号为“{notice_id[:80]}”的通知。", f"现有通知:{'、'.join(known)}。")
        if len(known) == 1:
            raise LastNotice(f"{notice_id} 是最后一份通知,不能移去。", "请先添加另一份。")
        with exchanged(settings, (), [notice_id]):
            return update_index(settings, progress)


def what_changes(settings: Settings, proposal: Proposal) -> Changes | None:
    """What would become of the measures of the notice that is there now; None if there is none that can be read."""
    folder = settings.corpus_dir / proposal.id
    if proposal.before is None:
        return None
    departments = load_departments(settings.corpus_dir / DEPARTMENTS)
    try:
        older = load_notice(folder, departments)
    except PolicyQAError:
        return None
    return _changes(older, proposal, departments)


def _changes(older: CorpusNotice, proposal: Proposal, departments: DepartmentRegister) -> Changes:
    register = Corpus((older,), departments).register_of(older)
    return changes(older.notice, proposal.parsed.notice, register)


@contextmanager
def _changing(settings: Settings) -> Iterator[None]:
    try:
        with ingest_lock(settings):
            settle(settings.corpus_dir)
            yield
    except OSError as error:
        where = Path(error.filename).name if error.filename else "磁盘"
        raise CorpusError(f"语料文件夹写不了({where}):{error.strerror}。", "请检查权限和剩余空间后再试。") from error


def _stage(settings: Settings, proposal: Proposal, accept: Collection[str] | None) -> Added:
    if proposal.outcome == "unchanged":
        return Added(proposal)
    try:
        return Added(proposal, _write(settings, proposal, accept))
    except PolicyQAError as error:
        return Added(proposal, refused=error)


def _write(settings: Settings, proposal: Proposal, accept: Collection[str] | None) -> int:
    """Make the folder and see that it can be loaded; returns how many banked questions and glosses were lost."""
    accepted = [
        *proposal.stated.accepted,
        *(each.message for each in proposal.open_oddities if accept is None or each.message in accept),
    ]
    for oddity in proposal.open_oddities:
        if oddity.message not in accepted:
            raise Unaccepted(f"第{oddity.line}行:{oddity.message}", "请核对原文,更正或确认无误后再发布。")
    messages = {each.message for each in proposal.parsed.oddities}
    found = what_changes(settings, proposal)
    folder = stage(settings.corpus_dir, proposal.id)
    for path in folder.glob(f"{ORIGINAL}.*"):
        path.unlink()
    (folder / _original_name(proposal.reading.name)).write_bytes(proposal.reading.content)
    keep_document(folder, proposal.reading.document)
    save_stated(folder, replace(proposal.stated, accepted=tuple(dict.fromkeys(m for m in accepted if m in messages))))
    save_corrections(folder, proposal.corrections)
    lost = carry_over(folder, found, proposal.parsed.notice) if found else 0
    loaded = load_notice(folder, load_departments(settings.corpus_dir / DEPARTMENTS))
    if len(loaded.notice.sources) != len(proposal.parsed.notice.sources):
        raise CorpusError(f"{proposal.reading.name} 存下后再读,读到的条数不同。", "请把文件另存为文本后再试。")
    return lost


def _original_name(name: str) -> str:
    """``original`` with the ending of the file's name, if that is a plain one."""
    ending = Path(name).suffix.lower().removeprefix(".")
    return f"{ORIGINAL}.{ending if ending.isascii() and ending.isalnum() and len(ending) <= 8 else 'bin'}"
