from ingest.corpus import Corpus, CorpusNotice
from rag.premise import FalsePremise, false_premises


def found(text: str, key: str, corpus: Corpus, hongkou: CorpusNotice) -> list[FalsePremise]:
    return list(false_premises(text, hongkou.source(key), corpus.departments))


def test_a_department_that_does_not_lead_is_told_apart_from_one_that_joins(
    corpus: Corpus, hongkou: CorpusNotice
) -> None:
    assert found("首店引进是区体育局牵头的吧", "M37", corpus, hongkou) == [FalsePremise("only_cooperates", "区体育局")]
    assert found("保租房归区商务委管吗", "M21", corpus, hongkou) == [FalsePremise("not_lead", "区商务委")]
    assert found("保租房归房管局管吗", "M21", corpus, hongkou) == []


def test_a_department_mentioned_in_passing_is_no_premise(corpus: Corpus, hongkou: CorpusNotice) -> None:
    assert found("区商务委的人来我店里说过,保租房有多少套", "M21", corpus, hongkou) == []


def test_another_number_of_the_same_thing_is_answered_with_the_sentence(corpus: Corpus, hongkou: CorpusNotice) -> None:
    (premise,) = found("保租房要供应3000套,对吗", "M21", corpus, hongkou)
    assert (premise.kind, premise.said) == ("other_number", "3000套")
    assert "1730套" in premise.printed
    assert found("保租房要供应1000套,对吗", "M21", corpus, hongkou) == []
