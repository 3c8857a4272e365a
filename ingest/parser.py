"""From a document to its catalogue: by the strict grammar if it is in that notation, else by the general one."""

from dataclasses import replace

from ingest.document import Document
from ingest.errors import NoticeError
from ingest.general.reader import read_any
from ingest.parsed import Oddity, Parsed
from ingest.region import region_named
from ingest.strict.parser import is_action_plan, parse_notice


def parse(document: Document) -> Parsed:
    """Read a notice of any notation. Raises NoticeError where no measure can be found in it.

    An action plan that breaks the strict grammar is read by the general one; where it broke is then the first oddity.
    """
    if not is_action_plan(document):
        return read_any(document)
    try:
        notice = parse_notice(document)
    except NoticeError as broken:
        try:
            parsed = read_any(document)
        except NoticeError:
            raise broken from None
        first = Oddity(broken.line, broken.reason)
        return replace(parsed, oddities=(first, *parsed.oddities))
    year = notice.issued_on.year if notice.issued_on else None
    return Parsed(notice, region_named(notice.issuer), year)
