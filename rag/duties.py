"""Who is in charge of a source, in the notice's own words: what it does not tell apart is not told apart here."""

from collections.abc import Callable, Iterator

from ingest.departments import DepartmentRegister
from ingest.notice import Group, LeadRule, Source
from rag.answer import Citation
from rag.phrases import Phrases

_OPEN_ENDED = "等相关部门"

Names = Callable[[tuple[str, ...]], str]
"""Departments in a row, in the language of the answer."""


def duties(citation: Citation, phrases: Phrases, names: Names, register: DepartmentRegister) -> Iterator[str]:
    """The departments of a source by their parts, what their list leaves open, and how the notice tells the lead."""
    source = citation.source
    label = phrases.label(source.kind, source.number)
    named = source.lead or source.responsible
    if not (named or source.cooperating):
        yield phrases.say("no_department", label=label, title=source.title)
        return
    if len(source.groups) > 1:
        yield phrases.say("groups", label=label, title=source.title)
        yield "\n".join(_part(group, phrases, names) for group in source.groups)
    elif named:
        yield phrases.say(_role(source), departments=names(named), label=label, title=source.title)
    else:
        yield phrases.say("only_cooperating", label=label, title=source.title)
    known = [register.find(name) for name in named]
    if named and all(department and department.collective for department in known):
        yield phrases.say("collective", departments=phrases.join(named))
    if any(name.endswith(_OPEN_ENDED) and name != _OPEN_ENDED for name in named):
        yield phrases.say("open_ended")
    if len(source.groups) < 2:
        if source.lead and source.responsible:
            yield phrases.say("responsible_too", departments=names(source.responsible))
        if source.cooperating:
            yield phrases.say("cooperating", departments=names(source.cooperating))
    rule = citation.notice.notice.lead_rule
    if source.implied_lead and rule:
        yield _told_by(rule, source, phrases, names)


def _role(source: Source) -> str:
    if not source.lead:
        return "responsible"
    return "municipal_lead" if source.kind == "municipal_item" else "lead"


def _part(group: Group, phrases: Phrases, names: Names) -> str:
    roles = {"lead": group.lead, "responsible": group.responsible, "cooperating": group.cooperating}
    told = (
        phrases.say("group_role", role=phrases.say(f"role_of_{role}"), departments=names(printed))
        for role, printed in roles.items()
        if printed
    )
    return phrases.say(
        "group", label=group.label or phrases.say("group_unnamed"), roles=phrases.say("group_separator").join(told)
    )


def _told_by(rule: LeadRule, source: Source, phrases: Phrases, names: Names) -> str:
    return phrases.say(f"lead_by_{rule.kind}", quote=rule.quote, departments=names(source.implied_lead))
