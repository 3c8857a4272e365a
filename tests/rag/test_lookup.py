import pytest

from ingest.corpus import Corpus
from rag.lookup import mentions, named_by_number, named_by_title, named_by_words


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("第23条是什么", ["M23"]),
        ("二十三号措施归谁管", ["M23"]),
        ("方案第十二条的原文", ["M12"]),
        ("附件1第16项讲什么", ["A16"]),
        ("附件一第七项", ["A7"]),
        ("附件1 No.3", ["A3"]),
        ("M12", ["M12"]),
        ("what is measure 43 about", ["M43"]),
        ("第3条和第9条谁牵头", ["M3", "M9"]),
        ("附件1第15、16项", ["A15", "A16"]),
        ("第3到第5条", ["M3", "M4", "M5"]),
        ("第9条和附件1第7项", ["M9", "A7"]),
        ("最后一条措施是啥", ["M48"]),
        ("倒数第二条讲什么", ["M47"]),
        ("附件1最后一项是什么", ["A29"]),
        ("第12条的下一条讲什么", ["M13"]),
        ("31条前面那条是讲啥的", ["M30"]),
    ],
)
def test_numbers_name_sources(corpus: Corpus, text: str, keys: list[str]) -> None:
    named = named_by_number(text, corpus.notices)
    assert named is not None
    assert [source.key for source in named.sources] == keys
    assert not named.unknown


def test_a_number_that_the_notice_lacks_is_named_as_unknown(corpus: Corpus) -> None:
    named = named_by_number("第52条和第12条讲什么", corpus.notices)
    assert named is not None
    assert named.unknown == ("M52",)
    assert [source.key for source in named.sources] == ["M12"]


@pytest.mark.parametrize(
    "text", ["民营12条第三条写的啥", "贷款50万找谁", "一号线旁边的店面", "劳动法第39条", "是哪一号措施"]
)
def test_other_numbers_do_not(corpus: Corpus, text: str) -> None:
    assert named_by_number(text, corpus.notices) is None


def test_a_whole_title_names_its_source_and_a_longer_one_wins(corpus: Corpus) -> None:
    named = named_by_title("“中小企业融资支持”那一项谁牵头", corpus.notices)
    assert named is not None
    assert [source.key for source in named.sources] == ["A11"]


def test_a_quoted_term_names_the_few_sources_that_hold_it(corpus: Corpus) -> None:
    named = named_by_words("“三所一庭”是第几条", corpus.notices)
    assert named is not None
    assert [source.key for source in named.sources] == ["M28"]
    assert named_by_words("“企业”是第几条", corpus.notices) is None


def test_mentions_come_in_the_order_of_the_text_and_numbers_settle_equal_titles(corpus: Corpus) -> None:
    text = "先看附件1第13项「人才服务」,再看第1、30、32条,最后是拓展园区专业服务"
    assert [source.key for source in mentions(text, corpus.notices)] == ["A13", "M1", "M30", "M32", "M31"]
