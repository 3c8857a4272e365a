"""Who is responsible, as something that a question asks for: a notice may have the matter and name no department."""

from functools import lru_cache
from pathlib import Path

from ingest.notice import Source
from rag.detail import Detail, asked_of, read_details

_FILE = Path(__file__).parent / "data" / "office.toml"


def missing_office(question: str, source: Source) -> tuple[Detail, ...]:
    """The responsible department, if ``question`` asks for it and the notice names none for that source."""
    if source.kind == "notice" or source.lead or source.responsible:
        return ()
    return asked_of(question, _details())


@lru_cache(maxsize=1)
def _details() -> tuple[Detail, ...]:
    return read_details(_FILE)
