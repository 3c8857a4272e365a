"""One thing that an operator put right in how a notice was read, and which things can be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from unicodedata import category

from ingest.errors import BadCorrection

FILE = "corrections.toml"
NOTICE, ABSENT = "notice", "absent"
FACTS = ("title", "issuer", "issued_on", "document_number", "region", "year")
DEPARTMENTS = ("lead", "cooperating", "responsible")
OF_SOURCE = ("title", *DEPARTMENTS, ABSENT)
_LONGEST = 500
_TYPES: Mapping[str, type] = {
    "issued_on": date,
    "year": int,
    ABSENT: bool,
    **dict.fromkeys(DEPARTMENTS, tuple),
}
_KINDS: Mapping[type, str] = {date: "日期", int: "年份(数字)", bool: "true", tuple: "部门名称的列表", str: "文字"}

Value = str | int | date | tuple[str, ...] | None
Wanted = Mapping[str, Mapping[str, Value]]
"""What an operator wants: by element (``notice``, M12), the fields and what they shall be."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of the notice or of a source: what it is, and what had been read; for ``absent`` that is the title."""

    element: str
    field: str
    value: Value
    was: Value


def checked_field(element: str, field: str, value: Value) -> str:
    """The field, if it can be corrected to that value. Raises BadCorrection."""
    if field not in (FACTS if element == NOTICE else OF_SOURCE):
        raise BadCorrection(f"{element} 没有可更正的“{field}”。", f"可更正:{'、'.join(FACTS)};{'、'.join(OF_SOURCE)}。")
    kind = _TYPES.get(field, str)
    if type(value) is not kind or (field == ABSENT and not value):
        raise BadCorrection(f"{element} 的 {field} 是“{value}”,应为{_KINDS[kind]}。", "请更正。")
    for text in value if isinstance(value, tuple) else (str(value),):
        if len(text) > _LONGEST or any(category(char) in ("Cc", "Cs") for char in text):
            raise BadCorrection(f"{element} 的 {field} 太长,或含有控制字符。", f"请填写一行,至多 {_LONGEST} 字。")
    return field


def read_field(field: str) -> str:
    """The field that had been read; what is no measure was read as a title."""
    return "title" if field == ABSENT else field
