from pathlib import Path

import pytest

from ingest.contacts import Contact, load_contacts
from ingest.corpus import Corpus
from ingest.errors import CorpusError


def written(folder: Path, text: str) -> Path:
    path = folder / "contacts.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_contacts_are_kept_under_the_canonical_name(tmp_path: Path, corpus: Corpus) -> None:
    path = written(tmp_path, '["房管局"]\nphone = "021-12345678"\nhours = "工作日 9:00-17:00"\n')
    assert load_contacts(path, corpus.departments) == {
        "区住房保障房屋管理局": Contact(phone="021-12345678", hours="工作日 9:00-17:00")
    }


def test_without_the_file_there_are_none(tmp_path: Path, corpus: Corpus) -> None:
    assert load_contacts(tmp_path / "contacts.toml", corpus.departments) == {}


@pytest.mark.parametrize(
    ("text", "named"),
    [('["区走出去局"]\nphone = 1\n', "区走出去局"), ('["房管局"]\nfax = 1\n', "房管局"), ("[", "contacts.toml")],
)
def test_a_wrong_file_is_named_with_what_is_wrong(tmp_path: Path, corpus: Corpus, text: str, named: str) -> None:
    with pytest.raises(CorpusError, match=named):
        load_contacts(written(tmp_path, text), corpus.departments)
