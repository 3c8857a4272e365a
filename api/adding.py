"""Between an uploaded notice and the contract: what was understood, what is to be put right."""

from datetime import date
from typing import Any

from pydantic import ValidationError

from api.contract import CorrectionsBody, LineModel, NoticePreview, OddityModel, ReadSource
from ingest.errors import BadCorrection, BadNoticeId
from ingest.parsed import DOUBTFUL, Parsed
from ingest.parsed_json import parsed_json
from ingest.settings import Settings
from ingest.shelf.adding import what_changes
from ingest.shelf.correction import NOTICE, Value, Wanted
from ingest.shelf.corrections import line_of, proposed
from ingest.shelf.proposal import Proposal, Reading, apply_to, citable, propose
from ingest.succession import Changes

_NOTHING = Changes((), (), ())


def read_wishes(text: str) -> Wanted:
    """The form field ``corrections``. Raises BadCorrection."""
    try:
        body = CorrectionsBody.model_validate_json(text)
    except ValidationError as error:
        problems = ";".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise BadCorrection(f"更正读不了:{problems}。", "请按接口说明填写 corrections。") from error
    given: dict[str, dict[str, Any]] = {NOTICE: body.notice.model_dump(exclude_unset=True)}
    given |= {key: fields.model_dump(exclude_unset=True) for key, fields in body.sources.items()}
    return {element: {name: _value(value) for name, value in fields.items()} for element, fields in given.items()}


def preview(settings: Settings, reading: Reading, notice_id: str, wanted: Wanted) -> NoticePreview:
    """What publishing a file would come to. Without an id, and if none can be guessed, it has none yet.

    Raises BadNoticeId, BadCorrection or CorpusError.
    """
    try:
        proposal = propose(settings, reading, notice_id, wanted)
    except BadNoticeId:
        if notice_id:
            raise
        return _preview(reading, apply_to(reading, proposed(reading.raw, wanted)), None, _NOTHING)
    found = what_changes(settings, proposal) if proposal.outcome == "update" else None
    return _preview(reading, proposal.parsed, proposal, found or _NOTHING)


def _preview(reading: Reading, parsed: Parsed, proposal: Proposal | None, found: Changes) -> NoticePreview:
    read = parsed_json(parsed)
    still_open = proposal.open_oddities if proposal else parsed.oddities
    sources = dict(zip((each.key for each in citable(parsed)), _sources(reading, parsed, read), strict=True))
    return NoticePreview(
        file=reading.name,
        id=proposal.id if proposal else "",
        outcome=proposal.outcome if proposal else "new",
        supersedes=(proposal.supersedes or None) if proposal else None,
        **{name: read[name] for name in ("title", "issuer", "issued_on", "document_number", "year")},
        region=proposal.stated.region if proposal else parsed.region,
        confidence=read["confidence"],
        doubtful=read["doubtful"],
        measures=[sources[each.key] for each in parsed.notice.measures],
        municipal_items=[sources[each.key] for each in parsed.notice.municipal_items],
        discrepancies=read["discrepancies"],
        oddities=[
            OddityModel(line=each.line, message=each.message, accepted=each not in still_open)
            for each in parsed.oddities
        ],
        corrected=[f"{each.element}.{each.field}" for each in proposal.corrections] if proposal else [],
        added=[each.key for each in found.added],
        dropped=[each.key for each in found.dropped],
        changed=[pair.newer.key for pair in found.changed],
        lines=[LineModel(number=line.number, text=line.text) for line in reading.document.lines],
    )


def _sources(reading: Reading, parsed: Parsed, read: dict[str, Any]) -> list[ReadSource]:
    return [
        ReadSource(
            key=source.key,
            line=line_of(reading.document, source),
            confidence=parsed.trust_in(source.key),
            doubtful=parsed.trust_in(source.key) < DOUBTFUL,
            **fields,
        )
        for source, fields in zip(citable(parsed), (*read["measures"], *read["municipal_items"]), strict=True)
    ]


def _value(given: str | int | date | list[str] | None) -> Value:
    return tuple(given) if isinstance(given, list) else given
