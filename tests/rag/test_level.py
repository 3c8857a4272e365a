import pytest

from ingest.notice import SourceKind
from rag.level import level_match


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("市里哪几家管通关", "municipal_item", 1.0),
        ("市里哪几家管通关", "measure", -1.0),
        ("虹口谁管贷款", "measure", 1.0),
        ("谁管贷款", "measure", 0.0),
        ("市里归哪个局,虹口又归哪家", "municipal_item", 0.0),
        ("市里发的通知", "notice", 0.0),
    ],
)
def test_a_level_speaks_only_when_it_alone_is_named(text: str, kind: SourceKind, expected: float) -> None:
    assert level_match(text, kind) == expected
