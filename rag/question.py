"""The question as it was understood: cleaned, in simplified characters, with its language."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

from ingest.errors import PolicyQAError
from ingest.index.pinyin import is_pinyin
from rag.script import to_simplified

Language = Literal["zh", "zh-Hant", "en", "ja"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
MAX_LENGTH = 2000

_KANA = re.compile(r"[぀-ヿ]")
_HAN = re.compile(r"[㐀-鿿]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_ALLOWED_CONTROLS = "\n\r\t"


class BadQuestion(PolicyQAError):
    """The question is empty, too long or not text."""


@dataclass(frozen=True, slots=True)
class Question:
    """``text`` is what is searched for; ``asked`` what the person wrote, trimmed; ``language`` is the answer's."""

    asked: str
    text: str
    language: Language


def read_question(raw: str, language: Language | None = None) -> Question:
    """Clean a question and detect its language unless it is given.

    Full-width and compatibility forms are folded, invisible characters and line breaks removed, Traditional
    characters made Simplified.
    Raises BadQuestion if nothing is left, it is longer than 2000 characters, or holds control characters.
    """
    asked = raw.strip()
    if len(asked) > MAX_LENGTH:
        raise BadQuestion(f"问题有{len(asked)}个字,最多{MAX_LENGTH}个字。", "请把问题说得短一些。")
    if any(map(_is_control, asked)):
        raise BadQuestion("问题里有无法识别的控制字符。", "请用文字重新输入。")
    text = _cleaned(asked)
    if not text:
        raise BadQuestion("问题是空的。", "请写下您要问的事。")
    simplified = to_simplified(text)
    return Question(asked, simplified, language or _detect(text, simplified))


def read_earlier(raw: str) -> Question | None:
    """An earlier question of a conversation, as far as it can be read; None if nothing is left.

    It is only what goes before: long or damaged, it is no reason to refuse the question that is asked now.
    """
    readable = "".join(char for char in raw if not _is_control(char)).strip()[:MAX_LENGTH]
    return read_question(readable) if _cleaned(readable) else None


def normalised(raw: str) -> str:
    """Any text made like ``Question.text``, whatever it holds."""
    return to_simplified(_cleaned(raw))


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") and char not in _ALLOWED_CONTROLS


def _cleaned(raw: str) -> str:
    visible = "".join(char for char in unicodedata.normalize("NFKC", raw) if unicodedata.category(char) != "Cf")
    return " ".join(visible.split())


def _detect(text: str, simplified: str) -> Language:
    if _KANA.search(text):
        return "ja"
    han = len(_HAN.findall(text))
    if len(_LATIN_WORD.findall(text)) > han:
        return "zh" if is_pinyin(text) else "en"
    return "zh-Hant" if han and text != simplified else "zh"
