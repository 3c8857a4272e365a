"""Word files, read as a stream of elements: what a reader of the printed page sees of the body, in its order."""

import re
from collections.abc import Mapping

from ingest.document.flow import Flow
from ingest.document.limits import MAX_CHARACTERS, too_large
from ingest.document.lines import Document
from ingest.document.lists import whole
from ingest.document.markup import local, read_xml, value
from ingest.document.nesting import Nesting
from ingest.document.numbering import ListPlace, Numbering
from ingest.document.package import Package
from ingest.errors import DocumentRefused

# Deleted text, fields' instructions, drawings and text boxes, older properties, section properties.
_LEFT_OUT = re.compile(
    "moveFrom|instrText|delInstrText|delText|drawing|pict|object|txbxContent|Fallback|rt|sectPr"
    "|(?:pPr|rPr|tcPr|trPr|tblPr|sectPr|tblGrid)Change"
)
_CONTENTS = "Table of Contents"
_OFF = ("0", "false", "off")


def read_docx(name: str, data: bytes) -> Document:
    """The text of a Word file with its automatic numbers and tables; headers, footers and notes are left out.

    Raises DocumentRefused for what is damaged, locked, too large, no Word file, or carries macros, external
    references or entities.
    """
    package = Package(name, data)
    body = _Body(name, Numbering(package))
    return read_xml(name, package.archive.chunks(package.document), body)


class _Body:
    """What the parser tells about the body, element by element."""

    def __init__(self, name: str, numbering: Numbering) -> None:
        self._name = name
        self._numbering = numbering
        self._flow = Flow()
        self._nesting = Nesting()
        self._lines: list[list[str]] = [[]]
        self._characters = 0
        self._place = ListPlace()
        self._mark_deleted = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        parent = self._nesting.above(0)
        self._nesting.enter(name)
        if self._nesting.is_left_out:
            return
        if _LEFT_OUT.fullmatch(name):
            self._nesting.leave_out(name)
        elif name == "del":
            self._delete(parent)
        elif parent in ("pPr", "numPr"):
            self._place.take(name, attributes)
        elif parent in ("rPr", "tcPr", "trPr", "docPartObj"):
            self._take_format(name, attributes)
        else:
            self._open(name, parent)

    def end(self, tag: str) -> None:
        match self._nesting.leave():
            case "p":
                self._end_paragraph()
            case "tc":
                self._write_paragraph()
                self._flow.close_cell()
            case "tr":
                self._flow.close_row()
            case "tbl":
                self._flow.close_table()

    def data(self, data: str) -> None:
        if self._nesting.above(0) == "t" and not self._nesting.is_left_out:
            self._characters += len(data)
            if self._characters > MAX_CHARACTERS:
                raise too_large(f"正文超过{MAX_CHARACTERS}字")
            self._lines[-1].append(data)

    def close(self) -> Document:
        self._write_paragraph()
        return self._flow.document()

    def _open(self, name: str, parent: str) -> None:
        match name:
            case "p":
                self._place = ListPlace()
            case "tab" | "ptab" if parent == "r":
                self._lines[-1].append(" ")
            case "br" | "cr" if parent == "r":
                self._lines.append([])
            case "noBreakHyphen":
                self._lines[-1].append("-")
            case "tbl":
                self._flow.open_table()
            case "tr":
                self._flow.open_row()
            case "tc":
                self._flow.open_cell()
            case "altChunk":
                raise DocumentRefused(
                    f"{self._name} 里嵌入了另一份文件(altChunk)。", "请用 Word 打开,另存为 DOCX 后再试。"
                )

    def _take_format(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "vanish" if value(attributes) not in _OFF and self._nesting.above(2) == "r":
                self._nesting.leave_out("r")
            case "gridSpan":
                self._flow.span(whole(value(attributes)))
            case "gridBefore":
                for _ in range(min(whole(value(attributes)), 10)):
                    self._flow.open_cell()
            case "vMerge" if value(attributes) != "restart":
                self._nesting.leave_out("tc")
            case "docPartGallery" if value(attributes) == _CONTENTS:
                self._nesting.leave_out("sdt")

    def _delete(self, parent: str) -> None:
        """Leave out what was deleted: a run, a row, or only the mark that ended a paragraph."""
        if parent == "rPr" and self._nesting.above(2) == "pPr":
            self._mark_deleted = True
        elif parent == "trPr":
            self._nesting.leave_out("tr")
        else:
            self._nesting.leave_out("del")

    def _end_paragraph(self) -> None:
        """Where the mark at its end was deleted, the next paragraph goes on with this one."""
        goes_on, self._mark_deleted = self._mark_deleted, False
        if not goes_on:
            self._write_paragraph(self._numbering.next(self._place))

    def _write_paragraph(self, number: str = "") -> None:
        first, *rest = map("".join, self._lines)
        self._lines = [[]]
        if first.strip() or "".join(rest).strip():
            for line in (number + first.lstrip(), *rest):
                self._flow.add_line(line)
