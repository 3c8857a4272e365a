"""Which level of government a question names: the district, the city, or neither."""

import tomllib
from functools import lru_cache
from pathlib import Path

from ingest.notice import Source, SourceKind
from ingest.place import Region

_CUES_FILE = Path(__file__).parent / "data" / "levels.toml"


def level_match(text: str, kind: SourceKind) -> float:
    """1 if the question names only the level that ``kind`` belongs to, -1 if only the other one, else 0."""
    cues = _cues()
    named = {level for level in cues if any(cue in text for cue in cues[level])}
    if len(named) != 1 or kind not in cues:
        return 0.0
    return 1.0 if kind in named else -1.0


def level_kind(source: Source, place: Region, home: Region) -> SourceKind:
    """The kind that tells a source's level: what the plan of the city around the home district prints is municipal."""
    is_wider = place != home and place.contains(home)
    return "municipal_item" if is_wider and source.kind == "measure" else source.kind


def names_both_levels(text: str) -> bool:
    """Whether the question names the district and the city."""
    return all(any(cue in text for cue in cues) for cues in _cues().values())


@lru_cache(maxsize=1)
def _cues() -> dict[str, tuple[str, ...]]:
    data = tomllib.loads(_CUES_FILE.read_text(encoding="utf-8"))
    return {kind: tuple(cues) for kind, cues in data.items()}
