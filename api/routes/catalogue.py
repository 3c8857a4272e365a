"""The catalogue: notices, measures and items, departments."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api.contract import DepartmentDetail, DepartmentList, NoticeDetail, NoticeList, SourceDetail, SourceList
from api.presenter import (
    department_detail,
    department_model,
    notice_detail,
    notice_summary,
    source_detail,
    source_model,
)
from api.serving import ServedDep
from ingest.catalogue import CatalogueFilter, select

router = APIRouter(prefix="/v1", tags=["目录"])
Text = Annotated[str | None, Query(min_length=1, max_length=200)]


@router.get("/notices", summary="全部通知")
def list_notices(served: ServedDep) -> NoticeList:
    """All loaded notices."""
    items = [notice_summary(entry) for entry in served.corpus.notices]
    return NoticeList(total=len(items), items=items)


@router.get("/notices/{notice}", summary="一份通知")
def get_notice(notice: str, served: ServedDep) -> NoticeDetail:
    """One notice with its totals and outline."""
    return notice_detail(served.corpus.notice(notice))


@router.get("/measures", summary="查找举措和市级事项")
def list_measures(
    served: ServedDep,
    notice: Text = None,
    department: Text = None,
    role: Literal["lead", "cooperating", "any"] = "any",
    category: Text = None,
    starred: bool | None = None,
    kind: Literal["measure", "municipal_item"] | None = None,
    q: Text = None,
) -> SourceList:
    """Measures and municipal items that fit every given condition, complete and in printed order."""
    wanted = CatalogueFilter(
        notice_id=notice,
        department=served.corpus.departments.get(department) if department else None,
        role=None if role == "any" else role,
        category=category,
        starred=starred,
        kind=kind,
        words=q or "",
    )
    items = [source_model(notice_id, source) for notice_id, source in select(served.corpus, wanted)]
    return SourceList(total=len(items), items=items)


@router.get("/measures/{notice}/{key}", summary="一条举措或事项的全文")
def get_measure(notice: str, key: str, served: ServedDep) -> SourceDetail:
    """One source (M12, A7 or N) with its text."""
    return source_detail(notice, served.corpus.notice(notice).source(key))


@router.get("/departments", summary="全部部门")
def list_departments(served: ServedDep) -> DepartmentList:
    """All departments with their counts by role."""
    items = [department_model(served.corpus, department) for department in served.corpus.departments.departments]
    return DepartmentList(total=len(items), items=items)


@router.get("/departments/{name}", summary="一个部门")
def get_department(name: str, served: ServedDep) -> DepartmentDetail:
    """One department, found by any of its names, with everything it leads or joins."""
    return department_detail(served.corpus, served.corpus.departments.get(name))
