"""Prompts: Markdown files with a version, so that every answer can say what its model was told."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "prompts"
_FILE = re.compile(r"---\nversion: (?P<version>\d+)\n---\n(?P<text>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prompt:
    """The instructions for one task; ``id`` names it with its version, as in ``answer@1``."""

    id: str
    text: str


@cache
def prompt(name: str) -> Prompt:
    """The prompt in rag/prompts/``name``.md."""
    found = _FILE.fullmatch((_FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"rag/prompts/{name}.md does not start with its version")
    return Prompt(f"{name}@{found['version']}", found["text"].strip())
