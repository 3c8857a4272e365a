"""Whatever the text, reading ends soon: in a catalogue, or in an error that says why there is none."""

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import document_from_text
from ingest.errors import PolicyQAError
from ingest.parser import parse
from tests.ingest.general.hostile import LONG_TEXTS, PIECES, spoilt
from tests.ingest.general.variants import variants
from tests.ingest.general.written import WrittenVariant

SLOWEST_S = 5.0


def ends_well(text: str) -> bool:
    """Whether it ends in a catalogue with measures, each with a place in the text, or in an error with words."""
    try:
        notice = parse(document_from_text(text)).notice
    except PolicyQAError as refused:
        return bool(refused.message)
    return bool(notice.measures) and all(0 <= source.start <= source.end <= len(text) for source in notice.sources)


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_any_text(text: str) -> None:
    assert ends_well(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_what_notices_are_made_of_in_any_order(text: str) -> None:
    assert ends_well(text)


@settings(max_examples=300, deadline=None)
@given(variants, st.randoms(use_true_random=True))
def test_any_notice_that_was_spoilt(written: WrittenVariant, random: Random) -> None:
    assert ends_well(spoilt(written.text, random))


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in LONG_TEXTS.items()])
def test_however_long_the_text_is_reading_ends_within_seconds(text: str) -> None:
    # The time of this process alone: others may be busy beside it.
    began = time.process_time()
    assert ends_well(text)
    assert time.process_time() - began < SLOWEST_S
