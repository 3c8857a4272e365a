"""Batches of tickets: a table in, a table with answers out. What is done is kept, so that a cut-off batch goes on."""

import hashlib
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from api.serving import Served
from api.sheet import Row, Sheet, read_sheet, write_sheet
from api.store import Store
from ingest.errors import PolicyQAError
from rag.assistance import Assistance
from rag.privacy import mask

_DATA_FILE = Path(__file__).parent / "data" / "batch.toml"
STEP = 20
"""So many rows are confirmed together; no more are worked through twice after a cut."""


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What became of a batch: the table of answers as a file, and what was wrong with rows, by their number."""

    content: bytes
    total: int
    problems: dict[int, str]


def run_batch(
    name: str,
    content: bytes,
    target_name: str,
    served: Served,
    store: Store,
    column: str | None,
    advance: Callable[[int, int], None],
) -> BatchReport:
    """Work through the tickets of the file called ``name``, and return the table that ``target_name`` stands for.

    ``advance`` is told how many rows of how many are done. No cell of the result holds personal data.
    Raises SheetError or StoreUnavailable.
    """
    sheet = read_sheet(name, content, column)
    write_sheet(target_name, (), ())
    batch_id = _identity(content, sheet, served)
    done: dict[int, list[str]] = store.batches.start(batch_id, mask(name), len(sheet.rows), datetime.now(UTC))
    todo = [row for row in sheet.rows if row.number not in done]
    advance(len(done), len(sheet.rows))
    for at in range(0, len(todo), STEP):
        results = {row.number: _cells(row, sheet, served) for row in todo[at : at + STEP]}
        store.batches.save(batch_id, results)
        done |= results
        advance(len(done), len(sheet.rows))
    store.batches.finish(batch_id, datetime.now(UTC))
    table = [done[row.number] for row in sheet.rows]
    problems = {row.number: cells[-1] for row, cells in zip(sheet.rows, table, strict=True) if cells[-1]}
    return BatchReport(write_sheet(target_name, _words()["columns"], table), len(table), problems)


def _identity(content: bytes, sheet: Sheet, served: Served) -> str:
    """The same file, column and index make the same batch."""
    digest = hashlib.sha256(content)
    digest.update(f"{sheet.text_column}/{served.index.manifest.version}".encode())
    return digest.hexdigest()


def _cells(row: Row, sheet: Sheet, served: Served) -> list[str]:
    name = mask(row.cells[sheet.id_column]) if sheet.id_column is not None else str(row.number)
    text = row.cells[sheet.text_column] if sheet.text_column < len(row.cells) else ""
    problem = row.problem
    if problem is None:
        try:
            return [name, *_answer_cells(served.assist_chain.assist(text)), ""]
        except PolicyQAError as error:
            problem = str(error)
    return [name, mask(text), *[""] * (len(_words()["columns"]) - 3), problem]


def _answer_cells(found: Assistance) -> Iterator[str]:
    words, first = _words(), [demand.answer.citations[0] for demand in found.demands if demand.answer.citations]
    yield found.masked_text
    yield words["status"][found.status]
    yield "\n".join(demand.text for demand in found.demands)
    yield "\n".join(f"{each.id} {each.source.title}" for each in first)
    yield "、".join(found.dispatch.lead)
    yield "、".join(found.dispatch.cooperating)
    yield "\n".join(f"{demand.answer.confidence:.0%}" for demand in found.demands)
    yield "\n".join(each.quote for each in first)
    yield found.dispatch.reason
    yield words["say"]["yes" if found.dispatch.needs_human else "no"]
    yield found.draft_reply


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads(_DATA_FILE.read_text(encoding="utf-8"))
