"""Where Chroma may not write, it works on a copy. The real thing, a read-only mount, is in tests/docs/test_image.py."""

from pathlib import Path

import pytest

from ingest.index.read_only import is_read_only, private_copy


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    folder = tmp_path / "chroma"
    (folder / "vectors").mkdir(parents=True)
    (folder / "chroma.sqlite3").write_bytes(b"database")
    (folder / "vectors" / "data.bin").write_bytes(b"vectors")
    return folder


def test_a_folder_of_ones_own_is_not_read_only(stored: Path) -> None:
    assert not is_read_only(stored)


def test_a_folder_that_is_yet_to_be_made_is_not_read_only(tmp_path: Path) -> None:
    assert not is_read_only(tmp_path / "none")


def test_a_copy_may_be_written_whatever_the_modes_of_the_original_and_is_gone_in_the_end(stored: Path) -> None:
    for path in (stored / "chroma.sqlite3", stored / "vectors", stored):
        path.chmod(0o555 if path.is_dir() else 0o444)
    with private_copy(stored) as copy:
        assert (copy / "vectors" / "data.bin").read_bytes() == b"vectors"
        assert (copy / "chroma.sqlite3").stat().st_mode & 0o200
        assert (copy / "vectors").stat().st_mode & 0o200
    assert not copy.exists()
    assert (stored / "chroma.sqlite3").read_bytes() == b"database"
    for path in (stored, stored / "vectors"):
        path.chmod(0o755)
