"""The questions with their ground truth: who wrote them, how they are split, and how they are read."""

from eval.dataset.card import DataCard, Split, load_card, load_questions, load_split, load_standalone
from eval.dataset.item import DECLINED, Expected, Item
from eval.dataset.line import load_items, load_set
from eval.dataset.places import DEVELOPMENT_DIR, SETS_DIR, TEST_DIR, TRAINING_DIR, rows

__all__ = [
    "DECLINED",
    "DEVELOPMENT_DIR",
    "SETS_DIR",
    "TEST_DIR",
    "TRAINING_DIR",
    "DataCard",
    "Expected",
    "Item",
    "Split",
    "load_card",
    "load_items",
    "load_questions",
    "load_set",
    "load_split",
    "load_standalone",
    "rows",
]
