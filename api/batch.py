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
class Table:
    """A table of tickets and the batch that it makes: the same file, column and index make the same batch."""

    id: str
    name: str
    sheet: Sheet


def open_table(name: str, content: bytes, column: str | None, served: Served) -> Table:
    """Read the file called ``name``. Raises SheetError."""
    sheet = read_sheet(name, content, column)
    digest = hashlib.sha256(content)
    digest.update(f"{sheet.text_column}/{served.index.manifest.version}".encode())
    return Table(digest.hexdigest(), mask(name), sheet)


def run_batch(table: Table, served: Served, store: Store, advance: Callable[[int, int], None]) -> None:
    """Work through the tickets that are not done yet. ``advance`` is told how many rows of how many are done.

    No language model is asked: a batch shall not take turns from people who wait, and come out the same every time.
    No cell that is kept holds personal data. Raises StoreUnavailable.
    """
    rows = table.sheet.rows
    done = store.batches.start(table.id, table.name, len(rows), datetime.now(UTC))
    todo = [row for row in rows if row.number not in done]
    advance(len(rows) - len(todo), len(rows))
    for at in range(0, len(todo), STEP):
        chunk = todo[at : at + STEP]
        store.batches.save(table.id, {row.number: _cells(row, table.sheet, served) for row in chunk})
        advance(len(rows) - len(todo) + at + len(chunk), len(rows))
    store.batches.finish(table.id, datetime.now(UTC))


def batch_table(batch_id: str, target_name: str, store: Store) -> bytes:
    """The answers of a batch so far, as the kind of file that ``target_name`` ends with.

    Raises SheetError or StoreUnavailable.
    """
    return write_sheet(target_name, _words()["columns"], list(store.batches.results(batch_id).values()))


def batch_problems(batch_id: str, store: Store) -> dict[int, str]:
    """What was wrong with rows, by their number. Raises StoreUnavailable."""
    return {number: cells[-1] for number, cells in store.batches.results(batch_id).items() if cells[-1]}


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
