"""What a notice was understood to say, as JSON: of the command ``policyqa parse`` and of the HTTP interface."""

from dataclasses import asdict
from typing import Any

from ingest.notice import LeadRule, Source
from ingest.parsed import Parsed


def parsed_json(parsed: Parsed) -> dict[str, Any]:
    """The contract's fields, and beside them region, year and how sure each element is."""
    notice = parsed.notice
    return {
        "title": notice.title,
        "issuer": notice.issuer,
        "issued_on": notice.issued_on and notice.issued_on.isoformat(),
        "document_number": notice.document_number,
        "measures": [_source_json(source, notice.lead_rule) for source in notice.measures],
        "municipal_items": [_source_json(source, notice.lead_rule) for source in notice.municipal_items],
        "discrepancies": [
            {"source": source.key, "field": found.field, "body": found.body, "annex": found.annex}
            for source, found in notice.discrepancies()
        ],
        "oddities": [{"line": oddity.line, "message": oddity.message} for oddity in parsed.oddities],
        "region": parsed.region,
        "year": parsed.year,
        "confidence": dict(parsed.confidence),
        "doubtful": list(parsed.doubtful),
    }


def _source_json(source: Source, rule: LeadRule | None) -> dict[str, Any]:
    found = {
        "number": source.number,
        "title": source.title,
        "outline": list(source.outline),
        "text": source.text,
        "lead": list(source.lead),
        "cooperating": list(source.cooperating),
        "responsible": list(source.responsible),
        "starred": source.starred,
        "groups": [asdict(group) for group in source.groups],
    }
    return found | ({f"lead_by_{rule.kind}": list(source.implied_lead)} if rule else {})
