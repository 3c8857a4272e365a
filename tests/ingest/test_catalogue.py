from ingest.catalogue import CatalogueFilter, roles_of, select
from ingest.corpus import Corpus


def keys(corpus: Corpus, wanted: CatalogueFilter) -> list[str]:
    return [source.key for _, source in select(corpus, wanted)]


def test_without_conditions_everything_in_printed_order(corpus: Corpus) -> None:
    assert keys(corpus, CatalogueFilter()) == [f"M{n}" for n in range(1, 49)] + [f"A{n}" for n in range(1, 30)]


def test_by_department_and_role(corpus: Corpus) -> None:
    housing = corpus.departments.get("房管局")
    assert keys(corpus, CatalogueFilter(department=housing, role="lead")) == ["M18", "M21"]
    assert keys(corpus, CatalogueFilter(department=housing, role="cooperating")) == ["M13", "M36"]
    assert keys(corpus, CatalogueFilter(department=housing)) == ["M13", "M18", "M21", "M36"]


def test_an_office_at_the_end_of_an_open_list_is_found(corpus: Corpus) -> None:
    fire = corpus.departments.get("消防")
    assert keys(corpus, CatalogueFilter(department=fire, role="lead")) == ["M24", "M25", "M26"]


def test_by_heading_with_or_without_its_number(corpus: Corpus) -> None:
    expected = ["M12", "M13", "M14"]
    assert keys(corpus, CatalogueFilter(category="(三)涉外服务", kind="measure")) == expected
    assert keys(corpus, CatalogueFilter(category="涉外服务", kind="measure")) == expected
    assert keys(corpus, CatalogueFilter(category="涉外服务")) == [*expected, "A16", "A17", "A18", "A19"]


def test_by_star_and_words(corpus: Corpus) -> None:
    assert len(keys(corpus, CatalogueFilter(starred=True))) == 20
    assert keys(corpus, CatalogueFilter(words="电子发票")) == ["M20", "A7"]
    assert keys(corpus, CatalogueFilter(words="电子发票 虹E所")) == ["M20"]


def test_roles_of_a_department(corpus: Corpus) -> None:
    roles = roles_of(corpus, corpus.departments.get("区税务局"), corpus.home)
    assert [source.key for _, source in roles["lead"]] == ["M20"]
    assert [source.key for _, source in roles["cooperating"]] == ["M12", "M14"]
    assert roles["responsible"] == []
