from pathlib import Path

import pytest

from ingest.corpus import CorpusNotice
from ingest.errors import IndexCorrupt
from ingest.index.record import read_record, record_of


def test_a_notice_is_read_back_as_it_was(hongkou: CorpusNotice, tmp_path: Path) -> None:
    path = tmp_path / "hongkou-2025.json"
    path.write_bytes(record_of(hongkou))
    assert read_record(path) == hongkou


def test_a_damaged_record_is_recognised(hongkou: CorpusNotice, tmp_path: Path) -> None:
    path = tmp_path / "hongkou-2025.json"
    path.write_bytes(record_of(hongkou)[:1000])
    with pytest.raises(IndexCorrupt, match="policyqa ingest"):
        read_record(path)
