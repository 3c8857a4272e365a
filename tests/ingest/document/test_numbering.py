import pytest

from ingest.document.docx import read_docx
from ingest.document.numerals import chinese, printed
from tests.ingest.document.files import docx_of, paragraph, texts

LEVELS = """<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%3.%4"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="第%1条"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="9">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="8"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"""

STYLES = """<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>"""


def numbered(text: str, number: int, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def lines(*paragraphs: str) -> list[str]:
    return texts(read_docx("notice.docx", docx_of("".join(paragraphs), numbering=LEVELS, styles=STYLES)))


def test_numbers_that_word_prints_by_itself_are_in_the_text() -> None:
    assert lines(
        *(numbered("甲", 1), numbered("乙", 1, 1), numbered("丙", 1, 2), numbered("丁", 1, 2), paragraph("正文")),
        *(numbered("戊", 1, 1), numbered("己", 1, 2), numbered("庚", 1), numbered("辛", 1, 1), numbered("壬", 1, 3)),
    ) == ["一、甲", "（一）乙", "1.丙", "2.丁", "正文", "（二）戊", "1.己", "二、庚", "（一）辛", "2.1.1.1 壬"]


def test_an_article_is_parted_from_its_number_and_bullets_have_none() -> None:
    assert lines(numbered("总则", 2), numbered("点", 3), numbered("附则", 2)) == ["第1条 总则", "点", "第2条 附则"]


def test_a_list_may_begin_anew() -> None:
    assert lines(numbered("甲", 2), numbered("乙", 4), numbered("丙", 4)) == ["第1条 甲", "第5条 乙", "第6条 丙"]


def test_a_style_numbers_its_paragraphs_unless_they_say_no() -> None:
    style = '<w:pStyle w:val="{}"/>'.format
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    assert lines(paragraph("甲", style("H1")), paragraph("乙", style("H2")), paragraph("丙", style("H1") + none)) == [
        "一、甲",
        "（一）乙",
        "丙",
    ]


def test_a_numbered_blank_paragraph_counts_as_word_counts_it() -> None:
    assert lines(numbered("甲", 1, 2), numbered("", 1, 2), numbered("乙", 1, 2)) == ["1.甲", "3.乙"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (1003, "一千零三")],
)
def test_chinese_numerals(number: int, words: str) -> None:
    assert chinese(number) == words


@pytest.mark.parametrize(
    ("style", "text"),
    [
        *(("decimal", "4"), ("decimalEnclosedCircleChinese", "④"), ("lowerRoman", "iv"), ("upperLetter", "D")),
        *(("decimalFullWidth", "４"), ("decimalZero", "04"), ("ideographDigital", "四"), ("somethingNew", "4")),
    ],
)
def test_styles_of_numbers(style: str, text: str) -> None:
    assert printed(4, style) == text
