from rag.phrasebook import Phrasebook


def test_phrases_are_replaced_where_they_begin_and_the_longest_counts() -> None:
    book = Phrasebook(["融资支持", "中小企业融资支持", "融", "人才服务"])
    assert book.replaced_in("中小企业融资支持和融资支持、融通", "〔题〕") == "〔题〕和〔题〕、〔题〕通"


def test_a_text_without_phrases_stays_as_it_is() -> None:
    assert Phrasebook([]).replaced_in("客户拖欠货款", "〔题〕") == "客户拖欠货款"
    assert Phrasebook(["人才服务"]).replaced_in("人才", "〔题〕") == "人才"
