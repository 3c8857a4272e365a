"""Drafting glosses: what the model is told, and what rules object to in what it writes."""

from contextlib import aclosing

import pytest

from ingest.corpus import Corpus, CorpusNotice
from ingest.errors import ModelUnavailable
from ingest.glosses import Gloss, GlossLanguage
from ingest.settings import Settings
from rag.generation.gloss import DraftedGloss, draft_gloss, gloss_flaw
from rag.model import open_models
from tests.model_server import Refuse, Say, ScriptedModel

SENTENCE = "筹建企业“走出去”一站式服务中心。"
GLOSS = "Prepare a one-stop “going global” service center for enterprises."


async def draft(
    model: ScriptedModel, settings: Settings, corpus: Corpus, sentence: str, to: GlossLanguage
) -> DraftedGloss:
    models = open_models(model.settings(settings, llm_retries=0))
    assert models
    async with aclosing(models):
        return await draft_gloss(models, sentence, to, corpus.departments)


async def test_a_draft_tells_who_wrote_it_and_is_not_approved(
    model: ScriptedModel, settings: Settings, corpus: Corpus
) -> None:
    model.script = [Say(f"“{GLOSS}”\n".replace("“going global” ", ""))]
    drafted = await draft(model, settings, corpus, SENTENCE, "en")
    text = GLOSS.replace("“going global” ", "")
    assert drafted == DraftedGloss(Gloss(SENTENCE, text, "scripted gloss@1"), None)


async def test_english_names_of_the_departments_in_the_sentence_are_given_to_it(
    model: ScriptedModel, settings: Settings, corpus: Corpus, hongkou: CorpusNotice
) -> None:
    model.script = [Say("x")]
    sentence = "由区商务委会同区税务局办理。"
    for language in ("en", "ja"):
        await draft(model, settings, corpus, sentence, language)
    english, japanese = (asked["messages"][1]["content"] for asked in model.requests)
    names = [corpus.departments.get(name).english for name in ("区商务委", "区税务局")]
    assert all(name in english for name in names)
    assert english.endswith(f"原句:\n{sentence}")
    assert "英语" in english
    assert "日语" in japanese
    assert not any(name in japanese for name in names)


@pytest.mark.parametrize("text", ["", "Two\nlines."])
async def test_more_than_a_line_or_nothing_is_no_gloss(
    model: ScriptedModel, settings: Settings, corpus: Corpus, text: str
) -> None:
    model.script = [Say(text or " \n")]
    assert (await draft(model, settings, corpus, SENTENCE, "en")).flaw == "not_one_line"


async def test_without_a_server_that_answers_there_is_an_error(
    model: ScriptedModel, settings: Settings, corpus: Corpus
) -> None:
    model.script = [Refuse(500)]
    with pytest.raises(ModelUnavailable):
        await draft(model, settings, corpus, SENTENCE, "en")


@pytest.mark.parametrize(
    ("sentence", "text", "language", "flaw"),
    [
        (SENTENCE, GLOSS, "en", None),
        (SENTENCE, "企業の海外進出を支えるワンストップ窓口を設ける。", "ja", None),
        (SENTENCE, SENTENCE, "en", "language"),
        (SENTENCE, "筹建企业服务中心。", "ja", "language"),
        (SENTENCE, "Set up a center (服务中心).", "en", "language"),
        (SENTENCE, "Set up a **center**.", "en", "markup"),
        (SENTENCE, "Set up a <b>center</b>.", "en", "markup"),
        (SENTENCE, "Set up a center, see WWW.example.com", "en", "contact"),
        (SENTENCE, "Set up a center, mail to a@b", "en", "contact"),
        (SENTENCE, "窓口を設ける。微信でどうぞ。", "ja", "contact"),
        (SENTENCE, "Set up a center: 021-12345678.", "en", "contact"),
        (SENTENCE, "Set up a center within three days.", "en", "figure"),
        (SENTENCE, "Set up 2 centers.", "en", "figure"),
        (SENTENCE, "窓口を三日で設ける。", "ja", "figure"),
        (SENTENCE, "一部の窓口を設ける。", "ja", None),
        ("打造15万平方米载体,首店超百家。", "Build 150,000 square meters for over a hundred first stores.", "en", None),
        ("打造15万平方米载体,首店超百家。", "15万平方メートルに百店以上を開く。", "ja", None),
        ("打造15万平方米载体。", "Build 15 square meters.", "en", "figure"),
        ("接入12345热线。", "Connect the 12345 hotline.", "en", None),
        ("打造“八大计划”。", "Launch the “Eight Plans”.", "en", None),
    ],
)
def test_what_rules_object_to(sentence: str, text: str, language: GlossLanguage, flaw: str | None) -> None:
    assert gloss_flaw(sentence, text, language) == flaw
