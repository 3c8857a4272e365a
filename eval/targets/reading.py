"""Reading status, sources and lead departments from an answer in plain words, as a person would."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from eval.targets.reply import Cited
from ingest.corpus import Corpus
from ingest.outline import chinese_numeral
from rag.answer import Status

_DATA: dict[str, Any] = tomllib.loads((Path(__file__).parent / "data" / "reading.toml").read_text(encoding="utf-8"))
_MUNICIPAL, _MEASURE = (re.compile(_DATA["sources"][kind]) for kind in ("municipal", "measure"))
_LEAD_LINE = re.compile(_DATA["lead"]["line"], re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class Reader:
    """Reads answers about the notices of a corpus."""

    corpus: Corpus

    def status(self, text: str) -> Status:
        """How the question was treated, by the first words of data/reading.toml that stand in the text."""
        lowered = text.lower()
        stated = (each["status"] for each in _DATA["status"] if any(word in lowered for word in each["words"]))
        found: Status = next(stated, "answered")
        return found

    def citations(self, text: str) -> tuple[Cited, ...]:
        """The sources named, in order, each once; all of them with the leads that the text names.

        Leads are the departments in the lines that speak of leading; without such a line, all that are named.
        """
        lines = _LEAD_LINE.findall(text)
        lead = self._departments("\n".join(lines) or text)
        return tuple(Cited(key, lead) for key in dict.fromkeys(self._keys(text)) if key in self._known)

    def _departments(self, text: str) -> tuple[str, ...]:
        """As printed in the notice, so that they can be compared with its leads."""
        named = self.corpus.departments.mentioned_in(text)
        return tuple(
            dict.fromkeys(printed for each in named for printed in (each.name, *each.printed) if printed in self._leads)
        )

    def _keys(self, text: str) -> Iterator[str]:
        found = [(match.start(), f"A{_number(match)}") for match in _MUNICIPAL.finditer(text)]
        blanked = _MUNICIPAL.sub(lambda match: " " * len(match[0]), text)
        found += [(match.start(), f"M{_number(match)}") for match in _MEASURE.finditer(blanked)]
        yield from (key for _, key in sorted(found))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(source.key for entry in self.corpus.notices for source in entry.notice.sources)

    @cached_property
    def _leads(self) -> frozenset[str]:
        return frozenset(
            name for entry in self.corpus.notices for source in entry.notice.sources for name in source.lead
        )


def _number(match: re.Match[str]) -> int:
    stated = next(filter(None, match.groupdict().values()))
    return int(stated) if stated.isdecimal() else chinese_numeral(stated)
