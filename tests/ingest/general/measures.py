"""One measure in the notation of its notice, together with what it says."""

from collections.abc import Sequence

from tests.ingest.general import phrases
from tests.ingest.general.dice import Dice
from tests.ingest.general.duties import Duty, DutyStyle, any_duty
from tests.ingest.general.groups import grouped_measure
from tests.ingest.general.numbering import LISTS
from tests.ingest.general.styles import MeasureStyle, Position
from tests.ingest.general.written import WrittenMeasure


def any_measure(dice: Dice, style: MeasureStyle, title: str, at: Position) -> tuple[list[str], WrittenMeasure]:
    """One measure: its lines and what they say."""
    if style.grouped and at.number % 2 == 0 and dice.chance():
        # At most every second one has groups: a level where all had them would be one of headings.
        return grouped_measure(dice, style, title, at)
    paragraphs = _paragraphs(dice, style)
    duty = Duty()
    if style.duty and at.number != style.unnamed:
        states_rule = style.duty.rule_at == "note" and at.number == 1
        duty = any_duty(dice, style.duty, style.place, states_rule)
    head = style.head(style.numbering.number(at.number, at.here), title)
    lines = [*style.beginning(head, paragraphs[0]), *paragraphs[1:]]
    text = "".join(paragraphs)
    texts = [text, f"{title}。{text}"] if style.titles == "none" else [text]
    if style.duty and duty.notes:
        lines = _with_notes(dice, lines, duty, style.duty, style.one_line)
        if style.duty.stop in ("after the note", "left out"):
            texts += [each.removesuffix("。") for each in texts]
    measure = WrittenMeasure(
        number=at.number,
        title=title,
        texts=tuple(texts),
        outline=at.outline,
        lead=duty.lead,
        cooperating=duty.cooperating,
        responsible=duty.responsible,
        implied_lead=duty.implied_lead,
    )
    return lines, measure


def _paragraphs(dice: Dice, style: MeasureStyle) -> list[str]:
    """The text of a measure: sentences, perhaps with a list, in one paragraph or more."""
    sentences = phrases.sentences(dice, phrases.SENTENCES, 0 if style.titles == "none" else 1, 3)
    text = "".join(sentences)
    if style.lists and not style.grouped and dice.chance(1 / 3):
        text += dice.one(phrases.LIST_INTRODUCTIONS) + "："
        items = _items(style.lists, phrases.sentences(dice, phrases.LIST_ITEMS, 2, 4))
        in_line = style.one_line or style.duty is None or dice.chance()
        return [text + "".join(items)] if in_line else [text, *items]
    if len(sentences) > 1 and not style.one_line and dice.chance(1 / 5):
        return ["".join(sentences[:-1]), sentences[-1]]
    return [text]


def _with_notes(dice: Dice, lines: list[str], duty: Duty, style: DutyStyle, one_line: bool) -> list[str]:
    """The lines of a measure with its duty where this notice prints it."""
    if style.own_line:
        return [*lines, *duty.notes]
    *before, last = lines
    notes = "".join(duty.notes)
    if style.stop == "after the note":
        return [*before, f"{last.removesuffix('。')}{notes}{dice.one('。。；')}"]
    if style.stop == "left out":
        return [*before, f"{last.removesuffix('。')}{notes}"]
    stop = "" if style.closed else "。" if one_line else dice.one(("", "。"))
    return [*before, f"{last}{notes}{stop}"]


def _items(mark: str, sentences: Sequence[str]) -> list[str]:
    """A list inside a measure: only its last item ends in a full stop."""
    items = [f"{LISTS[mark](position)}{each}" for position, each in enumerate(sentences, start=1)]
    return [*(f"{item.removesuffix('。')}；" for item in items[:-1]), items[-1]]
