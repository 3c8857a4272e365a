import pytest

from ingest.document.docx import read_docx
from tests.ingest.document.files import docx_of, paragraph, texts

RESTART, WIDE = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'


def lines(body: str, **roles: str) -> list[str]:
    return texts(read_docx("notice.docx", docx_of(body, **roles)))


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text and paragraph(text)}</w:tc>"


def test_paragraphs_and_tables_stand_in_the_order_of_the_document() -> None:
    table = f"<w:tbl><w:tr>{cell('甲')}{cell('乙')}</w:tr><w:tr>{cell('丙')}{cell('丁')}</w:tr></w:tbl>"
    assert lines(paragraph("前") + table + paragraph("后")) == ["前", "甲", "乙", "丙", "丁", "后"]


def test_merged_cells_hold_their_text_once() -> None:
    body = (
        f"<w:tbl><w:tr>{cell('事项')}{cell('部门')}</w:tr>"
        f"<w:tr>{cell('1.甲', RESTART)}{cell('区A')}</w:tr>"
        f"<w:tr>{cell('1.甲', '<w:vMerge/>')}{cell('区B')}</w:tr>"
        f"<w:tr>{cell('一、乙', WIDE)}</w:tr></w:tbl>"
    )
    document = read_docx("notice.docx", docx_of(body))
    assert texts(document) == ["事项", "部门", "1.甲", "区A", "区B", "一、乙"]
    assert document.tables[0].rows == (("事项", "部门"), ("1.甲", "区A"), ("", "区B"), ("一、乙", ""))


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", ["前后"]),
        ("<w:ins><w:r><w:t>插</w:t></w:r></w:ins>", ["前插后"]),
        ("<w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>", ["前后"]),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>", ["前后"]),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r>", ["前显后"]),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>", ["前后"]),
        ("<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>", ["前后"]),
        ("<w:r><w:footnoteReference w:id='1'/></w:r>", ["前后"]),
        ("<w:r><w:br/></w:r>", ["前", "后"]),
        ("<w:r><w:tab/></w:r>", ["前 后"]),
        ("<w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink>", ["前链后"]),
    ],
)
def test_what_is_printed_is_read_and_nothing_else(run: str, expected: list[str]) -> None:
    assert lines(f"<w:p><w:r><w:t>前</w:t></w:r>{run}<w:r><w:t>后</w:t></w:r></w:p>") == expected


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    assert lines(paragraph("前", "<w:rPr><w:del/></w:rPr>") + paragraph("后") + paragraph("末")) == ["前后", "末"]


def test_a_deleted_row_is_left_out() -> None:
    body = (
        f"<w:tbl><w:tr>{cell('甲')}{cell('乙')}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{cell('丙')}{cell('丁')}</w:tr>"
        f"<w:tr>{cell('戊')}{cell('己')}</w:tr></w:tbl>"
    )
    assert lines(body) == ["甲", "乙", "戊", "己"]


def test_a_table_of_contents_is_left_out() -> None:
    contents = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{paragraph('一、甲 1')}</w:sdtContent></w:sdt>"
    )
    assert lines(contents + paragraph("一、甲")) == ["一、甲"]
