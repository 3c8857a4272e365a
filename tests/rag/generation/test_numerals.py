"""Numbers as English writes them."""

import pytest

from rag.generation.numerals import numbers_in_english


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,730 units", [1730]),
        ("15-minute service circles, 35 in all.", [15, 35]),
        ("10 million yuan or 1.5 billion", [10_000_000, 1_500_000_000]),
        ("within three days", [3]),
        ("Twenty-one and 35", [21, 35]),
        ("two hundred and fifty", [250]),
        ("two thousand three hundred", [2300]),
        ("a hundred stores", [100]),
        ("one hundred and one", [101]),
        ("five and six", [5, 6]),
        ("5G, 24/7, 2025-2027", [5, 24, 7, 2025, 2027]),
        ("a one-stop center for everyone; no one waits", []),
        ("often tension", []),
        ("", []),
    ],
)
def test_their_values(text: str, numbers: list[float]) -> None:
    assert list(numbers_in_english(text)) == numbers
