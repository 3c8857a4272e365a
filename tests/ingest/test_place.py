import pytest

from ingest.place import Region


@pytest.mark.parametrize(
    ("name", "level", "everyday"),
    [
        ("上海市虹口区", "district", ("虹口区", "虹口", "hongkou")),
        ("上海市", "municipal", ("上海市", "上海", "shanghai")),
        ("山东省泰安市", "municipal", ("泰安市", "泰安", "taian")),
        ("深圳市罗湖区", "district", ("罗湖区", "罗湖", "luohu")),
        ("浙江省温州市苍南县", "county", ("苍南县", "苍南", "cangnan")),
        ("广西壮族自治区", "province", ("广西壮族自治区", "广西", "guangxi")),
        ("上海市浦东新区", "district", ("浦东新区", "浦东", "pudong")),
    ],
)
def test_a_region_has_a_level_and_the_names_that_people_use(name: str, level: str, everyday: tuple[str, ...]) -> None:
    assert (Region(name).level, Region(name).everyday_names) == (level, everyday)


def test_a_region_contains_itself_and_what_its_name_begins() -> None:
    district, city, country = Region("上海市虹口区"), Region("上海市"), Region("全国")
    assert city.contains(district)
    assert country.contains(district)
    assert district.contains(district)
    assert not district.contains(city)
    assert not Region("山东省泰安市").contains(district)


def test_a_region_that_nothing_tells_contains_only_its_like() -> None:
    assert not Region("").contains(Region("上海市"))
    assert not Region("全国").contains(Region(""))
    assert Region("").contains(Region(""))
    assert Region("").level is None
