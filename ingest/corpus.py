"""The corpus on disk: one folder per notice, one register of departments for all."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from ingest.bank import OUTSIDE, ApprovedQuestion, BankedQuestion, load_approved, load_questions
from ingest.contacts import Contact, load_contacts
from ingest.departments import Department, DepartmentRegister
from ingest.errors import CorpusError, NoticeError, UnknownNotice, UnknownSource
from ingest.glosses import GLOSS_LANGUAGES, Gloss, GlossLanguage, approved_glosses
from ingest.notice import Notice, Source
from ingest.parser import parse
from ingest.place import Region
from ingest.register_file import load_departments
from ingest.registers import RegionalNotice, Registers, registers_of
from ingest.shelf.correction_file import load_corrections
from ingest.shelf.corrections import apply
from ingest.shelf.folders import folders_of
from ingest.shelf.kept import kept_document
from ingest.shelf.stated import Stated, load_stated

APPROVED_FILE = "approved.jsonl"
_REQUIRED = ("title", "issuer", "issued_on")
_COMPARED = (*_REQUIRED, "document_number", "year")
"""Facts that are both stated and read; the region is the operator's to state."""


@dataclass(frozen=True)
class CorpusNotice:
    """A parsed notice with its id (the folder's name), region, and question bank.

    ``outside`` are questions that people bring and the notice does not deal with; ``approved`` those, of real use or
    drafted, that a reviewer approved; ``contacts`` how to reach departments, by canonical name, as far as the operator
    filled it in; ``glosses`` the translations of its sentences that a reviewer approved, by language and sentence;
    ``departments`` what the operator states of its region's departments, where nothing else is known of them.
    ``supersedes`` is the id of the older notice of the same series that this one replaces, whether that is loaded or
    not; ``superseded_by``, set by the corpus, the id of the loaded one that replaces this one; both empty if none does.
    """

    id: str
    region: str
    notice: Notice
    questions: tuple[BankedQuestion, ...]
    outside: tuple[BankedQuestion, ...] = ()
    approved: tuple[ApprovedQuestion, ...] = ()
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    glosses: Mapping[GlossLanguage, Mapping[str, Gloss]] = field(default_factory=dict)
    supersedes: str = ""
    superseded_by: str = ""
    departments: tuple[Department, ...] = ()

    @property
    def place(self) -> Region:
        """Where it is in force."""
        return Region(self.region)

    @cached_property
    def by_key(self) -> dict[str, Source]:
        """Sources by key."""
        return {source.key: source for source in self.notice.sources}

    @property
    def bank(self) -> tuple[BankedQuestion | ApprovedQuestion, ...]:
        """Every question of the bank, whether the notice deals with it or not."""
        return (*self.questions, *self.outside, *self.approved)

    @cached_property
    def banked_keys(self) -> frozenset[str]:
        """Keys of the sources that have questions in the bank."""
        keys = {each.source for each in self.questions} | {each.source for each in self.approved}
        return frozenset(keys - {OUTSIDE})

    def source(self, key: str) -> Source:
        """The source of that key. Raises UnknownSource."""
        try:
            return self.by_key[key]
        except KeyError:
            raise UnknownSource(
                f"通知 {self.id} 中没有 {key}。",
                f"举措为 M1 至 M{len(self.notice.measures)},市级事项为 A1 至 A{len(self.notice.municipal_items)}。",
            ) from None


