"""Names of persons: by the form of address after them, or by their form and what stands around them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.privacy.cues import cues
from rag.privacy.likely_name import likely_names
from rag.privacy.span import Span
from rag.privacy.surname import in_dictionary
from rag.privacy.title import told

_LATIN_NAME = r"[A-Z][a-z]+(?:[ -][A-Z][a-z]*\.?){1,3}"


def names(text: str) -> Iterator[Span]:
    """Names, without the form of address; once found in full, wherever they stand again."""
    found = {span for finder in (told, likely_names, _latin, _transliterated) for span in finder(text)}
    for name in {text[start:end] for start, end in found if end - start > 1 and not in_dictionary(text[start:end])}:
        found |= {match.span() for match in re.finditer(re.escape(name), text)}
    yield from found


def _latin(text: str) -> Iterator[Span]:
    """姓名:Michael Turner; Ms. Anna Schmidt."""
    for match in _announced_latin().finditer(text):
        yield match.span(1)


def _transliterated(text: str) -> Iterator[Span]:
    """阿依古丽·买买提."""
    yield from (match.span() for match in _transliteration().finditer(text))


@lru_cache(maxsize=1)
def _announced_latin() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(cues()['name']['latin'])})[ .:是为叫“\"]*({_LATIN_NAME})")


@lru_cache(maxsize=1)
def _transliteration() -> re.Pattern[str]:
    part = f"[{cues()['name']['foreign']}]"
    return re.compile(rf"{part}{{2,6}}(?:·{part}{{2,6}}){{1,2}}")
