"""The plain pages: a source at /notices/<notice>/<M12>, a department at /departments/<name>. Their addresses stay."""

from collections.abc import Mapping
from typing import Any

from ui.web.client import ApiClient, ApiError, NotFound
from ui.web.site import Site

NO_CHANGES: Mapping[str, Any] = {"changes": None}
_FIELDS = ("title", "text", "lead", "cooperating", "responsible")


async def source_page(site: Site, client: ApiClient, notice: str, key: str, quote: str) -> str:
    """HTML of one source with the words of ``quote`` marked. Raises ApiError."""
    source, described = await client.measure(notice, key), await client.notice(notice)
    successor = await client.notice(described["superseded_by"]) if described["superseded_by"] else None
    return site.render(
        "source",
        header=site.header_of(here=f"notices/{notice}/{key}"),
        source=source,
        notice=described,
        quote=quote,
        successor=successor,
        **(await _changes(client, described) if source["kind"] == "notice" else NO_CHANGES),
    )


async def _changes(client: ApiClient, notice: Mapping[str, Any]) -> Mapping[str, Any]:
    """What changed since the notice that this one supersedes, if that is loaded: as a whole, and field by field."""
    try:
        changes = await client.changes(notice["id"]) if notice["supersedes"] else None
    except NotFound:
        changes = None
    if changes is None:
        return NO_CHANGES
    changed = changes["changed"]
    # Numbers shift when a measure is put in before them.
    renumbered = sum(each["fields"] == ["number"] for each in changed)
    return {
        "changes": changes,
        "by_field": {field: [each for each in changed if field in each["fields"]] for field in _FIELDS},
        "unchanged": changes["unchanged"] + renumbered,
    }


async def department_page(site: Site, client: ApiClient, name: str) -> str:
    """HTML of one department with everything that it leads or joins. Raises ApiError."""
    department = await client.department(name)
    return site.render("department", header=site.header_of(here=f"departments/{name}"), department=department)


def missing_page(site: Site, error: ApiError) -> str:
    """HTML for what does not exist or cannot be shown."""
    return site.render("missing", header=site.header_of(), message=str(error))
