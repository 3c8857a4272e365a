"""What a notice says of itself before its first number and after its last: title, document number, who, when."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.ingest.general.dice import Dice
from tests.ingest.general.offices import Place
from tests.ingest.general.pages import attachments, page_bottom, page_top, printed_date
from tests.ingest.general.written import Paragraph

SUBJECTS = ("关于优化营商环境", "支持人工智能OPC发展", "关于促进民营经济高质量发展", "支持科技型企业“出海”")
KINDS = ("若干措施", "行动方案", "若干政策措施", "行动计划（2026—2028年）", "若干措施（试行）", "工作方案")
PREAMBLES = (
    "为激发经营主体活力，制定以下措施。",
    "为深入贯彻落实上级决策部署，进一步降低成本、提升效率，结合实际，制定本措施。",
    "为贯彻《促进条例》（2025年修订），推动“一件事”改革，提出以下措施：",
)
ADDRESSEES = "各街道办事处，各有关部门、各有关单位："


@dataclass(frozen=True)
class Front:
    """``before`` and ``after`` the numbered part, and what they say."""

    before: tuple[Paragraph, ...]
    after: tuple[Paragraph, ...]
    title: str
    heading: str
    document_number: str | None
    issuer: str
    issued_on: date | None


def any_front(dice: Dice, place: Place, one_line: bool) -> Front:
    """A promulgated plan, a notice that is its own heading, or hardly more than a title."""
    kind = dice.one(("promulgated", "promulgated", "own", "title"))
    day = date(2023, 1, 1) + timedelta(days=dice.number(0, 1460))
    document_number = None
    if dice.chance(2 / 3):
        bracket = dice.one(("〔〕", "〔〕", "[]"))
        document_number = f"{place.code}{bracket[0]}{day.year}{bracket[1]}{dice.number(1, 120)}号"
    numbers = [dice.one(("", "", "文号：")) + document_number] if document_number else []
    subject, form = dice.one(SUBJECTS), dice.one(KINDS)
    title = heading = f"{place.name}{subject}{form}"
    titles = [f"{place.name}{subject}", form] if not one_line and dice.chance(1 / 4) else [title]
    signature = [place.issuer, printed_date(dice, day)]
    end = "signature"
    if kind == "promulgated":
        heading = f"{place.issuer}关于印发《{title}》的通知"
        announcement = f"《{title}》已经同意，现印发给你们，请认真贯彻执行。"
        public = ["（此件公开发布）"] if dice.chance() else []
        headings = [heading]
        if not one_line and dice.chance(1 / 5):
            headings = [heading[: heading.index("《")], heading[heading.index("《") :]]
        before = _paragraphs(front=[*headings, *numbers, ADDRESSEES], body=[announcement])
        before += _paragraphs(sign=signature, front=[*public, *titles])
        after = []
    elif kind == "own":
        title = heading = f"{place.issuer}关于{subject.removeprefix('关于')}的实施意见"
        before = _paragraphs(front=[title, *numbers, ADDRESSEES])
        after = _paragraphs(sign=signature)
    else:
        end = dice.one(("signature", "signature", "nothing" if one_line else "sentence", "nothing"))
        before = _paragraphs(front=[*titles, *numbers])
        sentence = [f"{''.join(signature)}发布。"] if end == "sentence" else []
        after = _paragraphs(sign=signature if end == "signature" else sentence)
    issuer = "" if end == "nothing" else place.issuer
    before += _paragraphs(body=[dice.one(PREAMBLES)])
    if not one_line:
        # Where a sentence says when it was published, a second date on the page would say the same otherwise.
        stated = issuer if end == "signature" else ""
        before = [*page_top(dice, heading, stated, document_number, day), *before]
        attached = attachments(dice) if kind == "own" and dice.chance(1 / 4) else []
        after = [*attached, *after, *page_bottom(dice, place.issuer, kind == "own", day)]
    return Front(tuple(before), tuple(after), title, heading, document_number, issuer, day if issuer else None)


def _paragraphs(**lines: list[str]) -> list[Paragraph]:
    """Lines by their kind, in the order of the kinds."""
    return [Paragraph(kind, text) for kind, texts in lines.items() for text in texts]
