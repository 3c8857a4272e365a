"""A table of tasks beside the body: the same measures once more, with departments that it may lack or differ in."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.general.measure import Measure
from ingest.general.table import Row
from ingest.notice import Discrepancy, DiscrepancyField, Source
from ingest.parsed import Oddity

_MOSTLY = 0.5


def merged(measures: Sequence[Measure], rows: Sequence[Row]) -> list[Measure]:
    """The measures of a notice that has a body and a table.

    Where most rows have the title of a measure, each completes its measure, and what the two print differently is a
    discrepancy. Else the rows are the measures if the body names no departments; if it does, they are left alone.
    """
    by_title = {_folded(measure.source.title): at for at, measure in enumerate(measures)}
    known = {at: row for row in rows if (at := by_title.get(_folded(row.source.title))) is not None}
    if known and len(known) >= _MOSTLY * len(rows):
        return [
            _completed(measure, known[at].source) if at in known else measure for at, measure in enumerate(measures)
        ]
    if rows and not any(_departments(measure.source) for measure in measures):
        return _as_measures(rows)
    return list(measures)


def _completed(measure: Measure, annexed: Source) -> Measure:
    own = measure.source
    if not _departments(own):
        given = replace(own, lead=annexed.lead, cooperating=annexed.cooperating, responsible=annexed.responsible)
        return replace(measure, source=given)
    fields: tuple[tuple[DiscrepancyField, tuple[str, ...], tuple[str, ...]], ...] = (
        ("lead", own.lead or own.responsible, annexed.lead or annexed.responsible),
        ("cooperating", own.cooperating, annexed.cooperating),
    )
    found = tuple(
        Discrepancy(field, "、".join(body), "、".join(annex)) for field, body, annex in fields if body != annex
    )
    return replace(measure, source=replace(own, discrepancies=found))


def _as_measures(rows: Sequence[Row]) -> list[Measure]:
    printed = [row.source.number for row in rows]
    is_unique = len(set(printed)) == len(printed)
    measures = []
    for position, row in enumerate(rows, start=1):
        source = row.source if is_unique else replace(row.source, number=position)
        without = () if _departments(source) else (Oddity(row.line, f"表中“{source.title[:20]}”没有读到责任部门。"),)
        measures.append(Measure(source, row.trust, without))
    return measures


def _departments(source: Source) -> tuple[str, ...]:
    return (*source.lead, *source.cooperating, *source.responsible)


def _folded(title: str) -> str:
    return "".join(title.split()).strip("。:：")
