import codecs
from pathlib import Path

import pytest

from ingest.document import read_document
from ingest.errors import CorpusError, DocumentRefused
from tests.ingest.document.files import read_bytes, texts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_reads_the_encodings_that_offices_use(tmp_path: Path, encoding: str) -> None:
    document = read_bytes(tmp_path, "虹口区通知\n第一行".encode(encoding), "notice.txt")
    assert texts(document) == ["虹口区通知", "第一行"]


@pytest.mark.parametrize("data", [b"", b" \n\t\n", codecs.BOM_UTF8])
def test_refuses_what_is_empty(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(CorpusError, match="空的"):
        read_bytes(tmp_path, data)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\x01\x00", b"abc\x00def", bytes(range(128, 256)) * 5])
def test_refuses_bytes_that_are_no_text_of_any_encoding(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(DocumentRefused, match="不是文字文件"):
        read_bytes(tmp_path, data)


def test_names_the_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"absent\.txt"):
        read_document(tmp_path / "absent.txt")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="不是文件"):
        read_document(tmp_path)


def test_front_matter_stays_as_lines(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, "---\ntitle: 通知\n---\n正文".encode(), "notice.md")
    assert texts(document) == ["---", "title: 通知", "---", "正文"]


def test_the_source_of_a_page_saved_as_text_is_read_as_a_page(tmp_path: Path) -> None:
    source = "<tbody><tr><td><p>一、<b>支持</b>企业</p><p>（一）稳岗</p></td></tr></tbody>"
    assert texts(read_bytes(tmp_path, source.encode(), "notice.txt")) == ["一、支持企业", "（一）稳岗"]


def test_a_text_that_mentions_a_tag_stays_a_text(tmp_path: Path) -> None:
    text = "网页中的<br>标记不改变<p>这份文本"
    assert texts(read_bytes(tmp_path, text.encode())) == [text]
