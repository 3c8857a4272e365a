"""Adding and removing notices over HTTP, by operators. Answering goes on from the old index until the new is ready."""

from http import HTTPStatus
from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, Form, UploadFile

from api.adding import preview, read_wishes
from api.contract import NoticeAdded, NoticePreview
from api.keeping.journal import JournalDep
from api.openapi import NOTICE
from api.signing_in.access import OPERATOR
from ingest.index.indexing import IngestReport
from ingest.shelf.adding import add, remove
from ingest.shelf.proposal import Reading, citable, propose, read_upload

router = APIRouter(prefix="/v1/notices", dependencies=[OPERATOR], tags=["通知管理"])
_Id = Annotated[str, Form(alias="id", max_length=63, description="编号,如 hongkou-2025;不填就按地区和年份拟定")]
MAX_ACCEPTED = 900
"""A form has at most a thousand fields."""
_Corrections = Annotated[
    str, Form(max_length=500_000, description='更正,JSON:{"notice": {"region": …}, "sources": {"M12": {"lead": […]}}}')
]


@router.post("/preview", summary="读一份通知,不入库")
def preview_notice(
    file: UploadFile, journal: JournalDep, notice_id: _Id = "", corrections: _Corrections = "{}"
) -> NoticePreview:
    """What the file was understood to say, line by line what it is, and what publishing it would do."""
    return preview(journal.settings, _read(file), notice_id, read_wishes(corrections))


@router.post("", status_code=HTTPStatus.CREATED, summary="收录一份通知", responses=NOTICE)
def add_notice(
    file: UploadFile,
    journal: JournalDep,
    notice_id: _Id = "",
    corrections: _Corrections = "{}",
    accept: Annotated[
        list[str] | None, Form(max_length=MAX_ACCEPTED, description="看过并认可的疑点(message);有未认可的就不收录")
    ] = None,
) -> NoticeAdded:
    """Publish the file with what is put right, in place of the notice of that id if there is one, and index it."""
    proposal = propose(journal.settings, _read(file), notice_id, read_wishes(corrections))
    (added,), report = add(journal.settings, [proposal], _silent, frozenset(accept or ()))
    if added.refused:
        raise added.refused
    return NoticeAdded(
        id=proposal.id,
        outcome=proposal.outcome,
        measures=len(citable(proposal.parsed)),
        needs_a_look=proposal.needs_a_look,
        lost=added.lost,
        **_passages(report),
    )


@router.delete("/{notice}", summary="移去一份通知")
def remove_notice(notice: str, journal: JournalDep) -> NoticeAdded:
    """Take a notice out, and everything of it out of the index; its folder is kept in the data folder."""
    report = remove(journal.settings, notice, _silent)
    return NoticeAdded(id=notice, outcome="removed", measures=0, needs_a_look=False, lost=0, **_passages(report))


def _read(file: UploadFile) -> Reading:
    name = PurePath((file.filename or "").replace("\\", "/")).name
    return read_upload(name or "notice", file.file.read())


def _passages(report: IngestReport) -> dict[str, str | int]:
    return {name: getattr(report, name) for name in ("version", "created", "updated", "deleted", "unchanged")}


def _silent(_step: str, _done: int, _total: int) -> None:
    """Nobody watches."""
