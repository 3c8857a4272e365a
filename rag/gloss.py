"""The approved translation of what a citation quotes."""

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.glosses import GlossLanguage
from ingest.notice import split_sentences
from rag.answer import Citation
from rag.question import Language

_GLOSSED: Mapping[Language, GlossLanguage] = {"en": "en", "ja": "ja"}
_JOINT: Mapping[GlossLanguage, str] = {"en": " ", "ja": ""}


@dataclass(frozen=True, slots=True)
class QuoteGloss:
    """A quote in another language, and who approved its sentences."""

    text: str
    reviewed_by: tuple[str, ...]


def quote_gloss(citation: Citation, language: Language) -> QuoteGloss | None:
    """The translation of the whole quote; None unless each of its sentences has an approved one."""
    glossed = _GLOSSED.get(language)
    if glossed is None:
        return None
    approved = citation.notice.glosses.get(glossed, {})
    found = [approved.get(sentence) for sentence in split_sentences(citation.quote)]
    whole = [gloss for gloss in found if gloss]
    if not whole or len(whole) < len(found):
        return None
    names = tuple(dict.fromkeys(gloss.approved_by for gloss in whole))
    return QuoteGloss(_JOINT[glossed].join(gloss.gloss for gloss in whole), names)
