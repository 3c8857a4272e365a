"""The grammar of drafts: lines of sentences in which what is cited and every name is a token, never typed by the model.

``[[M28]]`` after a sentence cites a source, ``[[M28.lead]]`` inside it stands for the source's lead departments;
``cooperating`` and ``title`` likewise. A line that comes in pieces is read when it is whole.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.notice import Source, split_sentences
from rag.generation.listed import without_marker
from rag.phrases import phrases_for
from rag.verification import Claim, Reason

MAX_LINE = 400
"""Characters; no sentence for readers is longer, and a model that has not ended a line by then never will."""

_CITED = re.compile(r"\[\[([A-Z]\d*)\]\]")
_NAMED = re.compile(r"\[\[([A-Z]\d*)\.([a-z]+)\]\]")
_PASSAGE = re.compile(r"(?P<text>.*?)(?P<cited>(?:\s*\[\[[A-Z]\d*\]\])+)(?P<stop>[。!?]?)|(?P<uncited>.+)")


@dataclass(frozen=True, slots=True)
class Refused:
    """A sentence that cannot even be read as a claim."""

    reason: Reason


class Lines:
    """Puts pieces of text together to lines."""

    def __init__(self) -> None:
        self._rest = ""

    @property
    def is_endless(self) -> bool:
        """Whether the line in hand is longer than any line should be."""
        return len(self._rest) > MAX_LINE

    def add(self, piece: str) -> list[str]:
        """The lines that a further piece completes."""
        *lines, self._rest = (self._rest + piece).split("\n")
        return lines

    def end(self) -> str:
        """The last line, once nothing more comes."""
        return self._rest


def read_line(line: str, sources: Mapping[str, Source]) -> Iterator[Claim | Refused]:
    """The claims of one line of a draft on ``sources``, by key; their tokens are resolved."""
    for passage in _PASSAGE.finditer(without_marker(line)):
        if passage["uncited"] is not None:
            if passage["uncited"].strip(" 。"):
                yield Refused("no_citation")
            continue
        cited = [sources.get(key) for key in dict.fromkeys(_CITED.findall(passage["cited"]))]
        known = tuple(source for source in cited if source)
        for sentence in split_sentences(passage["text"] + passage["stop"]):
            resolved = _resolved(sentence, sources)
            if resolved is None or len(known) < len(cited):
                yield Refused("unknown_source")
            elif resolved.strip("。!?"):
                yield Claim(resolved, known)


def _resolved(sentence: str, sources: Mapping[str, Source]) -> str | None:
    """The sentence with names from the catalogue; None if a token stands for nothing."""
    is_whole = True

    def name(token: re.Match[str]) -> str:
        nonlocal is_whole
        source = sources.get(token[1])
        fields = _fields(source) if source else {}
        is_whole = is_whole and bool(fields.get(token[2]))
        return fields.get(token[2], "")

    resolved = _NAMED.sub(name, sentence).strip()
    return resolved if is_whole else None


def _fields(source: Source) -> dict[str, str]:
    join = phrases_for("zh").join
    return {
        "lead": join(source.lead or source.responsible),
        "cooperating": join(source.cooperating),
        "title": f"“{source.title}”",
    }
