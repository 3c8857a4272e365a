"""What an answer says of other years: who led a measure before, and that a notice is superseded."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from ingest.corpus import Corpus, CorpusNotice, load_corpus
from ingest.index import open_index
from ingest.settings import Settings
from rag.answer import Answer, Citation
from rag.chain import AnswerChain
from rag.compose import Composer
from rag.phrases import phrases_for
from rag.question import Language
from rag.succession import Succession
from rag.turn import AskRequest
from rag.years import lines_of_years
from tests.ingest.years import NEWER, OLDER

ABROAD = "想去海外投资,备案找哪个部门?"


@pytest.fixture(scope="module")
def chain(two_years: Settings) -> Iterator[AnswerChain]:
    with closing(open_index(two_years)) as index:
        yield AnswerChain(index)


@pytest.fixture(scope="module")
def corpus(two_years: Settings) -> Corpus:
    return load_corpus(two_years.corpus_dir)


def ask(chain: AnswerChain, question: str, notice_id: str | None = None, language: Language | None = None) -> Answer:
    return chain.answer(AskRequest(question, language, notice_id))


def cited(corpus: Corpus, source_id: str) -> Citation:
    entry, source = corpus.notice(source_id.rpartition("/")[0]), corpus.source(source_id)
    (citation,) = Succession(corpus).traced([Citation(source_id, entry, source, source.text, score=1.0)])
    return citation


def said(corpus: Corpus, source_id: str, language: Language = "zh") -> str:
    composer = Composer(corpus, language)
    return composer.answered([cited(corpus, source_id)], []).text()


def test_an_answer_says_who_led_the_measure_the_year_before(chain: AnswerChain) -> None:
    answer = ask(chain, ABROAD, NEWER)
    assert answer.citations[0].id == f"{NEWER}/M4"
    assert answer.citations[0].previous is not None
    assert answer.citations[0].previous.source.lead == ("区商务委",)
    assert "2024年由区商务委牵头,2025年改为区数据局牵头(对照《测试区优化营商环境行动方案(2024年)》第3条)" in answer.text


def test_an_answer_from_the_older_year_says_what_superseded_it_and_where_the_matter_is_now(chain: AnswerChain) -> None:
    answer = ask(chain, ABROAD, OLDER)
    assert answer.citations[0].id == f"{OLDER}/M3"
    assert "《测试区优化营商环境行动方案(2024年)》已由《测试区优化营商环境行动方案(2025年)》接替" in answer.text
    assert "这件事现在见第4条“外贸服务”,牵头单位:区数据局" in answer.text


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", "2024年由区商务委牵头,2025年改为区数据局牵头"),
        ("zh-Hant", "2024年由区商务委牽頭,2025年改爲区数据局牽頭"),
        ("en", "in 2025 by 区数据局"),
        ("ja", "2024年は区商务委が主管、2025年は区数据局が主管"),
    ],
)
def test_the_change_is_told_in_every_language_of_answers(corpus: Corpus, language: Language, line: str) -> None:
    assert line in said(corpus, f"{NEWER}/M4", language)


def test_another_cooperating_department_is_told_too(corpus: Corpus) -> None:
    assert "配合责任单位2024年是区法院,2025年改为区数据局" in said(corpus, f"{NEWER}/M3")


@pytest.mark.parametrize("key", ["M1", "M2", "A1", "N"])
def test_nothing_is_said_where_no_department_changed(corpus: Corpus, key: str) -> None:
    assert "2024" not in said(corpus, f"{NEWER}/{key}")


def test_a_measure_without_successor_and_the_notice_itself_say_what_superseded_them(corpus: Corpus) -> None:
    superseded = "已由《测试区优化营商环境行动方案(2025年)》接替。"
    assert f"{superseded}新的通知里没有找到与它对应的一条。" in said(corpus, f"{OLDER}/M4")
    assert f"{superseded}\n" in said(corpus, f"{OLDER}/N")


def test_of_three_years_the_last_is_in_force(corpus: Corpus) -> None:
    newest = replace(corpus.notice(NEWER), id="test-2026", supersedes=NEWER)
    three = replace(corpus, notices=(*corpus.notices, newest))
    current = cited(three, f"{OLDER}/M3").current
    assert current is not None
    assert current.notice.id == "test-2026"
    assert current.source == newest.source("M4")
    assert cited(three, "test-2026/M4").current is None


def test_without_two_different_years_it_is_before_and_now(corpus: Corpus) -> None:
    def undated(entry: CorpusNotice) -> CorpusNotice:
        return replace(entry, notice=replace(entry.notice, title="行动方案", issued_on=None))

    citation = cited(corpus, f"{NEWER}/M4")
    assert citation.previous is not None
    citation = replace(citation, previous=replace(citation.previous, notice=undated(citation.previous.notice)))
    text = "".join(lines_of_years(citation, phrases_for("zh"), phrases_for("zh").join))
    assert "原来由区商务委牵头,现在改为区数据局牵头" in text


def test_a_superseded_notice_that_is_not_loaded_changes_nothing(corpus: Corpus) -> None:
    alone = replace(corpus, notices=(corpus.notice(NEWER),))
    assert cited(alone, f"{NEWER}/M4").previous is None


def test_two_notices_are_compared_once(corpus: Corpus) -> None:
    succession = Succession(corpus)
    assert succession.changes(OLDER, NEWER) is succession.changes(OLDER, NEWER)


def test_the_year_that_a_question_names_is_the_one_that_answers(chain: AnswerChain) -> None:
    assert ask(chain, ABROAD).citations[0].id == f"{NEWER}/M4"
    for question in ("2024年方案第3条由谁牵头?", "去年的方案里境外投资备案谁负责?"):
        older = ask(chain, question)
        assert older.citations[0].id == f"{OLDER}/M3"
        assert "已由《测试区优化营商环境行动方案(2025年)》接替" in older.text
