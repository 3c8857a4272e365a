"""One notice in four formats is one catalogue."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.dataset import SETS_DIR
from ingest.document import read_document
from ingest.notice import Notice
from ingest.parser import parse
from ingest.settings import Settings
from tests.ingest.document.same_notice import blocks_of
from tests.ingest.document.writing import FILE, GAZETTE, write_docx, write_html, write_pdf

OTHERS = SETS_DIR / "notices"
NOTICES = ["hongkou-2025", "06-guangdong-2026", "18-guofa-2019-3"]


def catalogue(path: Path) -> Notice:
    """What was read, without its places in the document."""
    notice = parse(read_document(path)).notice
    return replace(notice, sources=tuple(replace(source, start=0, end=0) for source in notice.sources))


@pytest.fixture(params=NOTICES)
def text(request: pytest.FixtureRequest, settings: Settings) -> str:
    inside = settings.corpus_dir / request.param / "notice.txt"
    path = inside if inside.exists() else OTHERS / f"{request.param}.txt"
    # A page and a PDF do not tell a no-break space from a space.
    return path.read_text(encoding="utf-8").replace("\xa0", " ")


def test_text_page_word_file_and_two_pdfs_yield_the_same_catalogue(text: str, tmp_path: Path) -> None:
    plain = tmp_path / "notice.txt"
    plain.write_text(text, encoding="utf-8")
    expected = catalogue(plain)
    assert expected.measures
    blocks = blocks_of(text)
    assert catalogue(write_html(blocks, tmp_path / "notice.html")) == expected
    assert catalogue(write_docx(blocks, tmp_path / "notice.docx")) == expected
    assert catalogue(write_pdf(blocks, tmp_path / "file.pdf", FILE)) == expected
    assert catalogue(write_pdf(blocks, tmp_path / "gazette.pdf", GAZETTE)) == expected


def test_the_tables_of_the_annexes_are_the_same_in_every_format(settings: Settings, tmp_path: Path) -> None:
    text = (settings.corpus_dir / "hongkou-2025" / "notice.txt").read_text(encoding="utf-8").replace("\xa0", " ")
    blocks = blocks_of(text)
    page, word, file, gazette = (
        [table.rows for table in read_document(path).tables]
        for path in (
            write_html(blocks, tmp_path / "notice.html"),
            write_docx(blocks, tmp_path / "notice.docx"),
            write_pdf(blocks, tmp_path / "file.pdf", FILE),
            write_pdf(blocks, tmp_path / "gazette.pdf", GAZETTE),
        )
    )
    assert [len(rows[0]) for rows in page] == [2, 3]
    assert page == word == file == gazette
