from ingest.corpus import Corpus, CorpusNotice
from rag.differences import asked_differences


def keys(text: str, corpus: Corpus, hongkou: CorpusNotice) -> set[str]:
    return {source.key for source, _ in asked_differences(text, hongkou.notice, corpus.departments)}


def test_differences_are_told_by_column_and_by_department(corpus: Corpus, hongkou: CorpusNotice) -> None:
    leads = {source.key for source, each in hongkou.notice.discrepancies() if each.field == "lead"}
    assert keys("牵头单位对不上的有哪几条", corpus, hongkou) == leads
    assert keys("区文化旅游局在附件2漏列的是哪一条", corpus, hongkou) == {"M41"}


def test_without_either_all_are_told(corpus: Corpus, hongkou: CorpusNotice) -> None:
    everything = {source.key for source, _ in hongkou.notice.discrepancies()}
    assert keys("正文和附件2一共几处不一致", corpus, hongkou) == everything
