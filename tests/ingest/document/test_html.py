from pathlib import Path

import pytest

from ingest.document.html import read_html
from ingest.document.limits import MAX_DEPTH, MAX_ELEMENTS, MAX_MARKUP
from ingest.errors import DocumentRefused
from tests.ingest.document.files import read_bytes, texts


def lines(source: str) -> list[str]:
    return texts(read_html(source))


def test_blocks_end_lines_and_inline_elements_do_not() -> None:
    assert lines("<div>一、<b>优化</b><a>服务</a><p>(一)<i>政策</i><br>说明</p>末尾</div>") == [
        "一、优化服务",
        "(一)政策",
        "说明",
        "末尾",
    ]


def test_entities_are_decoded_and_no_break_spaces_are_spaces() -> None:
    assert lines("<p>&lt;甲&gt;&nbsp;乙&#12289;&#x4E19;</p>") == ["<甲> 乙、丙"]


def test_a_line_end_of_the_source_between_chinese_characters_is_none_of_the_page() -> None:
    assert lines("<p>优化\n   服务 and\nmore</p>") == ["优化服务 and more"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert lines("<pre>一、甲\n二、乙</pre>") == ["一、甲", "二、乙"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>document.write('<p>1.甲</p>')</script>",
        "<style>p {}</style>",
        "<!-- 1.甲 -->",
        "<nav><ul><li>1.甲</ul></nav>",
        "<header>甲</header>",
        "<footer>甲</footer>",
        "<select><option>甲</select>",
        "<p hidden>甲</p>",
        "<div style='color: red; display : none'><p>甲</p></div>",
        "<textarea>甲</textarea>",
    ],
)
def test_what_a_reader_of_the_page_does_not_see_as_its_text_is_left_out(hidden: str) -> None:
    assert lines(f"<body><p>前</p>{hidden}<p>后</p></body>") == ["前", "后"]


def test_the_heading_of_an_article_is_kept() -> None:
    assert lines("<header>网站</header><article><header>通知标题</header><p>正文</p></article>") == ["通知标题", "正文"]


def test_numbers_that_a_list_prints_are_in_the_text_unless_the_items_have_their_own() -> None:
    assert lines("<ol start=3><li>甲<li>乙</ol><ol><li>1.丙</ol><ul><li>丁</ul>") == ["3.甲", "4.乙", "1.丙", "丁"]


def test_a_table_is_lines_and_rows_with_merged_cells_once() -> None:
    document = read_html(
        "<p>附件</p><table><tr><th>事项<th>部门</tr><tr><td rowspan=2><p>1.甲</p><p>说明</p><td>区A</tr>"
        "<tr><td>区B</tr><tr><td colspan=2>一、乙</table>"
    )
    assert texts(document) == ["附件", "事项", "部门", "1.甲", "说明", "区A", "区B", "一、乙"]
    (table,) = document.tables
    assert (table.first_line, table.last_line) == (2, 8)
    assert table.rows == (("事项", "部门"), ("1.甲\n说明", "区A"), ("", "区B"), ("一、乙", ""))


def test_a_table_that_lays_out_the_page_is_none() -> None:
    inner = "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>"
    document = read_html(f"<table><tr><td>菜单<td>{inner}</tr><tr><td>页<td>脚</table>")
    assert [table.rows for table in document.tables] == [(("甲", "乙"), ("丙", "丁"))]


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_the_encoding_that_a_page_declares_is_believed(tmp_path: Path, declared: str) -> None:
    page = f"<html><head><meta charset='{declared}'></head><body><p>营商环境</p></body></html>"
    assert texts(read_bytes(tmp_path, page.encode("gb18030"))) == ["营商环境"]


def test_a_page_that_declares_the_wrong_encoding_is_still_read(tmp_path: Path) -> None:
    page = "<html><head><meta charset='gb2312'></head><body><p>营商环境①㎡</p></body></html>"
    assert texts(read_bytes(tmp_path, page.encode("utf-8"))) == ["营商环境①㎡"]


@pytest.mark.parametrize(
    "source",
    [
        "<b>" * (MAX_DEPTH + 1),
        "<br>" * (MAX_ELEMENTS + 1),
        "<p>" + "x" * MAX_MARKUP,
        "<table><tr>" + "<td colspan=100>" * 2,
        "<p>一" * 100_000,
    ],
)
def test_a_page_beyond_the_limits_is_refused(source: str) -> None:
    with pytest.raises(DocumentRefused, match="文件过大"):
        read_html(source)


def test_embedded_pictures_do_not_count() -> None:
    assert lines(f"<p>正文<img src='data:image/png;base64,{'A' * MAX_MARKUP}'></p>") == ["正文"]
