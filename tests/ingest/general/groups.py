"""A measure whose parts have departments of their own."""

from collections.abc import Sequence

from tests.ingest.general import phrases
from tests.ingest.general.dice import Dice
from tests.ingest.general.duties import any_duty
from tests.ingest.general.numbering import LISTS
from tests.ingest.general.styles import MeasureStyle, Position
from tests.ingest.general.written import WrittenGroup, WrittenMeasure


def grouped_measure(dice: Dice, style: MeasureStyle, title: str, at: Position) -> tuple[list[str], WrittenMeasure]:
    """Its lines and what they say; the notice has to have a duty."""
    assert style.duty is not None
    introduction = "".join(phrases.sentences(dice, phrases.SENTENCES, 0, 1))
    lines = style.beginning(style.head(style.numbering.number(at.number, at.here), title), introduction)
    bare, printed, groups = [introduction], [introduction], []
    named = dice.chance()
    for position, name in enumerate(dice.some(phrases.GROUP_TITLES, 2, 3), start=1):
        mark = LISTS[style.lists](position)
        sentence = f"{dice.one(phrases.LIST_ITEMS)}。"
        part = f"{mark}{name}。{sentence}" if named else f"{mark}{sentence}"
        duty = any_duty(dice, style.duty, style.place, states_rule=False)
        label = f"{mark}{name}" if named else None
        groups.append(WrittenGroup(label, duty.lead, duty.cooperating, duty.responsible))
        bare.append(part)
        printed.append(part + "".join(duty.notes))
    measure = WrittenMeasure(
        number=at.number,
        title=title,
        # Whether the notes of the parts belong to the text is left to the reader.
        texts=("".join(bare), "".join(printed), "".join([*printed[:-1], bare[-1]])),
        outline=at.outline,
        lead=_union([group.lead for group in groups]),
        cooperating=_union([group.cooperating for group in groups]),
        responsible=_union([group.responsible for group in groups]),
        groups=tuple(groups),
    )
    if dice.chance(1 / 3) and introduction:
        return [*lines[:-1], lines[-1] + "".join(printed[1:])], measure
    return [*lines, *printed[1:]], measure


def _union(lists: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))
