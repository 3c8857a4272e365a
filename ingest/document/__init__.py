"""A document as text with line numbers and character offsets, so that everything read from it can be traced back."""

from dataclasses import dataclass
from pathlib import Path

from ingest.errors import CorpusError

ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class Line:
    """One non-blank line. ``start`` and ``end`` are character offsets of ``text`` (stripped) in the document."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """The decoded text of a notice and its non-blank lines, in order."""

    text: str
    lines: tuple[Line, ...]


def document_from_text(text: str) -> Document:
    """Split ``text`` into its non-blank lines, each with its 1-based number and offsets."""
    lines = []
    start = 0
    for number, raw in enumerate(text.splitlines(keepends=True), start=1):
        stripped = raw.strip()
        if stripped:
            begin = start + raw.index(stripped)
            lines.append(Line(number, begin, begin + len(stripped), stripped))
        start += len(raw)
    return Document(text, tuple(lines))


def read_document(path: Path) -> Document:
    """Read a text notice in UTF-8 or GB18030.

    Raises CorpusError if the file cannot be read, is empty, or is not text in either encoding.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"读不到通知文件 {path}:{error.strerror}。", "请检查路径和权限。") from error
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        if not text.strip():
            raise CorpusError(f"通知文件 {path} 是空的。", "请放入通知全文。")
        return document_from_text(text)
    raise CorpusError(f"{path} 不是 UTF-8 或 GB18030 文本。", "请另存为 UTF-8 文本后再试。")
