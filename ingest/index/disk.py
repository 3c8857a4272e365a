"""What a disk that is full or may not be written to makes of work on the index, in the project's own error."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chromadb.errors import ChromaError

from ingest.errors import IndexUnwritable


@contextmanager
def writing() -> Iterator[None]:
    """Raises IndexUnwritable, without a path, for whatever the disk or a local Chroma refuses."""
    try:
        yield
    except (OSError, ChromaError) as error:
        raise IndexUnwritable(_reason(error)) from error


def _reason(error: OSError | ChromaError) -> str:
    if isinstance(error, ChromaError):
        # SQLite's own words, behind those of everything that they came through and its code.
        return str(error).rpartition(") ")[2].rpartition(": ")[2]
    if error.strerror is None:
        # Copying a whole folder fails with a list of everything that could not be copied.
        return "文件复制不了"
    return f"{Path(error.filename).name} {error.strerror}" if error.filename else error.strerror
