"""Reading the files of others: what does not fit is refused with the place and the remedy."""

from codecs import BOM_UTF8
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from ingest.errors import CorpusError

T = TypeVar("T")


def read_bytes(path: Path, remedy: str) -> bytes:
    """What is in a file, without a byte order mark. Raises CorpusError."""
    try:
        return path.read_bytes().removeprefix(BOM_UTF8)
    except OSError as error:
        raise CorpusError(f"{path} 打不开:{error.strerror}。", remedy) from error


def read_json(path: Path, kind: TypeAdapter[T], remedy: str) -> T:
    """A file that is one JSON value. Raises CorpusError naming the first entry that does not fit (1-based)."""
    try:
        return kind.validate_json(read_bytes(path, remedy))
    except ValidationError as error:
        entry = next((part + 1 for part in error.errors()[0]["loc"] if isinstance(part, int)), None)
        raise _misfit(f"{path.name} 第{entry}条" if entry else path.name, error, remedy) from error


def read_lines(path: Path, kind: TypeAdapter[T], remedy: str) -> list[T]:
    """A file with a JSON value on each line that is not blank. Raises CorpusError naming the line (1-based)."""
    found = []
    for number, line in enumerate(read_bytes(path, remedy).splitlines(), start=1):
        try:
            found += [kind.validate_json(line)] if line.strip() else []
        except ValidationError as error:
            raise _misfit(f"{path.name} 第{number}行", error, remedy) from error
    return found


def _misfit(place: str, error: ValidationError, remedy: str) -> CorpusError:
    first = error.errors()[0]
    return CorpusError(f"{place}读不了:{'.'.join(map(str, (*first['loc'], first['msg'])))}。", remedy)
