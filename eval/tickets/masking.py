"""How well personal data are masked: recall by kind, and ordinary words masked by mistake.

python -m eval.tickets.masking
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import jieba
from rich.console import Console
from rich.table import Table

from eval.dataset import SETS_DIR, rows
from eval.statistics.figure import Figure, figure
from rag.privacy import find_private

PRIVATE_DIR = SETS_DIR / "private"
_DISTRICT = re.compile(r"(?:[一-鿿]{2,3}(?:省|市|区|县))+")


def main() -> None:
    """Print every figure with its count and interval."""
    table = Table("figure", "value", "95 % interval", "n")
    for name, each in masking_figures(rows(PRIVATE_DIR)):
        table.add_row(name, f"{each.mean:.3f}", f"{each.low:.2f}-{each.high:.2f}", str(each.n))
    Console().print(table)


def masking_figures(texts: Sequence[dict[str, Any]]) -> Iterator[tuple[str, Figure]]:
    """Recall by kind, and the share of ordinary words that were masked; districts may stay."""
    found: defaultdict[str, list[bool]] = defaultdict(list)
    masked_words: list[bool] = []
    for row in texts:
        text = row["text"]
        hidden = {at for each in find_private(text) for at in range(each.start, each.end)}
        private: set[int] = set()
        at = 0
        for each in row["private"]:
            start = text.index(each["text"], at)
            at = start + len(each["text"])
            district = _DISTRICT.match(each["text"]) if each["kind"] == "address" else None
            private |= set(range(start, at))
            needed = range(start + (district.end() if district else 0), at)
            found[each["kind"]].append(all(place in hidden or not text[place].isalnum() for place in needed))
        for _, start, end in jieba.tokenize(text):
            if text[start].isalnum() and not private & set(range(start, end)):
                masked_words.append(bool(hidden & set(range(start, end))))
    for kind in sorted(found):
        yield f"masked: {kind}", figure(found[kind])
    yield "masked: all kinds", figure(each for kind in found.values() for each in kind)
    yield "ordinary words masked", figure(masked_words)


if __name__ == "__main__":
    main()
