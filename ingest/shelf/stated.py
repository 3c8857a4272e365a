"""notice.toml: what is stated about a notice of the corpus, beside what is read from its text."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from ingest.errors import CorpusError
from ingest.notice import Notice
from ingest.publication import write_atomically
from ingest.shelf.toml_text import toml_value

FILE = "notice.toml"
_HEAD = """# What is stated about this notice. Where a field is also read from notice.txt, ingest compares the two
# and stops if they disagree. "accepted" are the oddities that the operator has looked at.
# What was read wrongly is put right in corrections.toml.
"""
_TYPES: dict[str, type] = {"issued_on": date, "year": int, "accepted": list}


@dataclass(frozen=True, slots=True)
class Stated:
    """The facts of one notice by the names of notice.toml. ``source`` is where it comes from, in words.

    ``file`` and ``sha256`` are name and digest of the file that was added; ``accepted`` the messages of the oddities
    that the operator accepted.
    """

    title: str = ""
    issuer: str = ""
    issued_on: date | None = None
    document_number: str | None = None
    region: str = ""
    year: int | None = None
    supersedes: str = ""
    source: str = ""
    file: str = ""
    sha256: str = ""
    accepted: tuple[str, ...] = ()

    @property
    def notice(self) -> Notice:
        """The notice by its own facts alone, to be compared with others."""
        return Notice(self.title, self.title, self.issuer, self.issued_on, self.document_number, (), ())


def load_stated(folder: Path) -> Stated:
    """What is stated in the folder of a notice. Raises CorpusError; fields that are not known are left alone."""
    path = folder / FILE
    try:
        found: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} 读不了:{error}。", "请检查文件。") from error
    known = {each.name: found[each.name] for each in fields(Stated) if each.name in found}
    for name, value in known.items():
        if not isinstance(value, _TYPES.get(name, str)):
            raise CorpusError(f"{folder.name}/{FILE} 的 {name} 是“{value}”,类型不对。", "请按原文更正。")
    stated = Stated(**known)
    return replace(stated, accepted=tuple(map(str, stated.accepted)))


def save_stated(folder: Path, stated: Stated) -> None:
    """Write notice.toml anew; what is not known is left out."""
    values = {each.name: getattr(stated, each.name) for each in fields(stated)}
    always = ("title", "issuer", "region")
    lines = [f"{name} = {toml_value(value)}" for name, value in values.items() if name in always or value]
    write_atomically(folder / FILE, _HEAD + "\n".join(lines) + "\n")


def stated_notices(corpus_dir: Path) -> Iterator[tuple[str, Stated]]:
    """What is stated about every notice of a corpus, by id, in order; nothing is parsed. Raises CorpusError."""
    for path in sorted(corpus_dir.glob(f"*/{FILE}")):
        yield path.parent.name, load_stated(path.parent)
