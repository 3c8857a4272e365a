"""Putting right how a notice was read.

A correction keeps what had been read (``was``): if the notice reads differently one day it still applies, and an oddity
says so.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ingest.document import Document
from ingest.errors import BadCorrection
from ingest.notice import Notice, Source
from ingest.parsed import CERTAIN, Oddity, Parsed
from ingest.shelf.correction import (
    ABSENT,
    DEPARTMENTS,
    FILE,
    NOTICE,
    Correction,
    Value,
    Wanted,
    checked_field,
    read_field,
)


def proposed(parsed: Parsed, wanted: Wanted, kept: Sequence[Correction] = ()) -> tuple[Correction, ...]:
    """The corrections that make a notice, as it was read, what the operator wants; those ``kept`` from before go on.

    Raises BadCorrection for an unknown element or field, or a value of a wrong kind.
    """
    corrections = {(each.element, each.field): each for each in kept}
    sources = _sources(parsed)
    for element, fields in wanted.items():
        if element != NOTICE and element not in sources:
            raise BadCorrection(f"没有读到 {element}。", "请只更正读到的条目。")
        for field, value in fields.items():
            was = _read(parsed, sources, element, checked_field(element, field, value))
            if value == was:
                corrections.pop((element, field), None)
            else:
                corrections[element, field] = Correction(element, field, value, was)
    return tuple(corrections.values())


def apply(parsed: Parsed, corrections: Sequence[Correction], document: Document) -> Parsed:
    """The notice with what was put right; that is certain. Raises BadCorrection if a department is not printed."""
    _check_printed(corrections, document)
    sources, confidence = _sources(parsed), dict(parsed.confidence)
    oddities = [*parsed.oddities, *_outdated(parsed, corrections, document)]
    facts: dict[str, Any] = {}
    for each in corrections:
        if each.element == NOTICE:
            facts[each.field] = each.value or None if each.field == "document_number" else each.value
            confidence[each.field] = CERTAIN
        elif each.field == ABSENT:
            sources.pop(each.element, None)
            confidence.pop(each.element, None)
        elif each.element in sources:
            sources[each.element] = _corrected(sources[each.element], each)
            confidence[each.element] = CERTAIN
    region, year = facts.pop("region", parsed.region), facts.pop("year", parsed.year)
    kept = tuple(sources[each.key] for each in parsed.notice.sources if each.key in sources)
    notice = replace(parsed.notice, **facts, sources=_retitled(kept, parsed.notice, facts))
    return Parsed(notice, region, year, tuple(sorted(oddities, key=lambda each: each.line)), confidence)


def line_of(document: Document, source: Source) -> int:
    """The line of a document that a source begins on."""
    at = bisect_right(document.lines, source.start, key=lambda line: line.start) - 1
    return document.lines[max(at, 0)].number


def _sources(parsed: Parsed) -> dict[str, Source]:
    return {source.key: source for source in parsed.notice.sources}


def _read(parsed: Parsed, sources: Mapping[str, Source], element: str, field: str) -> Value:
    if element == NOTICE:
        value: Value = getattr(parsed if field in ("region", "year") else parsed.notice, field)
    else:
        value = getattr(sources[element], read_field(field))
    return value


def _check_printed(corrections: Sequence[Correction], document: Document) -> None:
    printed = "".join(document.text.split())
    for each in corrections:
        if each.field in DEPARTMENTS and isinstance(each.value, tuple):
            for name in each.value:
                if not name.strip() or "".join(name.split()) not in printed:
                    raise BadCorrection(
                        f"{each.element} 更正成的部门“{name}”在通知原文中没有。",
                        "请按原文所印的名称填写,原文没有的不能填。",
                    )


def _outdated(parsed: Parsed, corrections: Sequence[Correction], document: Document) -> Iterator[Oddity]:
    sources = _sources(parsed)
    for each in corrections:
        if each.element != NOTICE and each.element not in sources:
            yield Oddity(1, f"{FILE} 更正的 {each.element} 现在读不到了,这条更正没有用上。")
            continue
        read = _read(parsed, sources, each.element, each.field)
        if read not in (each.was, each.value):
            line = 1 if each.element == NOTICE else line_of(document, sources[each.element])
            yield Oddity(
                line,
                f"{each.element} 的 {each.field} 更正时读到的是“{_shown(each.was)}”,现在读到的是“{_shown(read)}”;"
                f"仍按更正:“{_shown(each.value)}”。",
            )


def _shown(value: Value) -> str:
    return "、".join(value) if isinstance(value, tuple) else str(value or "")


def _corrected(source: Source, correction: Correction) -> Source:
    changed: dict[str, Any] = {correction.field: correction.value}
    corrected = replace(source, **changed)
    if correction.field not in DEPARTMENTS:
        return corrected
    # What the parts of it say is no longer what the whole of it says.
    implied = tuple(name for name in source.implied_lead if name in corrected.responsible)
    return replace(corrected, implied_lead=implied, groups=())


def _retitled(sources: tuple[Source, ...], notice: Notice, facts: Mapping[str, Any]) -> tuple[Source, ...]:
    """The notice is one of its own sources, under its title."""
    if "title" not in facts:
        return sources
    return tuple(
        replace(each, title=facts["title"]) if each.kind == "notice" and each.title == notice.title else each
        for each in sources
    )
