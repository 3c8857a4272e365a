"""Addresses are found down to the house, in the forms that people write; roads and districts alone are kept."""

import pytest

from rag.privacy.address import addresses


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("住凉城三村12-301,楼上漏水", "凉城三村12-301"),
        ("租在康定路1299弄3/502,房东", "康定路1299弄3/502"),
        ("中山北一路418弄7号602室", "中山北一路418弄7号602室"),
        ("在福佑路288号2楼2123摊的电表", "福佑路288号2楼2123摊"),
        ("快递到肇嘉浜路1065号飞雕国际大厦2806也没人签", "肇嘉浜路1065号飞雕国际大厦2806"),
        ("住方浜中路618弄11号三层阁", "方浜中路618弄11号三层阁"),
        ("邻居住4号楼902室", "4号楼902室"),
        ("房子在江宁路一百六十七弄二号三楼", "江宁路一百六十七弄二号三楼"),
        ("my home at Lane 333 Yushan Road No.5 Room 602 is", "Lane 333 Yushan Road No.5 Room 602"),
    ],
)
def test_an_address_is_found_whole(text: str, piece: str) -> None:
    assert piece in [text[start:end] for start, end in addresses(text)]


@pytest.mark.parametrize(
    "text",
    [
        "四川北路靠近海宁路",
        "菜场二楼卖活鸡",
        "江边步道60米长都是坑",
        "夜里十一点还在打桩",
        "坐10号线到四川北路站",
        "小区共9幢楼、518户",
    ],
)
def test_what_is_no_house_is_kept(text: str) -> None:
    assert list(addresses(text)) == []
