"""The texts of the page: whole in both languages, and the cards in all four."""

import re

import pytest

from rag.question import Language
from ui.web.wording import PAGE_LANGUAGES, PageLanguage, card_texts, read_texts, trades, wording

FILLED_IN = re.compile(r"\{(\w+)\}")


def flat(language: str) -> dict[str, str]:
    return {
        f"{section}.{name}": text for section, texts in read_texts(language).items() for name, text in texts.items()
    }


def test_both_languages_say_the_same_things_with_the_same_blanks() -> None:
    chinese, english = flat("zh"), flat("en")
    assert chinese.keys() == english.keys()
    for key, text in chinese.items():
        assert set(FILLED_IN.findall(text)) == set(FILLED_IN.findall(english[key])), key


@pytest.mark.parametrize("language", ["zh-Hant", "en", "ja"])
def test_a_card_can_be_written_in_every_language_of_answers(language: Language) -> None:
    assert card_texts(language).keys() == card_texts("zh").keys()
    for key, text in card_texts("zh").items():
        assert set(FILLED_IN.findall(text)) == set(FILLED_IN.findall(card_texts(language)[key])), key


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        wording("zh").say("ask.nothing_of_the_kind")


def test_the_languages_lead_to_each_other() -> None:
    assert [wording(language).other.language for language in PAGE_LANGUAGES] == ["en", "zh"]
    assert [wording(language).prefix for language in PAGE_LANGUAGES] == ["", "/en"]


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_trade_has_examples(language: PageLanguage) -> None:
    assert all(questions for _, questions in trades(language))
