from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import document_from_text, read_document
from ingest.errors import CorpusError


@given(st.text())
def test_every_line_is_found_at_its_offsets_and_nothing_but_blanks_lies_between(text: str) -> None:
    document = document_from_text(text)
    position = 0
    for line in document.lines:
        assert text[line.start : line.end] == line.text
        assert not text[position : line.start].strip()
        position = line.end
    assert not text[position:].strip()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_reads_the_encodings_that_offices_use(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "notice.txt"
    path.write_bytes("虹口区通知\n第一行".encode(encoding))
    assert [line.text for line in read_document(path).lines] == ["虹口区通知", "第一行"]


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xff\xfe\x00\x01\x00", b"abc\x00def"])
def test_refuses_what_is_empty_or_not_text(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "notice.txt"
    path.write_bytes(data)
    with pytest.raises(CorpusError):
        read_document(path)


def test_names_the_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"absent\.txt"):
        read_document(tmp_path / "absent.txt")
