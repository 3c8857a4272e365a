"""How sources are named on the command line."""

from dataclasses import replace

import pytest

from ingest.corpus import Corpus, CorpusNotice
from ingest.errors import UnknownNotice, UnknownSource
from ui.cli.sources import named_sources


def ids(corpus: Corpus, *names: str) -> list[str]:
    return [f"{entry.id}/{source.key}" for entry, source in named_sources(corpus, names)]


def test_a_number_will_do_and_each_source_comes_once(corpus: Corpus) -> None:
    assert ids(corpus, "M12", "A7", "hongkou-2025/M12") == ["hongkou-2025/M12", "hongkou-2025/A7"]


def test_where_two_notices_have_that_number_the_notice_is_to_be_named(corpus: Corpus, hongkou: CorpusNotice) -> None:
    both = replace(corpus, notices=(hongkou, replace(hongkou, id="hongkou-2026")))
    assert ids(both, "hongkou-2026/M12") == ["hongkou-2026/M12"]
    with pytest.raises(UnknownSource, match=r"hongkou-2025/M12、hongkou-2026/M12"):
        ids(both, "M12")


def test_what_there_is_not_is_named(corpus: Corpus) -> None:
    with pytest.raises(UnknownSource, match="M99"):
        ids(corpus, "M99")
    with pytest.raises(UnknownNotice, match="pudong"):
        ids(corpus, "pudong/M1")
