from eval.dataset.annotations import Annotated, Label, agreement, load_annotations
from eval.dataset.card import load_card, load_split


def test_the_agreement_is_the_one_on_the_card() -> None:
    annotated = load_annotations()
    stated = load_card().agreement
    assert (len(annotated), stated.questions) == (stated.questions, len(annotated))
    assert {name: round(value, 2) for name, value in agreement(annotated).items()} == {
        "status": stated.status,
        "first source": stated.first_source,
    }


def test_what_both_annotators_say_is_what_the_set_says() -> None:
    """Where they differ from the writer, or from each other, the truth was settled in the set."""
    items = {item.id: item for item in load_split("test")}
    for each in load_annotations():
        one, two = each.labels
        item = items[each.id]
        if one.status == two.status:
            assert set(one.status.split("|")) & item.statuses, each.id
        if one.first == two.first and item.fitting:
            assert one.first in item.fitting, each.id


def test_annotators_who_differ_lower_it() -> None:
    same, other = Label("answered", ("M1",)), Label("partial", ("M2",))
    annotated = [Annotated("1", (same, same)), Annotated("2", (other, other)), Annotated("3", (same, other))]
    assert 0 < agreement(annotated)["status"] < 1
