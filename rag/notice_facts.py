"""What templates may say of a notice: its title, who issued it and when, how much it holds."""

from ingest.corpus import CorpusNotice
from ingest.notice import Notice
from rag.phrases import Phrases


def notice_facts(notice: Notice, phrases: Phrases) -> dict[str, object]:
    """The values of the templates, in one language; what the notice does not print is said to be missing."""
    say = phrases.say
    facts: dict[str, object] = {
        "title": notice.title,
        "issuer": notice.issuer or say("no_issuer"),
        "parts": len(notice.parts),
        "sections": notice.section_count,
        "measures": len(notice.measures),
        "items": len(notice.municipal_items),
    }
    has_items = bool(notice.municipal_items)
    facts |= {name: say(name, **facts) if has_items else "" for name in ("annex_items", "annex_total")}
    if notice.issued_on is None:
        return facts | {"issued": say("undated"), "issue": say("issue_undated", **facts), "of_month": ""}
    day = {"year": notice.issued_on.year, "month": notice.issued_on.month, "day": notice.issued_on.day}
    dated = {"date": say("date", **day), "month": say("month", **day)}
    return facts | {
        "issued": say("issued", **dated),
        "issue": say("issue", **facts, **dated),
        "of_month": say("of_month", **dated),
    }


def of_notice(entry: CorpusNotice, phrases: Phrases) -> str:
    """Which notice something is of, in brackets, where several are spoken of."""
    return phrases.say("of_notice", place=place_of(entry, phrases), title=entry.notice.title)


def place_of(entry: CorpusNotice, phrases: Phrases) -> str:
    """What a notice is of: its place, or the office that speaks for the whole country."""
    issuer = entry.notice.issuer or phrases.say("no_issuer")
    return issuer if entry.place.level in ("national", None) else entry.region
