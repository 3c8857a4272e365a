"""The wording of composed answers, one file a language; Traditional Chinese is converted from Simplified."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.catalogue import Role
from ingest.notice import DiscrepancyField, Source, SourceKind
from rag.question import Language
from rag.script import to_traditional

_TEMPLATES = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Phrases:
    """The templates of one language by name, and the names of a source's fields."""

    templates: Mapping[str, str]
    fields: Mapping[str, str]

    def say(self, template: str, /, **values: object) -> str:
        """The template of that name, filled in."""
        return self.templates[template].format(**values)

    def join(self, names: tuple[str, ...]) -> str:
        """Names in a row, in this language's punctuation."""
        return self.templates["separator"].join(names)

    def label(self, kind: SourceKind, number: int | None) -> str:
        """How this language refers to a source by its number."""
        return self.say(f"{kind}_label", number=number)

    def reference(self, source: Source) -> str:
        """Number and title of a source."""
        return self.say("related_item", label=self.label(source.kind, source.number), title=source.title)

    def field(self, field: DiscrepancyField | Role) -> str:
        """Name of a field that two prints of a source may have differently."""
        return self.fields[field]


@cache
def phrases_for(language: Language) -> Phrases:
    """The phrases of a language."""
    if language == "zh-Hant":
        simplified = phrases_for("zh")
        return Phrases(
            {name: to_traditional(text) for name, text in simplified.templates.items()},
            {name: to_traditional(text) for name, text in simplified.fields.items()},
        )
    data = tomllib.loads((_TEMPLATES / f"{language}.toml").read_text(encoding="utf-8"))
    return Phrases({name: text for name, text in data.items() if isinstance(text, str)}, data["fields"])
