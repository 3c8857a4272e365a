"""Where the sets lie: a folder a split, a file a writer."""

import json
from pathlib import Path
from typing import Any

_EVAL_DIR = Path(__file__).parent.parent
SETS_DIR, TRAINING_DIR = _EVAL_DIR / "sets", _EVAL_DIR / "training"
CARD_FILE = SETS_DIR / "card.toml"
QUESTIONS_DIR = SETS_DIR / "questions"
DEVELOPMENT_DIR, TEST_DIR = QUESTIONS_DIR / "development", QUESTIONS_DIR / "test"


def rows(folder: Path) -> list[dict[str, Any]]:
    """Every line of the sets in a folder that are not of questions."""
    return [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
