"""The departments of other places, as far as the names printed in their notices tell."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.corpus import Corpus, CorpusNotice
from ingest.departments import DepartmentRegister
from ingest.errors import UnknownDepartment
from ingest.nameplates import completed
from ingest.place import Region
from tests.rag.several_notices import CITY, NATION, TAIAN, several

GUANGDONG = Region("广东省")
TAIAN_REGION = Region("山东省泰安市")


@pytest.fixture(scope="module")
def places(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return several(corpus, tmp_path_factory.mktemp("texts"))


def register(*rows: tuple[str, ...], region: Region) -> DepartmentRegister:
    return completed(DepartmentRegister((), region), rows)


@pytest.mark.parametrize("name", ["市财政局", "泰安市财政局", "泰安财政局", "财政局", "山东省泰安市财政局"])
def test_an_office_is_found_with_and_without_its_place(name: str) -> None:
    assert register(("市财政局", "市科技局"), region=TAIAN_REGION).get(name).name == "市财政局"


def test_a_prefix_that_only_the_first_of_a_list_carries_belongs_to_the_others_too() -> None:
    found = register(("省科技厅", "教育厅", "市场监管局"), ("省教育厅",), region=GUANGDONG)
    assert [department.name for department in found.departments] == ["省科技厅", "省教育厅", "市场监管局"]
    assert found.get("教育厅") == found.get("省教育厅") == found.get("广东省教育厅")
    assert found.get("省市场监管局").name == "市场监管局"
    assert {department.level for department in found.departments} == {"province"}


def test_the_level_shows_in_the_prefix_and_else_is_that_of_the_place() -> None:
    levels = {
        department.name: department.level
        for department in register(
            ("县财政局", "市税务局"), ("省发展改革委",), ("金融服务中心",), region=Region("浙江省温州市苍南县")
        ).departments
    }
    assert levels == {
        "县财政局": "county",
        "市税务局": "municipal",
        "省发展改革委": "province",
        "金融服务中心": "county",
    }
    (ministry,) = register(("财政部",), region=Region("全国")).departments
    assert ministry.level == "national"


@pytest.mark.parametrize("name", ["各县(市、区)人民政府", "有关区县", "有关市级部门", "各街道"])
def test_unnamed_groups_are_collective(name: str) -> None:
    (group,) = register((name,), region=TAIAN_REGION).departments
    assert group.collective


def test_an_open_end_is_no_part_of_a_name() -> None:
    (office,) = register(("市商务局等有关部门",), region=TAIAN_REGION).departments
    assert (office.name, office.collective) == ("市商务局", False)


def test_each_region_has_a_register_of_its_own(places: Corpus) -> None:
    taian = places.register_of(places.notice(TAIAN))
    assert {department.name for department in taian.departments} == {
        "市农业农村局",
        "市财政局",
        "市市场监管局",
        "市商务局",
    }
    assert taian.find("区商务委") is None
    assert places.register_of(places.notice(NATION)).get("税务总局").level == "national"
    assert places.departments.find("市农业农村局") is None


def test_the_home_register_has_what_older_notices_print_and_the_data_file_lacks(places: Corpus) -> None:
    assert places.departments.get("区气象局").level == "district"
    assert places.departments.get("工商局").name == "区市场监管局"


def test_the_offices_of_the_own_city_are_those_of_the_data_file(places: Corpus, corpus: Corpus) -> None:
    city = places.register_of(places.notice(CITY))
    assert city.get("市发改委") == corpus.departments.get("市发展改革委")
    assert {department.name for department in city.departments} == {
        "市交通委",
        "市发展改革委",
        "市商务委",
        "市税务局",
    }


def test_the_home_offices_come_before_those_of_other_places(places: Corpus) -> None:
    assert places.registers.get("市商务委")[0] == places.home
    assert places.registers.get("市农业农村局")[0] == TAIAN_REGION
    assert places.registers.get("市财政局", TAIAN_REGION)[1].name == "市财政局"
    with pytest.raises(UnknownDepartment, match="外星事务局"):
        places.registers.get("外星事务局")


def test_a_name_in_a_question_counts_for_the_first_place_that_knows_it(places: Corpus) -> None:
    regions = (places.home, Region("上海市"))
    assert places.registers.named_in("税务局和市交通委谁管", regions) == {"区税务局", "市交通委"}


def test_the_operator_may_state_the_departments_of_a_notice(
    corpus: Corpus, hongkou: CorpusNotice, tmp_path: Path
) -> None:
    places = several(corpus, tmp_path)
    stated = replace(corpus.departments.get("市商务委"), name="市商务局", aliases=("招商局",), full_name="泰安市商务局")
    entry = replace(places.notice(TAIAN), departments=(stated,))
    told = Corpus((hongkou, entry), corpus.stated)
    assert told.register_of(entry).get("招商局").full_name == "泰安市商务局"
    assert told.register_of(entry).get("市财政局").name == "市财政局"
