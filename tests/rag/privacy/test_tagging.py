"""Words, and how likely they are names."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.privacy.span import CLAIMED
from rag.privacy.tagging import PERSON, tags_of


def test_names_are_words_of_their_own_kind() -> None:
    text = "来电人陈国梁说"
    (name,) = (word for word in tags_of(text).words if word.kind == PERSON)
    assert text[name.start : name.end] == "陈国梁"
    assert tags_of(text).person_begins[3] > 0.9


@settings(deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.just(CLAIMED)), max_size=60))
def test_words_cover_any_text_without_gaps_and_probabilities_are_such(text: str) -> None:
    tags = tags_of(text)
    assert "".join(text[word.start : word.end] for word in tags.words) == text
    for found in (tags.begins, tags.person_begins, tags.person_goes_on, tags.placed):
        assert len(found) == len(text)
        assert ((found >= 0) & (found <= 1 + 1e-9)).all()
