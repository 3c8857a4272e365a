"""Any notice, in any of many notations, together with what it says.

Left out is what careful readers would read in more than one way: (1), ① or 一是 without anyone named at each of
them; groups in every measure (then the level below would be that of the measures); lists on lines of their own in
a notice that names no one; a comma between names as well as between labels; verbs (A牵头) outside of brackets;
safeguards with numbers where no measure names anyone; general provisions as the first articles; part after part in
一、 where these are the measures; a notice on one line whose titles nothing closes.
"""

from collections.abc import Sequence

from hypothesis import strategies as st

from tests.ingest.general.bodies import any_body
from tests.ingest.general.dice import Dice
from tests.ingest.general.duties import any_duty_style
from tests.ingest.general.fronts import any_front
from tests.ingest.general.numbering import ARTICLES, ONE_LINE, Numbering, any_numbering
from tests.ingest.general.offices import PLACES
from tests.ingest.general.styles import MeasureStyle
from tests.ingest.general.written import Paragraph, WrittenVariant

variants = st.randoms(use_true_random=True).map(lambda random: any_variant(Dice(random)))
"""Any variant."""


def any_variant(dice: Dice) -> WrittenVariant:
    """One notice."""
    numbering = any_numbering(dice)
    one_line = numbering.marker.look in ONE_LINE and dice.chance(1 / 4)
    style = _any_style(dice, numbering, one_line)
    front = any_front(dice, style.place, one_line)
    lines, measures = any_body(dice, style)
    *before, preamble = front.before
    # Contents stand below a title, not between those addressed and what is said to them.
    contents = [] if one_line or numbering.above == "none" or before[-1].text.endswith("：") else _contents(dice, lines)
    return WrittenVariant(
        text=_laid_out(dice, [*before, *contents, preamble, *lines, *front.after], one_line),
        title=front.title,
        heading=front.heading,
        document_number=front.document_number,
        issuer=front.issuer,
        issued_on=front.issued_on,
        lead_rule=_lead_rule(style),
        measures=measures,
    )


def _contents(dice: Dice, lines: Sequence[Paragraph]) -> list[Paragraph]:
    """A table of contents now and then: the headings, perhaps with pages."""
    if not dice.chance(1 / 8):
        return []
    paged = dice.chance()
    headings = [line.text for line in lines if line.kind == "heading"]
    entries = [f"{text}{f'……{page}' if paged else ''}" for page, text in enumerate(headings, start=1)]
    return [Paragraph("front", entry) for entry in (dice.one(("目录", "目　录")), *entries)]


def _lead_rule(style: MeasureStyle) -> str | None:
    if not style.duty:
        return None
    return "note" if style.duty.rule else "mark" if style.duty.marked else None


# Such numbers stand inside texts as well: only with a duty at each of them are they plainly measures.
ALWAYS_NAMED = ("一是", "①", "（1）", "(1)")


def _any_style(dice: Dice, numbering: Numbering, one_line: bool) -> MeasureStyle:
    look = numbering.marker.look
    titles = dice.one(_titles(look, one_line))
    always_named = look in ALWAYS_NAMED
    duty = any_duty_style(dice, one_line) if always_named or dice.chance(5 / 6) else None
    lists = dice.one(("", *numbering.marker.inner))
    # Groups are told by their brackets; whose lead the first of all would be is not said.
    groupable = duty and duty.closed and not (duty.own_line or duty.rule or duty.marked or one_line)
    grouped = bool(groupable and lists and titles != "none" and dice.chance())
    # The second is never alone under its heading: a whole part without names could be one of aims.
    unnamed = 0 if always_named else dice.one((0, 0, 0, 2, 3 if numbering.above == "none" else 2))
    return MeasureStyle(
        numbering=numbering,
        titles=titles,
        duty=duty,
        place=dice.one(PLACES),
        lists=lists,
        grouped=grouped,
        one_line=one_line,
        unnamed=unnamed,
    )


def _titles(look: str, one_line: bool) -> Sequence[str]:
    """How titles can be set off after such a number."""
    if look == "【】":
        return ("bracket", "bracket-line")
    if look == "一是":
        return ("stop", "none")
    if look in ARTICLES and one_line:
        return ("stop", "bracket", "round")
    if look in ARTICLES:
        return ("stop", "line", "line", "bracket", "round", "none")
    return ("stop", "none") if one_line else ("stop", "stop", "line", "bracket", "none")


def _laid_out(dice: Dice, paragraphs: Sequence[Paragraph], one_line: bool) -> str:
    """The paragraphs as the text of a file."""
    if one_line:
        return dice.one((" ", "  ", "　　")).join(paragraph.text for paragraph in paragraphs) + "\n"
    newline = dice.one(("\n", "\n", "\r\n"))
    indent = dice.one(("", "", "　　", "\u2003\u2003", "    "))
    trailing = dice.one(("", "", "  ", "　"))
    blank = dice.one((1, 1, 2))
    lines = [f"{'' if each.kind == 'front' else indent}{each.text}{trailing}{newline * blank}" for each in paragraphs]
    return "".join(lines)
