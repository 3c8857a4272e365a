"""Rules by which a notice tells the lead among departments that it names without distinction."""

import re

from ingest.notice import LeadRule

_FIRST = re.compile(
    r"(?:排|列|位列|名列)?在?(?:第一|首)(?:位|个)?(?:的|者)?(?:部门|单位|者)?(?:的)?(?:为|是|即为|系)(?:该项工作的?)?牵头(?:责任)?(?:部门|单位)?(?:[,，]?(?:下|以下)同)?"
)
_COMMA = re.compile(r"第一个?逗号(?:之)?前的?(?:部门|单位)?为牵头(?:责任)?(?:部门|单位)?")
_MARK = re.compile(
    r"(?:标注?|加注?|带|注有|注明)?有?[“\"'‘]?(?P<mark>[*＊★☆▲△※])[”\"'’]?号?(?:的|者)?(?:部门|单位|者)?(?:为|是|表示|代表)[^。;；]{0,6}牵头(?:责任)?(?:部门|单位)?"
)
_EDGE = "，,；;。 \t\u3000"


def stated_rule(text: str) -> LeadRule | None:
    """The rule that a notice states: the first named leads (下同), those before the first comma, those with a mark."""
    if match := _COMMA.search(text) or _FIRST.search(text) or _MARK.search(text):
        return LeadRule("note", match[0])
    return None


def is_of_comma(rule: LeadRule) -> bool:
    """Whether those before the first comma lead."""
    return _COMMA.search(rule.quote) is not None


def stated_mark(rule: LeadRule | None) -> str:
    """The mark that a stated rule is about; empty if it is about the order of names."""
    match = _MARK.search(rule.quote) if rule else None
    return match["mark"] if match else ""


def without_rule(text: str) -> str:
    """``text`` without the words of a rule."""
    return _FIRST.sub("", text).strip(_EDGE) if _FIRST.search(text) else text
