"""What an answer says of other years: who was in charge of a measure before, or that its notice is superseded."""

from collections.abc import Iterator

from ingest.catalogue import ROLES, Role, printed_departments
from ingest.corpus import CorpusNotice
from rag.answer import Citation, Predecessor
from rag.duties import Names
from rag.notice_names import years_of
from rag.phrases import Phrases


def lines_of_years(citation: Citation, phrases: Phrases, names: Names) -> Iterator[str]:
    """One line if the notice is superseded, and one if other departments were in charge in the year before."""
    if citation.current:
        yield _superseded(citation, phrases, names)
    if citation.previous and (changed := [role for role in ROLES if role in citation.previous.changed]):
        told = tuple(_change(citation, citation.previous, role, phrases, names) for role in changed)
        yield phrases.say(
            "changed",
            changes=phrases.say("changed_separator").join(told),
            label=phrases.label(citation.source.kind, citation.previous.source.number),
            notice=_named(citation.previous.notice, phrases),
        )


def year_of(entry: CorpusNotice) -> int | None:
    """The year that a notice is known by, the first of several; None if nothing tells."""
    return min(years_of(entry), default=None)


def _change(citation: Citation, previous: Predecessor, role: Role, phrases: Phrases, names: Names) -> str:
    years = tuple(year_of(entry) for entry in (previous.notice, citation.notice))
    then, now = (
        (phrases.say("year", year=year) for year in years)
        if all(years) and years[0] != years[1]
        else (phrases.say(name) for name in ("then", "now"))
    )
    older, newer = (printed_departments(source, role) for source in (previous.source, citation.source))
    template = "changed_lead" if role == "lead" and older and newer else "changed_role"
    return phrases.say(
        template,
        role=phrases.field(role),
        then=then,
        now=now,
        older=names(older) if older else phrases.say("nobody"),
        newer=names(newer) if newer else phrases.say("nobody"),
    )


def _superseded(citation: Citation, phrases: Phrases, names: Names) -> str:
    current = citation.current
    assert current is not None
    said = phrases.say("superseded", notice=_named(citation.notice, phrases), newer=_named(current.notice, phrases))
    if citation.source.kind == "notice":
        return said
    if current.source is None:
        return said + phrases.say("superseded_without")
    label = phrases.label(current.source.kind, current.source.number)
    role: Role = "lead" if current.source.lead else "responsible"
    departments = names(printed_departments(current.source, role))
    return said + phrases.say(
        "superseded_with", label=label, title=current.source.title, role=phrases.field(role), departments=departments
    )


def _named(entry: CorpusNotice, phrases: Phrases) -> str:
    year, title = year_of(entry), entry.notice.title
    is_plain = year is None or str(year) in title
    return phrases.say("notice_named" if is_plain else "notice_of_year", title=title, year=year)
