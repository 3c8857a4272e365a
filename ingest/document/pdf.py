"""PDF files with a text layer: lines become paragraphs again, ruled cells become tables, page furniture is left out."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.document.flow import Flow
from ingest.document.frame import Frame, frame_of, paragraphs
from ingest.document.furniture import without_furniture
from ingest.document.limits import MAX_CHARACTERS, MAX_PAGES, too_large
from ingest.document.lines import Document
from ingest.document.page import read_page
from ingest.document.printed import PrintedLine, lines_of
from ingest.document.ruled import RuledTable, tables_of
from ingest.errors import DocumentRefused

_OCR = "请先做文字识别(OCR)并核对,得到带文字层的 PDF、DOCX 或 TXT 后再试。"
_UNREADABLE = "\ufffd"
_NO_SECURITY = -1
_READABLE_SHARE = 0.95
_ENOUGH_LINES = 12
_NARROW = 0.6
Item = PrintedLine | RuledTable


def read_pdf(name: str, data: bytes) -> Document:
    """The text of a PDF. Raises DocumentRefused if it is damaged, locked, scanned, or has too many pages."""
    try:
        pages, width = _items(name, pypdfium2.PdfDocument(data))
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise _locked(name) from error
        raise DocumentRefused(f"{name} 已损坏,读不了。", "请重新“打印为 PDF”,或另存为 DOCX 后再试。") from error
    flow = Flow()
    frames = _frames([item for item in pages if isinstance(item, PrintedLine)], width)
    for is_text, run in groupby(_joined(pages), key=lambda item: isinstance(item, PrintedLine)):
        if is_text:
            lines = [item for item in run if isinstance(item, PrintedLine)]
            for text in paragraphs((line, frames[line.page % 2]) for line in lines):
                flow.add_line(text)
        else:
            for item in run:
                if isinstance(item, RuledTable):
                    item.write(flow)
    return flow.document()


def _items(name: str, pdf: pypdfium2.PdfDocument) -> tuple[list[Item], float]:
    """Lines and tables of all pages, from top to bottom, and how wide most pages are."""
    if pdfium.FPDF_GetSecurityHandlerRevision(pdf) != _NO_SECURITY:
        raise _locked(name)
    if len(pdf) > MAX_PAGES:
        raise too_large(f"PDF 超过{MAX_PAGES}页")
    lines: list[list[PrintedLine]] = []
    tables: list[list[RuledTable]] = []
    heights: dict[int, float] = {}
    page_widths: list[float] = []
    characters = unreadable = 0
    for number in range(len(pdf)):
        opened = pdf[number]
        page = read_page(opened, number)
        opened.close()
        if page.has_picture and not page.chars:
            raise DocumentRefused(f"{name} 第{number + 1}页是扫描的图片,没有文字层。", _OCR)
        characters += len(page.chars)
        unreadable += sum(char.text == _UNREADABLE for char in page.chars)
        if characters > MAX_CHARACTERS:
            raise too_large(f"正文超过{MAX_CHARACTERS}字")
        ruled, rest = tables_of(page)
        lines.append(lines_of(rest, number))
        tables.append(ruled)
        heights[number] = page.height
        page_widths.append(page.bbox[2])
    if not characters:
        raise DocumentRefused(f"{name} 没有文字层,可能是扫描件。", _OCR)
    if unreadable > characters * (1 - _READABLE_SHARE):
        raise DocumentRefused(f"{name} 的文字层没有字符编码,读不出汉字。", _OCR)
    kept = without_furniture(lines, heights)
    found: list[Item] = []
    for own, ruled in zip(kept, tables, strict=True):
        found += sorted((*own, *ruled), key=lambda item: item.top)
    return found, sorted(page_widths)[len(page_widths) // 2]


def _joined(items: list[Item]) -> Iterator[Item]:
    """The items, with the tables that pages broke put together."""
    open_table: RuledTable | None = None
    for item in items:
        if isinstance(item, RuledTable):
            if open_table and item.page == open_table.page + 1 and item.continues(open_table):
                open_table.take(item)
                continue
            if open_table:
                yield open_table
            open_table = item
            continue
        if open_table:
            yield open_table
            open_table = None
        yield item
    if open_table:
        yield open_table


def _frames(lines: list[PrintedLine], width: float) -> dict[int, Frame]:
    """The frames of even and odd pages, whose margins may be mirrored, by the remainder of the page's number."""
    frames = {}
    for remainder in (0, 1) if lines else ():
        own = [line for line in lines if line.page % 2 == remainder]
        frame = frame_of(own if len(own) >= _ENOUGH_LINES else lines)
        # Where all lines are short, none shows where the text would end: then both margins are taken to be equal.
        if frame.right - frame.left < (width - 2 * frame.left) * _NARROW:
            frame = replace(frame, right=width - frame.left)
        frames[remainder] = frame
    return frames


def _locked(name: str) -> DocumentRefused:
    return DocumentRefused(f"{name} 是加密的 PDF(设有密码或权限限制)。", "请解除加密,或重新“打印为 PDF”后再试。")
