"""The corpus on disk: one folder per notice, one register of departments for all."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from ingest.bank import OUTSIDE, ApprovedQuestion, BankedQuestion, load_approved, load_questions
from ingest.contacts import Contact, load_contacts
from ingest.departments import DepartmentRegister, load_departments
from ingest.document import read_document
from ingest.errors import CorpusError, NoticeError, UnknownNotice, UnknownSource
from ingest.glosses import GLOSS_LANGUAGES, Gloss, GlossLanguage, approved_glosses
from ingest.notice import Notice, Source
from ingest.parser import parse

APPROVED_FILE = "approved.jsonl"


@dataclass(frozen=True)
class CorpusNotice:
    """A parsed notice with its id (the folder's name), region, and question bank.

    ``outside`` are questions that people bring and the notice does not deal with; ``approved`` those, of real use or
    drafted, that a reviewer approved; ``contacts`` how to reach departments, by canonical name, as far as the operator
    filled it in; ``glosses`` the translations of its sentences that a reviewer approved, by language and sentence.
    """

    id: str
    region: str
    notice: Notice
    questions: tuple[BankedQuestion, ...]
    outside: tuple[BankedQuestion, ...] = ()
    approved: tuple[ApprovedQuestion, ...] = ()
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    glosses: Mapping[GlossLanguage, Mapping[str, Gloss]] = field(default_factory=dict)

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
    """Everything that answers may rest on."""

    notices: tuple[CorpusNotice, ...]
    departments: DepartmentRegister

    def notice(self, notice_id: str) -> CorpusNotice:
        """The notice of that id. Raises UnknownNotice."""
        for notice in self.notices:
            if notice.id == notice_id:
                return notice
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
    folders = sorted(path.parent for path in corpus_dir.glob("*/notice.txt"))
    if not folders:
        raise CorpusError(f"{corpus_dir} 下没有通知。", "每个通知一个文件夹,内有 notice.txt 和 notice.toml。")
    return Corpus(tuple(_load_notice(folder, departments) for folder in folders), departments)


def _load_notice(folder: Path, departments: DepartmentRegister) -> CorpusNotice:
    parsed = parse(read_document(folder / "notice.txt"))
    if parsed.oddities:
        raise NoticeError(parsed.oddities[0].line, parsed.oddities[0].message)
    notice = parsed.notice
    stated = _read_toml(folder / "notice.toml")
    read: dict[str, str | date | None] = {"title": notice.title, "issuer": notice.issuer, "issued_on": notice.issued_on}
    for name, value in read.items():
        if stated.get(name) != value:
            raise CorpusError(
                f"{folder.name}/notice.toml 的 {name} 是“{stated.get(name)}”,原文是“{value}”。", "请按原文更正。"
            )
    loaded = CorpusNotice(
        folder.name,
        str(stated.get("region", "")),
        notice,
        questions=load_questions(folder / "questions.jsonl"),
        outside=load_questions(folder / "outside.jsonl", source=OUTSIDE),
        approved=load_approved(folder / APPROVED_FILE),
        contacts=load_contacts(folder / "contacts.toml", departments),
        glosses={language: approved_glosses(folder, language, notice) for language in GLOSS_LANGUAGES},
    )
    for key in loaded.banked_keys:
        loaded.source(key)
    return loaded


def _read_toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} 读不了:{error}。", "请检查文件。") from error
