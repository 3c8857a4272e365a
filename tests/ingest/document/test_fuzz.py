"""Whatever happens to a file, reading it ends in a document or in an error that says what is wrong."""

from pathlib import Path

import pytest

from ingest.document import Document, read_document
from ingest.errors import PolicyQAError
from tests.ingest.document.mutations import damaged
from tests.ingest.document.same_notice import blocks_of
from tests.ingest.document.writing import GAZETTE, write_docx, write_html, write_pdf
from tests.ingest.notices import three_measures


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("samples")
    blocks = blocks_of(three_measures().text())
    written = {
        "html": write_html(blocks, folder / "notice.html"),
        "docx": write_docx(blocks, folder / "notice.docx"),
        "pdf": write_pdf(blocks, folder / "notice.pdf", GAZETTE),
    }
    return {
        "txt": three_measures().text().encode("gb18030"),
        **{kind: path.read_bytes() for kind, path in written.items()},
    }


def outcome(path: Path) -> Document | PolicyQAError:
    """What reading came to; any other error is raised."""
    try:
        return read_document(path)
    except PolicyQAError as error:
        return error


@pytest.mark.parametrize(("kind", "inputs"), [("txt", 150), ("html", 100), ("docx", 80), ("pdf", 8)])
def test_damaged_files_are_read_or_refused(samples: dict[str, bytes], tmp_path: Path, kind: str, inputs: int) -> None:
    path = tmp_path / f"notice.{kind}"
    for seed in range(inputs):
        path.write_bytes(damaged(samples[kind], seed))
        came_to = outcome(path)
        assert came_to.lines if isinstance(came_to, Document) else came_to.remedy, f"seed {seed}"
