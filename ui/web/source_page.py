"""The plain pages: a source at /notices/<notice>/<M12>, a department at /departments/<name>. Their addresses stay."""

from ui.web.client import ApiError
from ui.web.site import Site


async def source_page(site: Site, notice: str, key: str, quote: str) -> str:
    """HTML of one source with the words of ``quote`` marked. Raises ApiError."""
    client = site.client()
    source, described = await client.measure(notice, key), await client.notice(notice)
    header = site.header_of(here=f"notices/{notice}/{key}")
    return site.render("source", header=header, source=source, notice=described, quote=quote)


async def department_page(site: Site, name: str) -> str:
    """HTML of one department with everything that it leads or joins. Raises ApiError."""
    department = await site.client().department(name)
    return site.render("department", header=site.header_of(here=f"departments/{name}"), department=department)


def missing_page(site: Site, error: ApiError) -> str:
    """HTML for what does not exist or cannot be shown."""
    return site.render("missing", header=site.header_of(), message=str(error))
