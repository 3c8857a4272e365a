"""The id of a notice: its folder's name, in addresses and in what is cited."""

import re

from pypinyin import lazy_pinyin

from ingest.errors import BadNoticeId
from ingest.parsed import Parsed
from ingest.place import Region, names_of_part

_VALID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_REMEDY = "编号用小写字母、数字和连字符,以字母或数字开头,至多 63 个字符,例如 hongkou-2025。"


def checked_id(notice_id: str) -> str:
    """The id, if it can be one; it is never a path. Raises BadNoticeId."""
    if not _VALID.fullmatch(notice_id):
        raise BadNoticeId(f"“{notice_id[:80]}”不能作通知的编号。", _REMEDY)
    return notice_id


def guessed_id(parsed: Parsed) -> str:
    """From region and year: 上海市虹口区 and 2025 make hongkou-2025. Raises BadNoticeId if either is not known."""
    names = names_of_part(Region(parsed.region).short)
    name = "".join(lazy_pinyin(names[-1], errors="ignore")) if names else ""
    if not name or parsed.year is None:
        raise BadNoticeId("从这份通知看不出地区和年份,无法拟定编号。", f"请自己指定。{_REMEDY}")
    return checked_id(f"{name}-{parsed.year}")
