"""A document as it was extracted, kept beside its original: notice.txt, and its tables in tables.json."""

import json
from dataclasses import asdict
from pathlib import Path

from ingest.document import Document, Table, document_from_text, read_document
from ingest.errors import CorpusError
from ingest.publication import write_atomically

TEXT, TABLES = "notice.txt", "tables.json"


def keep_document(folder: Path, document: Document) -> None:
    """Write the document into a folder."""
    (folder / TEXT).write_bytes(document.text.encode("utf-8"))
    write_atomically(folder / TABLES, json.dumps([asdict(each) for each in document.tables], ensure_ascii=False))


def kept_document(folder: Path) -> Document:
    """The document of a notice's folder. Raises CorpusError or DocumentRefused.

    Without tables.json notice.txt was put there by hand, and is read as any file is.
    """
    if not (folder / TABLES).exists():
        return read_document(folder / TEXT)
    try:
        text = (folder / TEXT).read_bytes().decode("utf-8")
        stored = json.loads((folder / TABLES).read_text(encoding="utf-8"))
        tables = tuple(
            Table(each["first_line"], each["last_line"], tuple(tuple(map(str, row)) for row in each["rows"]))
            for each in stored
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CorpusError(f"{folder.name} 的 {TEXT} 或 {TABLES} 读不了:{error}。", "请重新 policyqa add。") from error
    read = document_from_text(text)
    return Document(read.text, read.lines, tables)
