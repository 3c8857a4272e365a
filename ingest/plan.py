"""What an ingest has to do: the difference between the passages that are indexed and those that are wanted."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.passages import Passage


@dataclass(frozen=True, slots=True)
class Plan:
    """How to get from the version in use (``base``, None if there is no usable one) to the wanted passages."""

    base: Path | None
    wanted: Mapping[str, Passage]
    created: tuple[str, ...]
    updated: tuple[str, ...]
    deleted: tuple[str, ...]

    @property
    def upserts(self) -> list[Passage]:
        """The passages to be embedded."""
        return [self.wanted[name] for name in (*self.created, *self.updated)]
