"""A file of any kind becomes a document, or is refused with the reason."""

import stat
from pathlib import Path

from ingest.document.limits import MAX_BYTES
from ingest.document.lines import Document
from ingest.document.signature import is_pdf, is_zip, refuse_foreign
from ingest.document.text import decode, is_markup, read_text
from ingest.errors import CorpusError, DocumentRefused, DocumentTooLarge


def read_document(path: Path) -> Document:
    """Read a notice from a text in UTF-8 or GB18030, a web page, a DOCX file, or a PDF with a text layer.

    What it is, is told by its bytes. Raises CorpusError if the file cannot be read or is empty, DocumentRefused if
    it is of another kind, too large, locked, damaged, or carries what a notice has no need of.
    """
    return read_content(path.name, read_bytes(path))


def read_content(name: str, data: bytes) -> Document:
    """The same of a file's content; ``name`` is only what errors call it."""
    if len(data) > MAX_BYTES:
        raise _too_many_bytes(name)
    document = _document_of(name, data)
    if not document.lines:
        raise CorpusError(f"通知文件 {name} 是空的。", "请放入通知全文。")
    return document


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises CorpusError if it cannot be read, DocumentRefused if it is too large."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise CorpusError(f"{path} 不是文件。", "请给出通知文件的路径。")
        if status.st_size > MAX_BYTES:
            raise _too_many_bytes(path.name)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CorpusError(f"读不到通知文件 {path}:{error.strerror}。", "请检查路径和权限。") from error
    if len(data) > MAX_BYTES:
        raise _too_many_bytes(path.name)
    return data


def _too_many_bytes(name: str) -> DocumentTooLarge:
    return DocumentTooLarge(
        f"{name} 超过{MAX_BYTES // 1024 // 1024} MB。", "请去掉图片和无关附件,只保留通知正文,另存后再试。"
    )


def _document_of(name: str, data: bytes) -> Document:
    # The readers of pages, Word files and PDFs are imported when the first such file comes.
    if is_pdf(data):
        from ingest.document.sandbox import read_apart

        return read_apart(name, data)
    if is_zip(data):
        from ingest.document.docx import read_docx

        return read_docx(name, data)
    refuse_foreign(name, data)
    text = decode(data)
    if text is None:
        raise DocumentRefused(
            f"{name} 不是文字文件,也不是 UTF-8 或 GB18030 文本。", "请另存为 DOCX、PDF 或 UTF-8 文本后再试。"
        )
    if is_markup(text):
        from ingest.document.html import read_html

        return read_html(text)
    return read_text(text)
