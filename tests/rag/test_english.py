import pytest

from ingest.corpus import Corpus
from rag.english import departments_in_english


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("which measures does the hongkou commerce commission lead?", ["区商务委"]),
        ("how many measures does the district data bureau lead?", ["区数据局"]),
        ("items that name the shanghai municipal public security bureau", ["市公安局"]),
        ("where does the health commission appear", ["区卫生健康委"]),
        ("who helps with loans", []),
    ],
)
def test_departments_are_known_by_the_telling_words_of_their_english_names(
    corpus: Corpus, text: str, names: list[str]
) -> None:
    assert [found.name for found in departments_in_english(text, corpus.departments)] == names
