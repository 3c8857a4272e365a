"""A sentence of a notice in another language, drafted; it is shown beneath the sentence once a person has approved it.

What can be told by rule is: a gloss must have no figure and no way to reach somebody that its sentence lacks.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ingest.departments import DepartmentRegister
from ingest.glosses import Gloss, GlossLanguage
from rag.generation.numerals import numbers_in_english
from rag.generation.prompt import prompt
from rag.generation.written import written
from rag.model import ModelServers
from rag.question import normalised
from rag.verification.cues import cues
from rag.verification.figure import figures

MAX_TOKENS = 800
"""Three times what the longest sentence takes."""

Flaw = Literal["not_one_line", "language", "markup", "contact", "figure"]
"""What speaks against a gloss: more than a line, or none; not in the language; holds markup; a way to reach somebody,
or a figure, that its sentence lacks."""

_NAMES: Mapping[GlossLanguage, str] = {"en": "英语", "ja": "日语"}
_HAN = re.compile(r"[㐀-鿿]")
_LATIN = re.compile(r"[A-Za-z]")
_KANA = re.compile(r"[぀-ヿ]")
_MARKUP = re.compile(r"[<>*_#`|\[\]{}\\]")


@dataclass(frozen=True, slots=True)
class DraftedGloss:
    """A gloss, not approved, and what speaks against it."""

    gloss: Gloss
    flaw: Flaw | None


async def draft_gloss(
    models: ModelServers, sentence: str, language: GlossLanguage, register: DepartmentRegister
) -> DraftedGloss:
    """Have a sentence translated. Raises ModelUnavailable."""
    answer = await written(models, "gloss", _told(sentence, language, register), MAX_TOKENS)
    text = " ".join(answer.lines)
    gloss = Gloss(sentence, text, f"{answer.model} {prompt('gloss').id}")
    return DraftedGloss(gloss, gloss_flaw(sentence, text, language) if len(answer.lines) == 1 else "not_one_line")


def gloss_flaw(sentence: str, text: str, language: GlossLanguage) -> Flaw | None:
    """What speaks against ``text`` as the translation of a sentence, as far as rules can tell."""
    if _is_foreign_to(language, text):
        return "language"
    if _MARKUP.search(text):
        return "markup"
    said, printed = normalised(text).lower(), normalised(sentence).lower()
    if any(match[0] not in printed for match in cues().contact.finditer(said)):
        return "contact"
    allowed = {figure.value for figure in figures(printed)}
    if any(not any(math.isclose(value, each) for each in allowed) for value in _numbers(said, language)):
        return "figure"
    return None


def _told(sentence: str, language: GlossLanguage, register: DepartmentRegister) -> str:
    lines = [f"译成:{_NAMES[language]}"]
    named = dict.fromkeys(register.mentioned_in(sentence))
    if language == "en" and named:
        lines += ["", "部门译名:", *(f"{each.name} = {each.english}" for each in named)]
    return "\n".join((*lines, "", "原句:", sentence))


def _is_foreign_to(language: GlossLanguage, text: str) -> bool:
    if language == "en":
        return bool(_HAN.search(text)) or not _LATIN.search(text)
    return not _KANA.search(text)


def _numbers(said: str, language: GlossLanguage) -> set[float]:
    if language == "en":
        return set(numbers_in_english(said))
    # As in English, one is often no number: 一部, 一層, 一元化.
    return {figure.value for figure in figures(said)} - {1.0}