@dataclass(frozen=True)
class Corpus:
    """Everything that answers may rest on. ``stated`` are the departments of departments.toml and their region."""

    notices: tuple[CorpusNotice, ...]
    stated: DepartmentRegister

    def __post_init__(self) -> None:
        successors = {entry.supersedes: entry.id for entry in self.notices if entry.supersedes}
        notices = (replace(entry, superseded_by=successors.get(entry.id, "")) for entry in self.notices)
        object.__setattr__(self, "notices", tuple(notices))

    @cached_property
    def home(self) -> Region:
        """The region whose businesses are answered first: that of departments.toml, else of the first notice."""
        places = [entry.place for entry in self.notices]
        return self.stated.region if self.stated.region in places else places[0]

    @cached_property
    def registers(self) -> Registers:
        """The departments of every region."""
        regional = [RegionalNotice(entry.place, entry.notice, entry.departments) for entry in self.notices]
        return registers_of(self.stated, self.home, regional)

    @property
    def departments(self) -> DepartmentRegister:
        """The departments of the home region."""
        return self.registers.of(self.home)

    def register_of(self, entry: CorpusNotice) -> DepartmentRegister:
        """The departments of the region that a notice is in force in."""
        return self.registers.of(entry.place)

    @cached_property
    def _by_id(self) -> dict[str, CorpusNotice]:
        return {entry.id: entry for entry in self.notices}

    def scope_of(self, region: Region) -> tuple[str, ...]:
        """The ids of the notices of a region."""
        return tuple(entry.id for entry in self.notices if entry.place == region)

    def notice(self, notice_id: str) -> CorpusNotice:
        """The notice of that id. Raises UnknownNotice."""
        if found := self._by_id.get(notice_id):
            return found
        known = "、".join(notice.id for notice in self.notices)
        raise UnknownNotice(f"没有编号为“{notice_id}”的通知。", f"现有通知:{known}。")

    def source(self, source_id: str) -> Source:
        """The source of a full id such as hongkou-2025/M12. Raises UnknownNotice or UnknownSource."""
        notice_id, _, key = source_id.rpartition("/")
        return self.notice(notice_id).source(key)


def load_corpus(corpus_dir: Path) -> Corpus:
    """Parse every notice folder under ``corpus_dir``.

    Raises CorpusError when the folder holds no notice or a data file contradicts it, NoticeError when a
    notice cannot be parsed.
    """
    departments = load_departments(corpus_dir / "departments.toml")
    return Corpus(tuple(load_notice(folder, departments) for folder in notice_folders(corpus_dir)), departments)


def notice_folders(corpus_dir: Path) -> list[Path]:
    """The folders of the notices, sorted by id. Raises CorpusError if there is none."""
    folders = folders_of(corpus_dir)
    if not folders:
        raise CorpusError(f"{corpus_dir} 下没有通知。", "每个通知一个文件夹,内有 notice.txt 和 notice.toml。")
    return folders


def load_notice(folder: Path, departments: DepartmentRegister) -> CorpusNotice:
    """Parse the notice of one folder. Raises CorpusError or NoticeError."""
    stated = load_stated(folder)
    notice, region = _read_notice(folder, stated), stated.region
    register = folder / "departments.toml"
    own = load_departments(register).departments if register.exists() else ()
    regional = RegionalNotice(Region(region), notice, own)
    loaded = CorpusNotice(
        folder.name,
        region,
        notice,
        questions=load_questions(folder / "questions.jsonl"),
        outside=load_questions(folder / "outside.jsonl", source=OUTSIDE),
        approved=load_approved(folder / APPROVED_FILE),
        contacts=load_contacts(
            folder / "contacts.toml", registers_of(departments, departments.region, [regional]).of(regional.region)
        ),
        glosses={language: approved_glosses(folder, language, notice) for language in GLOSS_LANGUAGES},
        supersedes=stated.supersedes,
        departments=own,
    )
    for key in loaded.banked_keys:
        loaded.source(key)
    return loaded


def _read_notice(folder: Path, stated: Stated) -> Notice:
    """The notice with its corrections, compared with what is stated about it."""
    document = kept_document(folder)
    parsed = apply(parse(document), load_corrections(folder), document)
    for oddity in parsed.oddities:
        if oddity.message not in stated.accepted:
            raise NoticeError(oddity.line, oddity.message)
    notice = parsed.notice
    for name in _COMPARED:
        said, read = getattr(stated, name), getattr(parsed if name == "year" else notice, name)
        if said != read and (said or name in _REQUIRED):
            raise CorpusError(f"{folder.name}/notice.toml 的 {name} 是“{said}”,原文是“{read}”。", "请按原文更正。")
    return notice
