"""The numbered part of a notice: measures under their headings, and the parts that only look like measures."""

from collections.abc import Sequence

from tests.ingest.general import phrases
from tests.ingest.general.dice import Dice
from tests.ingest.general.measures import any_measure
from tests.ingest.general.numbering import ARTICLES, Numbering, chinese
from tests.ingest.general.styles import MeasureStyle, Position
from tests.ingest.general.written import Paragraph, WrittenMeasure


def any_body(dice: Dice, style: MeasureStyle) -> tuple[list[Paragraph], tuple[WrittenMeasure, ...]]:
    """All paragraphs from the first number to the last, and the measures among them."""
    numbering = style.numbering
    sizes = _sizes(dice, numbering.above)
    titles = iter(_titles(dice, style, sum(sum(part) for part in sizes)))
    part_titles = iter(dice.some(phrases.PART_TITLES, 6, 6))
    section_titles = iter(dice.some(phrases.SECTION_TITLES, 8, 8))
    sections_run_on = dice.chance()
    lines = _rule(style, "before")
    written: list[WrittenMeasure] = []
    parts = sections = 0
    # Articles run through all chapters, general provisions included: then those would be measures as well.
    if numbering.above != "none" and numbering.marker.look not in ARTICLES and dice.chance():
        parts += 1
        lines += _overview(dice, numbering)
    for part in sizes:
        outline: tuple[str, ...] = ()
        if numbering.above != "none":
            parts += 1
            outline = (numbering.part(parts, next(part_titles)),)
            lines.append(Paragraph("heading", outline[0]))
        sections = sections if sections_run_on else 0
        here = 0
        for size in part:
            if numbering.above == "sections":
                sections += 1
                outline = (*outline[:1], numbering.section(sections, next(section_titles)))
                lines.append(Paragraph("heading", outline[1]))
                here = 0
            for _ in range(size):
                here += 1
                position = Position(len(written) + 1, here, outline)
                printed, measure = any_measure(dice, style, next(titles), position)
                lines += [Paragraph("body", line) for line in printed]
                written.append(measure)
    lines += _rule(style, "after")
    lines += _ending(dice, style, parts + 1, written)
    return lines, tuple(written)


def _rule(style: MeasureStyle, place: str) -> list[Paragraph]:
    """The rule who leads, where it stands apart from all measures."""
    if not style.duty or style.duty.rule_at != place:
        return []
    note = "注：" if place == "after" else ""
    rule = style.duty.rule.removesuffix("，下同")
    return [Paragraph("body", f"{note}各项措施的责任{style.duty.noun}中，{rule}。")]


def _sizes(dice: Dice, above: str) -> list[list[int]]:
    """For each part the number of measures in each of its sections; circled numbers end at 20."""
    if above == "none":
        return [[dice.number(3, 12)]]
    if above == "sections":
        return [[2], *([dice.number(1, 3) for _ in range(dice.number(1, 2))] for _ in range(dice.number(1, 3)))]
    return [[2], *([dice.number(1, 4)] for _ in range(dice.number(1, 3)))]


def _titles(dice: Dice, style: MeasureStyle, count: int) -> list[str]:
    pool = phrases.FIRST_SENTENCES if style.titles == "none" else phrases.TITLES
    # First sentences are few: a long notice says some of them again, as real ones do.
    return (dice.some(pool, len(pool), len(pool)) * 2)[:count]


def _overview(dice: Dice, numbering: Numbering) -> list[Paragraph]:
    """A part of aims or principles, numbered as sections are."""
    if dice.chance():
        heading = numbering.part(1, dice.one(phrases.AIMS))
        return [Paragraph("heading", heading), Paragraph("body", phrases.AIM)]
    heading = numbering.part(1, dice.one(phrases.PRINCIPLED))
    principles = dice.some(phrases.PRINCIPLES, 2, 3)
    return [Paragraph("heading", heading), *_named(principles)]


def _ending(dice: Dice, style: MeasureStyle, part: int, written: Sequence[WrittenMeasure]) -> list[Paragraph]:
    """What follows the last measure: nothing, safeguards, closing rules under a heading, or one without any."""
    numbering = style.numbering
    kind = dice.one(("", "safeguards", "rules", "rules", "sentence"))
    rules = dice.some(phrases.CLOSING_RULES, 2, 4)
    flat = numbering.above == "none"
    if kind == "safeguards" and not flat and style.duty and numbering.marker.look not in ARTICLES:
        # Where no measure names anyone, nothing but its heading would tell a safeguard from a measure.
        heading = dice.one(("保障措施", "组织保障"))
        safeguards = dice.some(phrases.SAFEGUARDS, 2, 3)
        return [Paragraph("heading", numbering.part(part, heading)), *_named(safeguards)]
    if kind == "rules" and not (flat and style.one_line):
        heading = "附则" if flat else numbering.part(part, "附则")
        return [Paragraph("heading", heading), *_rules(dice, rules, numbering, len(written) + 1)]
    if kind == "sentence" and style.duty and style.duty.closed and written[-1].named and not style.one_line:
        # The bracket has closed the last measure.
        return [Paragraph("body", f"{phrases.IN_FORCE}。")]
    return []


def _rules(dice: Dice, rules: Sequence[str], numbering: Numbering, article: int) -> list[Paragraph]:
    if numbering.marker.look in ARTICLES and numbering.above == "chapters":
        marks = [numbering.number(article + position, 1) for position in range(len(rules))]
    elif dice.chance():
        marks = [f"{position}." for position in range(1, len(rules) + 1)]
    else:
        marks = [f"（{chinese(position)}）" for position in range(1, len(rules) + 1)]
    return [Paragraph("body", f"{mark}{rule}。") for mark, rule in zip(marks, rules, strict=True)]


def _named(items: Sequence[tuple[str, str]]) -> list[Paragraph]:
    return [
        Paragraph("body", f"（{chinese(position)}）{title}。{text}。")
        for position, (title, text) in enumerate(items, start=1)
    ]
