"""How a notice prints who is responsible, together with what that says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.ingest.general.dice import Dice
from tests.ingest.general.offices import Place

BRACKETS = ("（）", "（）", "()", "〔〕", "[]", "【】")
TAILS = ("等有关部门", "等部门", "等单位", "等相关部门", "等有关单位", "等有关部门和单位")
RULES = ("列第一位者为牵头单位，下同", "排在第一位的部门为牵头部门，下同", "列第一位的为牵头单位，下同")
STOPS = (*("before the note",) * 5, "after the note", "into the note", "left out")
LABELS = {"lead": "牵头", "cooperating": "配合", "responsible": "责任"}
LABEL_ROLES = (
    *(("lead",), ("lead", "cooperating"), ("responsible",)),
    *(("responsible", "cooperating"), ("lead", "responsible")),
)
VERB_ROLES = (("lead",), ("lead", "cooperating"), ("responsible",))


@dataclass(frozen=True)
class Duty:
    """Departments as printed; ``notes``: the words that say it, each in a bracket or a line of its own."""

    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    implied_lead: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class DutyStyle:
    """The habits of one notice.

    ``words``: label (牵头单位：A), verb (A牵头，B配合) or tag (【责任单位】A). ``apart``: a note for each label.
    ``rule``: the words by which the first one is the lead, printed at ``rule_at``: note (in the first of them), before
    or after all measures. ``marked``: an asterisk before one name. ``stop``: where the
    full stop of the text has gone: before the note, after the note, into the note, or left out.
    """

    words: str
    noun: str
    brackets: Sequence[str]
    colon: str
    separator: str
    between: str
    own_line: bool
    stop: str
    apart: bool
    elides: bool
    roles: Sequence[tuple[str, ...]]
    rule: str
    rule_at: str
    marked: bool

    @property
    def closed(self) -> bool:
        """Whether the notes stand in brackets."""
        return bool(self.brackets)


def any_duty_style(dice: Dice, one_line: bool) -> DutyStyle:
    words = dice.one(("label", "label", "label", "verb", "verb", "label" if one_line else "tag"))
    # Without a bracket only a label makes plain where the note begins: verbs always stand in one.
    closed = words == "verb" or (words == "label" and dice.chance(3 / 4))
    own_line = words == "tag" or (not one_line and dice.chance(1 / 3))
    lead_told = dice.one(("no", "no", "no", "mark", "rule" if closed else "no"))
    roles: Sequence[tuple[str, ...]] = (("responsible",),)
    if lead_told == "no":
        roles = VERB_ROLES if words == "verb" else (dice.one(LABEL_ROLES),)
    # A comma may stand between names only where something else stands between labels.
    separator = "、" if words == "verb" else dice.one("、、、，,")
    return DutyStyle(
        words=words,
        noun=dice.one(("单位", "单位", "部门")),
        brackets=dice.some(BRACKETS, 1, 2) if closed else (),
        colon=dice.one(("：", "：", ":", "： ")),
        separator=separator,
        between=dice.one("；；;，" if separator == "、" else "；;"),
        own_line=own_line,
        stop=dice.one(STOPS) if closed and not own_line else "before the note",
        apart=words == "tag" or (words == "label" and (closed or own_line) and dice.chance(1 / 4)),
        elides=dice.chance(1 / 4),
        roles=roles,
        rule=dice.one(RULES) if lead_told == "rule" else "",
        rule_at=dice.one(("note", "note", "note", "before", "after")) if lead_told == "rule" else "",
        marked=lead_told == "mark",
    )


def any_duty(dice: Dice, style: DutyStyle, place: Place, states_rule: bool) -> Duty:
    """One duty; where ``states_rule``, with the rule of the notice in the same note."""
    roles = dice.one(style.roles)
    offices = dice.some(place.offices, len(roles), 6)
    # Every role gets some; those that cooperate may be missing.
    if roles == ("lead", "cooperating") and dice.chance(1 / 4):
        roles = ("lead",)
    named = {role: offices[position :: len(roles)] for position, role in enumerate(roles)}
    if style.elides:
        named = {role: place.elided(names) for role, names in named.items()}
    implied = ""
    if style.rule:
        implied = named["responsible"][0]
    elif style.marked:
        implied = named["responsible"][dice.one((0, 0, len(offices) - 1))]
    bracket = dice.one(style.brackets) if style.closed else ""
    if bracket == "()":
        named = {role: [name.replace("（", "(").replace("）", ")") for name in names] for role, names in named.items()}
        implied = implied.replace("（", "(").replace("）", ")")
    lists = {
        role: style.separator.join(f"*{name}" if style.marked and name == implied else name for name in names)
        for role, names in named.items()
    }
    last = roles[-1]
    ending = dice.one(("", "", "", "tail", "generic")) if last != "lead" else ""
    if ending == "tail":
        lists[last] += dice.one(TAILS)
    elif ending == "generic":
        generic = dice.one(place.generic)
        lists[last] += ("，" if style.separator == "、" and style.between != "，" else style.separator) + generic
        named[last].append(generic)
    verb = dice.one(("负责", "按职责分工负责", "牵头", "牵头负责"))
    notes = [f"{bracket[:1]}{note}{bracket[1:]}" for note in _notes(style, lists, verb)]
    if states_rule:
        rule = dice.one("。，") + style.rule
        notes[-1] = f"{notes[-1][:-1]}{rule}{notes[-1][-1]}"
    if style.stop == "into the note":
        notes = [f"{note[:-1]}。{note[-1]}" for note in notes]
    return Duty(
        lead=tuple(named.get("lead", ())),
        cooperating=tuple(named.get("cooperating", ())),
        responsible=tuple(named.get("responsible", ())),
        implied_lead=(implied,) if implied else (),
        notes=tuple(notes),
    )


def _notes(style: DutyStyle, lists: Mapping[str, str], verb: str) -> list[str]:
    """What is printed in one bracket or line each."""
    if style.words == "tag":
        return [f"【{LABELS[role]}{style.noun}】{names}" for role, names in lists.items()]
    if style.words == "label":
        labelled = [f"{LABELS[role]}{style.noun}{style.colon}{names}" for role, names in lists.items()]
        return labelled if style.apart else [style.between.join(labelled)]
    if "responsible" in lists:
        return [f"{lists['responsible']}{'按职责分工负责' if '分工' in verb else '负责'}"]
    lead = f"{lists['lead']}{'牵头负责' if '负责' in verb else '牵头'}"
    return [f"{lead}，{lists['cooperating']}配合" if "cooperating" in lists else lead]
