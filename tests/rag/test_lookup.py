import pytest

from ingest.corpus import Corpus
from rag.lookup import named_source


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("第23条是什么", "M23"),
        ("二十三号措施归谁管", "M23"),
        ("方案第十二条的原文", "M12"),
        ("附件1第16项讲什么", "A16"),
        ("附件一第七项", "A7"),
        ("M12", "M12"),
        ("what is measure 43 about", "M43"),
        ("第52条讲什么", "M52"),
    ],
)
def test_numbers_name_sources(corpus: Corpus, text: str, key: str) -> None:
    named = named_source(text, corpus.notices)
    assert named is not None
    assert (named.key, named.exists) == (key, key != "M52")


@pytest.mark.parametrize("text", ["民营12条第三条写的啥", "贷款50万找谁", "一号线旁边的店面", "劳动法第39条"])
def test_other_numbers_do_not(corpus: Corpus, text: str) -> None:
    assert named_source(text, corpus.notices) is None
