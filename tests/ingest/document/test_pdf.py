"""Each of these pages is written by hand, so that the places are known."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Document
from ingest.document.pdf import read_pdf
from tests.ingest.document.files import texts
from tests.ingest.document.writing import FONT

LEFT, SIZE, PITCH = 80.0, 16.0, 28.0
FULL = "为进一步优化营商环境提升企业感受度结合本区实际制定本方案"[:25]
Draw = Callable[[Canvas], None]


def read(folder: Path, *pages: Draw) -> Document:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    path = folder / "notice.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for draw in pages:
        canvas.setFont(FONT, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return read_pdf("notice.pdf", path.read_bytes())


def printed(*lines: str, top: float = 700, number: str = "") -> Draw:
    """Lines from the top, each leading 　 as wide as a character, and a page number below."""

    def draw(canvas: Canvas) -> None:
        for at, line in enumerate(lines):
            indent = len(line) - len(line.lstrip("\u3000"))
            canvas.drawString(LEFT + indent * SIZE, top - at * PITCH, line.lstrip("\u3000"))
        canvas.drawCentredString(300, 40, number)

    return draw


def test_lines_that_the_page_broke_are_one_paragraph(tmp_path: Path) -> None:
    document = read(tmp_path, printed(f"　　{FULL[:23]}", FULL, "制定本方案。", f"　　{FULL[:23]}", "继续。"))
    assert texts(document) == [f"{FULL[:23]}{FULL}制定本方案。", f"{FULL[:23]}继续。"]


def test_a_paragraph_goes_on_over_the_page_and_its_number(tmp_path: Path) -> None:
    pages = [printed(f"　　{FULL[:23]}", FULL, number=f"— {at} —") for at in (1, 2)]
    document = read(tmp_path, *pages, printed("到此为止。", f"　　{FULL[:23]}", number="— 3 —"))
    assert texts(document) == [f"{FULL[:23]}{FULL}", f"{FULL[:23]}{FULL}到此为止。", FULL[:23]]


@pytest.mark.parametrize("number", ["— {} —", "- {} -", "{}", "{}/3", "第{}页 共3页", "第 {} 页", "Page {} of 3"])
def test_page_numbers_are_left_out(tmp_path: Path, number: str) -> None:
    pages = [printed(f"　　第{at}段话。", number=number.format(at)) for at in (1, 2, 3)]
    assert texts(read(tmp_path, *pages)) == ["第1段话。", "第2段话。", "第3段话。"]


def test_running_headers_are_left_out_and_annexes_at_the_top_of_a_page_are_not(tmp_path: Path) -> None:
    def page(at: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(LEFT, 810, f"政府公报 2025年第3期 · {at}")
            printed(f"附件{at}", f"　　第{at}段话。", top=770)(canvas)

        return draw

    found = texts(read(tmp_path, page(1), page(2), page(3)))
    assert found == ["附件1", "第1段话。", "附件2", "第2段话。", "附件3", "第3段话。"]


def test_a_watermark_is_left_out(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        printed("　　正文。")(canvas)
        canvas.rotate(45)
        canvas.drawString(500, 200, "内部资料")

    assert texts(read(tmp_path, draw)) == ["正文。"]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(tmp_path: Path, turned: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turned)
        width, height = A4
        canvas.translate(*{0: (0, 0), 90: (height, 0), 180: (width, height), 270: (0, width)}[turned])
        canvas.rotate(turned)
        for at, line in enumerate(("一、甲", "二、乙")):
            canvas.drawString(100, height - 200 - at * PITCH, line)
        canvas.grid([100, 200, 300], [height - 400, height - 360, height - 320])
        for at, text in enumerate(("事项", "部门", "1.丙", "区A")):
            canvas.drawString(110 + at % 2 * 100, height - 345 - at // 2 * 40, text)

    document = read(tmp_path, draw)
    assert texts(document) == ["一、甲", "二、乙", "事项", "部门", "1.丙", "区A"]
    assert document.tables[0].rows == (("事项", "部门"), ("1.丙", "区A"))


def test_a_title_on_two_lines_is_one_line(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 22)
        canvas.drawCentredString(LEFT + 12.5 * SIZE, 780, "测试区人民政府关于印发")
        canvas.drawCentredString(LEFT + 12.5 * SIZE, 745, "《优化营商环境行动方案》的通知")
        canvas.setFont(FONT, SIZE)
        canvas.drawCentredString(LEFT + 12.5 * SIZE, 710, "测府〔2025〕1号")
        printed(f"　　{FULL[:23]}", FULL, FULL, "结束。", top=670)(canvas)

    document = read(tmp_path, draw)
    assert texts(document)[:2] == ["测试区人民政府关于印发《优化营商环境行动方案》的通知", "测府〔2025〕1号"]


def test_a_table_that_goes_on_over_the_page_is_one_table_without_the_second_heading(tmp_path: Path) -> None:
    def page(*rows: tuple[str, str]) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.grid([80, 280, 480], [760 - 40 * at for at in range(len(rows) + 2)])
            for at, row in enumerate((("改革事项", "牵头单位"), *rows)):
                for column, text in enumerate(row):
                    canvas.drawString(86 + 200 * column, 735 - 40 * at, text)

        return draw

    document = read(tmp_path, page(("1.甲", "区A"), ("2.乙", "区B")), page(("3.丙", "区C")))
    (table,) = document.tables
    assert table.rows == (("改革事项", "牵头单位"), ("1.甲", "区A"), ("2.乙", "区B"), ("3.丙", "区C"))
    assert texts(document) == ["改革事项", "牵头单位", "1.甲", "区A", "2.乙", "区B", "3.丙", "区C"]


def test_a_box_around_a_text_is_no_table(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(70, 600, 450, 200)
        printed(f"　　{FULL[:23]}", "结束。", top=760)(canvas)

    document = read(tmp_path, draw)
    assert not document.tables
    assert texts(document) == [f"{FULL[:23]}结束。"]
