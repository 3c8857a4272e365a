"""The catalogue: notices, measures and items, departments."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api.changes import notice_changes
from api.contract import (
    DepartmentDetail,
    DepartmentList,
    NoticeChanges,
    NoticeDetail,
    NoticeList,
    SourceDetail,
    SourceList,
)
from api.openapi import DEPARTMENTS, NOTICES, SOURCES
from api.presenter import (
    department_detail,
    department_model,
    notice_detail,
    notice_summary,
    source_detail,
    source_models,
)
from api.serving import ServedDep
from ingest.catalogue import CatalogueFilter, select
from ingest.errors import NoPredecessor

router = APIRouter(prefix="/v1", tags=["目录"])
Text = Annotated[str | None, Query(min_length=1, max_length=200)]
RegionName = Annotated[str | None, Query(min_length=1, max_length=200, description="哪里的部门;不填为全部,本区在先")]


@router.get("/notices", summary="全部通知", responses=NOTICES)
def list_notices(served: ServedDep) -> NoticeList:
    """All loaded notices."""
    items = [notice_summary(entry) for entry in served.corpus.notices]
    return NoticeList(total=len(items), items=items)


@router.get("/notices/{notice}", summary="一份通知")
def get_notice(notice: str, served: ServedDep) -> NoticeDetail:
    """One notice with its totals and outline."""
    return notice_detail(served.corpus.notice(notice))


@router.get("/notices/{notice}/changes", summary="与上一年相比")
def get_changes(
    notice: str,
    served: ServedDep,
    since: Annotated[
        str | None, Query(min_length=1, max_length=200, description="与哪份比;不填就与它接替的那份比")
    ] = None,
) -> NoticeChanges:
    """What became of the measures of an older notice in this one: added, dropped, changed."""
    newer = served.corpus.notice(notice)
    superseded = next((entry for entry in served.corpus.notices if entry.id == newer.supersedes), None)
    older = served.corpus.notice(since) if since else superseded
    if older is None:
        raise NoPredecessor(newer.id, newer.supersedes)
    return notice_changes(older, newer, served.chain.succession.changes(older.id, newer.id))


@router.get("/measures", summary="查找举措和市级事项", responses=SOURCES)
def list_measures(
    served: ServedDep,
    notice: Text = None,
    department: Text = None,
    role: Literal["lead", "cooperating", "any"] = "any",
    category: Text = None,
    starred: bool | None = None,
    kind: Literal["measure", "municipal_item"] | None = None,
    q: Text = None,
    in_force: Annotated[
        bool | None, Query(description="true:没有被接替的通知;false:已被接替的。不填:指定了 notice 就不论,否则同 true")
    ] = None,
) -> SourceList:
    """Measures and municipal items that fit every given condition, complete and in printed order."""
    corpus = served.corpus
    scope: tuple[str, ...] | None = (notice,) if notice else None
    office = None
    if department:
        region, office = corpus.registers.get(department, corpus.notice(notice).place if notice else None)
        scope = scope or corpus.scope_of(region)
    wanted = CatalogueFilter(
        scope=scope,
        department=office,
        role=None if role == "any" else role,
        category=category,
        starred=starred,
        kind=kind,
        words=q or "",
        in_force=True if in_force is None and notice is None else in_force,
    )
    items = source_models(select(corpus, wanted), served.chain.succession)
    return SourceList(total=len(items), items=items)


@router.get("/measures/{notice}/{key}", summary="一条举措或事项的全文")
def get_measure(notice: str, key: str, served: ServedDep) -> SourceDetail:
    """One source (M12, A7 or N) with its text."""
    source = served.corpus.notice(notice).source(key)
    return source_detail(notice, source, served.chain.succession.previous(notice, source))


@router.get("/departments", summary="全部部门", responses=DEPARTMENTS)
def list_departments(served: ServedDep, region: RegionName = None) -> DepartmentList:
    """All departments with their counts by role, those of the home region first."""
    corpus = served.corpus
    items = [
        department_model(corpus, department, place)
        for place, register in corpus.registers.by_region.items()
        if region in (None, place.name, place.short)
        for department in register.departments
    ]
    return DepartmentList(total=len(items), items=items)


@router.get("/departments/{name}", summary="一个部门")
def get_department(name: str, served: ServedDep, region: RegionName = None) -> DepartmentDetail:
    """One department, found by any of its names, with everything it leads or joins; the home region's before others."""
    places = (each for each in served.corpus.registers.by_region if region in (each.name, each.short))
    place, department = served.corpus.registers.get(name, next(places, None))
    return department_detail(served.corpus, served.chain.succession, department, place)
