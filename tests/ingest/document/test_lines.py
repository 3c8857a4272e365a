from hypothesis import given
from hypothesis import strategies as st

from ingest.document import document_from_text


@given(st.text())
def test_every_line_is_found_at_its_offsets_and_nothing_but_blanks_lies_between(text: str) -> None:
    document = document_from_text(text)
    position = 0
    for line in document.lines:
        assert text[line.start : line.end] == line.text
        assert not text[position : line.start].strip()
        position = line.end
    assert not text[position:].strip()
