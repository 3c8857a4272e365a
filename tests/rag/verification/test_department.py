"""Each department of a claim has, in its sources, the part that the claim gives it."""

import pytest

from ingest.corpus import Corpus
from rag.verification.department import has_foreign_department, rows, without_departments
from tests.rag.verification.conftest import Make


@pytest.mark.parametrize(
    ("text", "is_foreign"),
    [
        ("由区法院、区司法局、区公安分局牵头。", False),
        ("可以找牵头的区司法局。", False),
        ("可以找司法局帮忙调解。", False),
        ("配合的有区检察院和各街道。", False),
        ("由区司法局牵头,区检察院配合。", False),
        ("由区检察院牵头。", True),
        ("牵头单位是区法院和区检察院。", True),
        ("区司法局参与配合。", True),
        ("由区税务局牵头。", True),
        ("可以找区商务委。", True),
        ("由市司法局牵头。", True),
        ("可以找区调解中心。", True),
        ("可以向虹口区工商银行咨询。", True),
    ],
)
def test_a_department_must_have_the_part_that_it_is_given(
    claim: Make, corpus: Corpus, text: str, is_foreign: bool
) -> None:
    assert has_foreign_department(claim(text, "M28"), corpus.departments) is is_foreign


def test_what_is_said_of_a_department_must_hold_for_every_source_that_is_cited(claim: Make, corpus: Corpus) -> None:
    assert not has_foreign_department(claim("由区税务局牵头。", "M20"), corpus.departments)
    assert has_foreign_department(claim("由区税务局牵头。", "M20", "M28"), corpus.departments)


def test_everyday_words_for_anyone_are_no_department(claim: Make, corpus: Corpus) -> None:
    assert not has_foreign_department(claim("各部门一起化解企业涉债经济纠纷。", "M12"), corpus.departments)


def test_the_words_that_tell_the_part_belong_to_the_row(corpus: Corpus) -> None:
    said = "由区法院和区司法局牵头,会同区检察院化解纠纷"
    found = list(rows(said, corpus.departments))
    assert [(row.part, said[row.start : row.end]) for row in found] == [
        ("lead", "由区法院和区司法局牵头"),
        ("cooperating", "会同区检察院"),
    ]
    assert without_departments(said, corpus.departments) == ",,,化解纠纷"
