"""The grammar of drafts: tokens for facts, a citation for each sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.corpus import CorpusNotice
from ingest.notice import Source
from rag.generation.draft import MAX_LINE, Lines, Refused, read_line
from rag.verification import Claim


@pytest.fixture(scope="session")
def sources(hongkou: CorpusNotice) -> dict[str, Source]:
    return {key: hongkou.source(key) for key in ("M12", "A7")}


Read = list[tuple[str, tuple[str, ...]] | str]


def read(line: str, sources: dict[str, Source]) -> Read:
    """Text and cited keys of each claim, or why it is none."""
    return [
        found.reason if isinstance(found, Refused) else (found.text, tuple(source.key for source in found.sources))
        for found in read_line(line, sources)
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("筹建服务中心。[[M12]]", [("筹建服务中心。", ("M12",))]),
        ("筹建服务中心[[M12]]。", [("筹建服务中心。", ("M12",))]),
        ("- 筹建服务中心。[[M12]]", [("筹建服务中心。", ("M12",))]),
        ("1. 筹建服务中心。 [[M12]] [[A7]]", [("筹建服务中心。", ("M12", "A7"))]),
        ("由[[M12.lead]]牵头。[[M12]]", [("由区服务发展办牵头。", ("M12",))]),
        ("见[[A7.title]]。[[A7]]", [("见“纳税”。", ("A7",))]),
        ("第一句。第二句。[[M12]]", [("第一句。", ("M12",)), ("第二句。", ("M12",))]),
        ("第一句。[[M12]]第二句。[[A7]]", [("第一句。", ("M12",)), ("第二句。", ("A7",))]),
        ("没有出处。", ["no_citation"]),
        ("有出处。[[M12]]没有出处。", [("有出处。", ("M12",)), "no_citation"]),
        ("别的出处。[[M99]]", ["unknown_source"]),
        ("一个对一个错。[[M12]][[M99]]", ["unknown_source"]),
        ("由[[M99.lead]]牵头。[[M12]]", ["unknown_source"]),
        ("由[[A7.cooperating]]配合。[[A7]]", ["unknown_source"]),
        ("由[[M12.phone]]受理。[[M12]]", ["unknown_source"]),
        ("", []),
        ("[[M12]]", []),
    ],
)
def test_how_a_line_is_read(line: str, found: Read, sources: dict[str, Source]) -> None:
    assert read(line, sources) == found


@given(st.text(alphabet="甲乙。!\n[]M12.lead-A7 ", max_size=80))
def test_whatever_a_model_writes_is_read_as_claims_on_known_sources_or_refused(
    hongkou: CorpusNotice, text: str
) -> None:
    known = {key: hongkou.source(key) for key in ("M12", "A7")}
    for line in text.split("\n"):
        for found in read_line(line, known):
            if isinstance(found, Claim):
                assert found.sources
                assert set(found.sources) <= set(known.values())
                assert "[[M12" not in found.text


@given(st.text(alphabet="甲乙。\n[]M12", max_size=60), st.integers(1, 7))
def test_lines_are_the_same_in_whatever_pieces_they_come(text: str, size: int) -> None:
    lines = Lines()
    found = [line for at in range(0, len(text), size) for line in lines.add(text[at : at + size])]
    assert [*found, lines.end()] == text.split("\n")


def test_a_line_that_does_not_end_is_noticed() -> None:
    lines = Lines()
    lines.add("甲" * MAX_LINE)
    assert not lines.is_endless
    lines.add("甲")
    assert lines.is_endless
