"""What belongs to a notice goes over to its new text: questions follow their measures, glosses their sentences."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingest.bank import OUTSIDE
from ingest.glosses import GLOSS_LANGUAGES, gloss_file
from ingest.notice import Notice
from ingest.publication import write_atomically
from ingest.succession import Changes

_BANKS = ("questions.jsonl", "approved.jsonl")
_OWN = "N"

Row = dict[str, Any]


def carry_over(folder: Path, found: Changes, newer: Notice) -> int:
    """Adapt the files of a notice's folder to its new text; returns how many lines have lost what they were about."""
    follows = {pair.older.key: pair.newer.key for pair in found.kept} | {OUTSIDE: OUTSIDE, _OWN: _OWN}
    sentences = {sentence for source in newer.sources for sentence in source.sentences}

    def moved(row: Row) -> Row | None:
        return {**row, "source": follows[row["source"]]} if row["source"] in follows else None

    def still_said(row: Row) -> Row | None:
        return row if row["sentence"] in sentences else None

    lost = sum(_rewrite(folder / name, moved) for name in _BANKS)
    return lost + sum(_rewrite(gloss_file(folder, language), still_said) for language in GLOSS_LANGUAGES)


def _rewrite(path: Path, change: Callable[[Row], Row | None]) -> int:
    if not path.exists():
        return 0
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    kept = [row for row in map(change, rows) if row is not None]
    write_atomically(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept))
    return len(rows) - len(kept)
