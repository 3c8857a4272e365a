"""A notice as it was read, kept as JSON: opening an index of a thousand notices parses no text."""

from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ingest.corpus import CorpusNotice
from ingest.errors import IndexCorrupt
from ingest.index.manifest import REMEDY

_FORM = TypeAdapter(CorpusNotice)


def record_of(entry: CorpusNotice) -> bytes:
    """The record of a notice; the same for what was read the same."""
    return _FORM.dump_json(entry)


def record_digest(record: bytes) -> str:
    """Tells whether two records are the same."""
    return sha256(record).hexdigest()


def read_record(path: Path) -> CorpusNotice:
    """The notice of a record. Raises IndexCorrupt."""
    try:
        return _FORM.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexCorrupt(f"索引中的通知 {path.stem} 读不了:{error}。", REMEDY) from error
