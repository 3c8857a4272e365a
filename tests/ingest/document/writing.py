"""Writing the blocks of a notice as offices publish them: a page of a government site, a Word file, a PDF."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, B5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from tests.ingest.document.same_notice import Grid, Text

FONT = "STSong-Light"
Blocks = Sequence[Text | Grid]


def write_html(blocks: Blocks, path: Path) -> Path:
    """A page with navigation, scripts and hidden text, the notice inside a table that is only for layout."""
    notice = "\n".join(_html_paragraph(block) if isinstance(block, Text) else _html_table(block) for block in blocks)
    path.write_text(
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>政府网站</title><style>p {margin: 0}</style>"
        "<script>var a = '<p>1.不是举措</p>';</script></head><body><header><a href='/'>首页</a></header>"
        "<nav><ul><li>1.政务公开</li></ul></nav><table><tr><td id='UCAP-CONTENT'>"
        f"{notice}</td></tr></table><div style='display: none'>一、看不见的</div><!-- 二、注释 -->"
        "<select><option>三、选项</option></select><footer>版权所有</footer></body></html>",
        encoding="utf-8",
    )
    return path


def _html_paragraph(block: Text) -> str:
    align = {"title": "center", "right": "right"}.get(block.place, "left")
    first, rest = block.text[:3], block.text[3:]
    words = f"<b>{escape(first)}</b><span>{escape(rest)}</span>".replace(" ", "&nbsp;").replace("<span&nbsp;", "<span ")
    return f"<p style='text-align: {align}'>\n{words}</p>"


def _html_table(grid: Grid) -> str:
    rows = []
    for row in grid.rows:
        span = f" colspan={grid.columns}" if len(row) == 1 else ""
        cells = ["".join(f"<p>{escape(paragraph)}</p>" for paragraph in cell) for cell in row]
        rows.append("".join(f"<td{span}>{cell}</td>" for cell in cells))
    return f"<table border=1><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


def write_docx(blocks: Blocks, path: Path) -> Path:
    """A Word file with a header and a page number."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "虹口区人民政府公报"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    for block in blocks:
        if isinstance(block, Text):
            paragraph = document.add_paragraph()
            paragraph.add_run(block.text[:4]).bold = True
            paragraph.add_run(block.text[4:])
            if block.place == "body":
                paragraph.paragraph_format.first_line_indent = Pt(32)
            elif block.place != "left":
                align = WD_ALIGN_PARAGRAPH.CENTER if block.place == "title" else WD_ALIGN_PARAGRAPH.RIGHT
                paragraph.alignment = align
            continue
        table = document.add_table(0, block.columns)
        for row in block.rows:
            cells = table.add_row().cells
            if len(row) == 1:
                cells[0].merge(cells[-1])
            for cell, paragraphs in zip(cells, row, strict=False):
                cell.text = "\n".join(paragraphs[:1])
                for text in paragraphs[1:]:
                    cell.add_paragraph(text)
    document.save(str(path))
    return path


@dataclass(frozen=True)
class Layout:
    """How a PDF looks. Paragraphs are told apart by an indented first line, or by the space between them."""

    page: tuple[float, float]
    margin: float
    size: float
    indented: bool
    number: str
    header: str
    breaks_rows: bool


FILE = Layout(A4, 79, 16, indented=True, number="— {} —", header="", breaks_rows=True)
GAZETTE = Layout(
    B5, 50, 10.5, indented=False, number="第 {} 页 共 99 页", header="虹口区人民政府公报 2025年第3期", breaks_rows=False
)


def write_pdf(blocks: Blocks, path: Path, layout: Layout) -> Path:
    """A PDF with page numbers, and tables whose rows break over pages."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    width = layout.page[0] - 2 * layout.margin
    template = SimpleDocTemplate(
        str(path),
        pagesize=layout.page,
        margin=0,
        allowSplitting=1,
        **{f"{side}Margin": layout.margin for side in ("left", "right", "top", "bottom")},
    )
    furniture = _furniture(layout)
    template.build([_flowable(block, layout, width) for block in blocks], furniture, furniture)
    return path


def _furniture(layout: Layout) -> Callable[[Canvas, SimpleDocTemplate], None]:
    def draw(canvas: Canvas, template: SimpleDocTemplate) -> None:
        width, height = layout.page
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(width / 2, layout.margin / 2, layout.number.format(canvas.getPageNumber()))
        canvas.drawString(layout.margin, height - layout.margin / 2, layout.header)

    return draw


def _style(layout: Layout, size: float, **more: float) -> ParagraphStyle:
    style = {"spaceAfter": 0 if layout.indented else size * 0.7, **more}
    return ParagraphStyle("style", fontName=FONT, fontSize=size, leading=size * 1.6, wordWrap="CJK", **style)


def _flowable(block: Text | Grid, layout: Layout, width: float) -> Flowable:
    if isinstance(block, Text):
        size = layout.size * 1.3 if block.place == "title" else layout.size
        more: dict[str, float] = {"title": {"alignment": TA_CENTER}, "right": {"alignment": TA_RIGHT}}.get(
            block.place, {}
        )
        if block.place == "body" and layout.indented:
            more = {"firstLineIndent": layout.size * 2}
        return Paragraph(escape(block.text), _style(layout, size, **more))
    size = layout.size * 0.8
    style = _style(layout, size, **({"firstLineIndent": size * 2} if layout.indented else {}))
    shares = (0.55, *[0.45 / (block.columns - 1)] * (block.columns - 1))
    spans = [("SPAN", (0, at), (-1, at)) for at, row in enumerate(block.rows) if len(row) == 1]
    return Table(
        [
            [*([Paragraph(escape(text), style) for text in cell] for cell in row), *[""] * (block.columns - len(row))]
            for row in block.rows
        ],
        colWidths=[width * share for share in shares],
        # reportlab repeats the heading in the middle of a page when it also breaks rows.
        repeatRows=0 if layout.breaks_rows else 1,
        splitInRow=int(layout.breaks_rows),
        style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP"), *spans],
    )
