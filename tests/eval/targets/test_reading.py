import pytest

from eval.targets.reading import Reader
from ingest.corpus import Corpus


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> Reader:
    return Reader(corpus)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("依据:第12条", ("M12",)),
        ("见第十二条和第 9 条", ("M12", "M9")),
        ("依据:附件1第3项;另见第21条", ("A3", "M21")),
        ("附件1中第十五项", ("A15",)),
        ("According to measure 12 (M12)", ("M12",)),
        ("A7 and M7", ("A7", "M7")),
        ("第99条", ()),
        ("民营经济“12条”", ()),
        ("通知不涉及这件事", ()),
    ],
)
def test_sources_are_read_as_people_write_them(reader: Reader, text: str, sources: tuple[str, ...]) -> None:
    assert tuple(each.source for each in reader.citations(text)) == sources


def test_the_leads_are_those_of_the_line_that_speaks_of_leading(reader: Reader) -> None:
    (cited,) = reader.citations("牵头单位:区服务发展办\n依据:第12条\n配合:区税务局、区司法局")
    assert cited.lead == ("区服务发展办",)


def test_without_such_a_line_all_departments_count_as_printed(reader: Reader) -> None:
    (cited,) = reader.citations("请找服务发展办,第12条")
    assert cited.lead == ("区服务发展办",)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("牵头单位:区服务发展办\n依据:第12条", "answered"),
        ("通知没有写明。牵头单位:区服务发展办", "partial"),
        ("通知不涉及这件事", "no_evidence"),
        ("The notice does not cover this.", "no_evidence"),
        ("无法照办", "blocked"),
    ],
)
def test_the_treatment_is_read_from_the_words(reader: Reader, text: str, status: str) -> None:
    assert reader.status(text) == status
