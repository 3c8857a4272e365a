"""Prompts say which version they are."""

from pathlib import Path

import pytest

import rag
from rag.generation.prompt import prompt

NAMES = [path.stem for path in (Path(rag.__file__).parent / "prompts").glob("*.md")]


@pytest.mark.parametrize("name", NAMES)
def test_every_prompt_has_a_version_and_text(name: str) -> None:
    found = prompt(name)
    task, _, version = found.id.partition("@")
    assert task == name
    assert version.isdigit()
    assert found.text
    assert "---" not in found.text
