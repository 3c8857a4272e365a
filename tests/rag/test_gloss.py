"""A quote is shown in another language only if a person has approved every sentence of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.corpus import Corpus, CorpusNotice
from ingest.glosses import Gloss, GlossLanguage
from rag.answer import Citation
from rag.compose import Composer
from rag.gloss import quote_gloss
from rag.question import Language

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def sentences(hongkou: CorpusNotice) -> tuple[str, ...]:
    return hongkou.source("M12").sentences


def citation(hongkou: CorpusNotice, quote: str, glosses: Mapping[GlossLanguage, Mapping[str, Gloss]]) -> Citation:
    entry = replace(hongkou, glosses=glosses)
    return Citation("hongkou-2025/M12", entry, entry.source("M12"), quote, score=1.0)


def approved(sentence: str, text: str, who: str = "王审核") -> dict[str, Gloss]:
    return {sentence: Gloss(sentence, text, "m gloss@1", who, NOW)}


def test_the_sentences_of_a_quote_are_put_together_with_all_who_approved(
    hongkou: CorpusNotice, sentences: tuple[str, ...]
) -> None:
    first, second = sentences[:2]
    english = approved(first, "One.") | approved(second, "Two.", "李审核")
    japanese = approved(first, "一。") | approved(second, "二。")
    cited = citation(hongkou, first + second, {"en": english, "ja": japanese})
    found, in_japanese = quote_gloss(cited, "en"), quote_gloss(cited, "ja")
    assert found
    assert (found.text, found.reviewed_by) == ("One. Two.", ("王审核", "李审核"))
    assert in_japanese
    assert (in_japanese.text, in_japanese.reviewed_by) == ("一。二。", ("王审核",))


def test_half_a_quote_is_not_translated(hongkou: CorpusNotice, sentences: tuple[str, ...]) -> None:
    cited = citation(hongkou, "".join(sentences[:2]), {"en": approved(sentences[0], "One.")})
    assert quote_gloss(cited, "en") is None


@pytest.mark.parametrize("language", ["zh", "zh-Hant", "ja"])
def test_another_language_has_glosses_of_its_own_and_chinese_none(
    hongkou: CorpusNotice, sentences: tuple[str, ...], language: Language
) -> None:
    cited = citation(hongkou, sentences[0], {"en": approved(sentences[0], "One.")})
    assert quote_gloss(cited, language) is None


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "> *Unofficial translation, reviewed by 王审核: One.*"),
        ("ja", "> *非公式訳(王审核が確認):One.*"),
    ],
)
def test_it_stands_beneath_the_quote(
    corpus: Corpus, hongkou: CorpusNotice, sentences: tuple[str, ...], language: GlossLanguage, line: str
) -> None:
    cited = citation(hongkou, sentences[0], {language: approved(sentences[0], "One.")})
    text = Composer(corpus, language).answered([cited], []).text()
    bare = Composer(corpus, language).answered([citation(hongkou, sentences[0], {})], []).text()
    assert text == f"{bare}\n>\n{line}"
