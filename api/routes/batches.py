"""Tables of tickets over HTTP: hand in, ask how far it is, fetch the answers."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Response, UploadFile

from api.batch import batch_problems, batch_table, open_table
from api.batch_runner import BatchRunnerDep
from api.contract import BatchModel
from api.keeping.journal import JournalDep
from api.openapi import BATCH
from api.serving import ServedDep
from api.signing_in.access import AGENT
from api.store import Store

router = APIRouter(prefix="/v1/batches", dependencies=[AGENT], tags=["批量工单"])
_MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_NAME = "工单答复"


@router.post("", status_code=HTTPStatus.ACCEPTED, summary="交一张工单表", responses=BATCH)
def create_batch(
    file: UploadFile,
    served: ServedDep,
    journal: JournalDep,
    runner: BatchRunnerDep,
    column: Annotated[str | None, Form(description="工单内容在哪一列;不填就自己找", max_length=200)] = None,
) -> BatchModel:
    """Read the table and begin; the same table goes on where it was cut off."""
    table = open_table(file.filename or "", file.file.read(), column, served)
    store = journal.store
    store.batches.start(table.id, table.name, len(table.sheet.rows), datetime.now(UTC))
    runner.submit(table, served, store)
    return _model(table.id, store)


@router.get("/{batch_id}", summary="一批工单办到哪里")
def read_batch(batch_id: str, journal: JournalDep) -> BatchModel:
    """How many rows are done, and what was wrong with which."""
    return _model(batch_id, journal.store)


@router.get("/{batch_id}/answers", summary="一批工单的答复", response_class=Response)
def read_answers(
    batch_id: str,
    journal: JournalDep,
    file_format: Annotated[Literal["csv", "xlsx"], Query(alias="format")] = "xlsx",
) -> Response:
    """The table of answers so far, as a file."""
    journal.store.batches.find(batch_id)
    name = f"{_NAME}.{file_format}"
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    content = batch_table(batch_id, name, journal.store)
    return Response(content, media_type=_MEDIA_TYPES[file_format], headers={"Content-Disposition": disposition})


def _model(batch_id: str, store: Store) -> BatchModel:
    found = store.batches.find(batch_id)
    return BatchModel(
        id=found.id,
        name=found.name,
        total=found.total,
        done=found.done,
        finished=found.finished,
        problems={str(number): problem for number, problem in batch_problems(batch_id, store).items()},
    )
