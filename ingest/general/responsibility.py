"""Who answers for a measure, in any notation: labels, brackets of every shape or none, verbs after the names.

(牵头单位:A;配合单位:B) · 责任部门:A、B · (A牵头,B、C配合) · 〔A、B按职责分工负责〕 · (责任单位:*A、B).
Lead, cooperating and responsible are kept apart as printed; which of them leads is never guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.general.brackets import outer_brackets, split_outside
from ingest.general.department import MARKS, is_department, split_names
from ingest.general.lead_rule import without_rule
from ingest.general.notation import Role, notation

_LABEL = re.compile(
    r"(?P<open>[【\[])?(?P<label>[一-鿿]{0,6}(?:单位|部门|机构|主体|牵头|配合|责任|负责|分工))"
    r"(?:[（(][^（()）]{0,12}[)）])?(?(open)[】\]][:：]?|[:：])[ \t\u3000]*"
)
_ASIDE = re.compile(
    r"[,，;；。][ \t\u3000]*(?=以下|以上|其余|其他各|第一个逗号|多个牵头|不再)(?P<remark>.*)", re.DOTALL
)
_END = re.compile(r"[。;；,，.!！、]*$")
_BY = re.compile(r"^由")
_LONGEST = 600
"""No list of departments is longer than this."""
_NEAR = 8
"""A label begins a sentence where one has ended so near before it, blanks aside."""


@dataclass(frozen=True, slots=True)
class Named:
    """The departments of one expression, as printed.

    ``marked`` are those with a mark (``mark``) before them, ``foremost`` those before the first comma. ``remark``: what
    else is said in the bracket. ``is_plain`` is false if a name does not read like an office.
    """

    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    mark: str = ""
    foremost: tuple[str, ...] = ()
    remark: str = ""
    is_plain: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Every name."""
        return (*self.lead, *self.cooperating, *self.responsible)

    def joined(self, other: "Named") -> "Named":
        """Both together, each name once a role."""
        return Named(
            _union(self.lead, other.lead),
            _union(self.cooperating, other.cooperating),
            _union(self.responsible, other.responsible),
            _union(self.marked, other.marked),
            self.mark or other.mark,
            self.foremost or other.foremost,
            self.remark or other.remark,
            self.is_plain and other.is_plain,
        )


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of responsibility and where it stands in its paragraph: [start, end)."""

    named: Named
    start: int
    end: int


def expressions(text: str) -> Iterator[Expression]:
    """Every expression of responsibility in a paragraph, in order."""
    end = 0
    for start, after in outer_brackets(text):
        inside = text[start + 1 : after - 1]
        if len(inside) <= _LONGEST and (named := read_responsibility(inside)):
            yield Expression(named, start, after)
            end = after
    if found := _unbracketed(text, end):
        yield found


def bare_lists(text: str) -> Iterator[Expression]:
    """Brackets at the end of a paragraph that hold nothing but names of offices, without a label or a verb."""
    for start, after in outer_brackets(text):
        inside = text[start + 1 : after - 1]
        if text[after:].strip("。；; ") or len(inside) > _LONGEST:
            continue
        named = _of_role("responsible", inside)
        if named.names and named.is_plain and all(map(_says_its_level, named.names)):
            yield Expression(named, start, after)


def _says_its_level(name: str) -> bool:
    return name.lstrip(MARKS).startswith((*"省市区县州国各", "自治", "中国", "有关", "相关")) or name.endswith("部")


def read_responsibility(inside: str) -> Named | None:
    """What the words of a bracket, or of a line, say of responsibility; None if they say nothing of it."""
    inside = without_rule(inside.strip())
    remark = ""
    if aside := _ASIDE.search(inside):
        inside, remark = inside[: aside.start()], aside["remark"]
    if named := _read(inside):
        return replace(named, remark=remark) if remark else named
    return None


def _read(inside: str) -> Named | None:
    labels = [match for match in _LABEL.finditer(inside) if role_of(match["label"])]
    if labels and not inside[: labels[0].start()].strip("()（） \t\u3000"):
        return _labelled(inside, labels)
    return _with_verbs(inside)


def _unbracketed(text: str, begin: int) -> Expression | None:
    """A label without brackets at the beginning of a line, or after a sentence at the end of a paragraph."""
    for match in _LABEL.finditer(text, begin):
        before = text[max(0, match.start() - _NEAR) : match.start()].rstrip()
        starts = match.start() == 0 or before[-1:] in (*"。；;)）〕】",)
        if starts and role_of(match["label"]) and len(text) - match.start() <= _LONGEST:
            named = read_responsibility(_END.sub("", text[match.start() :]))
            return Expression(named, match.start(), len(text)) if named and named.is_plain else None
    return None


def _labelled(inside: str, labels: list[re.Match[str]]) -> Named | None:
    named = Named()
    ends = [match.start() for match in labels[1:]] + [len(inside)]
    for match, end in zip(labels, ends, strict=True):
        role = role_of(match["label"])
        names, stop, remark = inside[match.end() : end].partition("。")
        names = _END.sub("", names.strip())
        # A verb after a labelled list says once more what the label says.
        if verb := _verb_at_end(names):
            names = names[: verb[1]]
        found = _of_role(role or "responsible", names)
        named = named.joined(replace(found, remark=remark.strip() if stop else ""))
    return named if named.names else None


def _with_verbs(inside: str) -> Named | None:
    """A牵头负责,B、C配合: the names before each verb; a list that no verb follows is none."""
    named = Named()
    main, _, remark = _END.sub("", inside).partition("。")
    waiting: list[str] = []
    for chunk in split_outside(main, ",，;；"):
        waiting.append(chunk.strip())
        if verb := _verb_at_end(waiting[-1]):
            role, place = verb
            waiting[-1] = waiting[-1][:place]
            named = named.joined(_of_role(role, _BY.sub("", "、".join(filter(None, waiting)))))
            waiting = []
    # A name may be elided (广州、深圳市政府); words that are mostly no offices are a sentence, not a list.
    if waiting or 2 * sum(map(is_department, named.names)) <= len(named.names):
        return None
    return replace(named, remark=remark.strip())


def _of_role(role: Role, listed: str) -> Named:
    printed = split_names(listed)
    names = tuple(name.lstrip(MARKS) for name in printed)
    marks = [(name[0], name.lstrip(MARKS)) for name in printed if name[0] in MARKS]
    return Named(
        lead=names if role == "lead" else (),
        cooperating=names if role == "cooperating" else (),
        responsible=names if role == "responsible" else (),
        marked=tuple(name for _, name in marks),
        mark=marks[0][0] if marks else "",
        foremost=split_names(split_outside(listed, ",，")[0]),
        is_plain=all(map(is_department, names)),
    )


def _verb_at_end(text: str) -> tuple[Role, int] | None:
    """The role that a verb at the end gives, and where the verb begins."""
    for role, pattern in notation().verbs:
        if match := pattern.search(text):
            return role, match.start()
    return None


def role_of(label: str) -> Role | None:
    """The role that a label or a column heading names; None if it names none."""
    return next((role for role, words in notation().label_roles if any(word in label for word in words)), None)


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
