import pytest

from ingest.general.marker import Style, read_marker


@pytest.mark.parametrize(
    ("line", "style", "number", "rest"),
    [
        ("一、优化服务", "part", 1, "优化服务"),
        ("（十三）搭建网络", "section", 13, "搭建网络"),
        ("(三) 资金", "section", 3, "资金"),
        ("1.强化算力", "item", 1, "强化算力"),
        ("12．强化算力", "item", 12, "强化算力"),
        ("3、强化算力", "item", 3, "强化算力"),
        ("1.2026年建成", "item", 1, "2026年建成"),
        ("第一条 办公空间", "article", 1, "办公空间"),
        ("第十二条办公空间", "article", 12, "办公空间"),
        ("第三章 附则", "chapter", 3, "附则"),
        ("(2)对企业", "parenthesis", 2, "对企业"),
        ("2）对企业", "half", 2, "对企业"),
        ("③对企业", "circle", 3, "对企业"),
        ("二是加强", "ordinal", 2, "加强"),
        ("b.材料", "letter", 2, "材料"),
        ("举措三：减税", "named", 3, "减税"),
        ("## 一、优化服务", "part", 1, "优化服务"),
        ("**（二）资金**", "section", 2, "资金"),
        ("二〇、收尾", "part", 20, "收尾"),
    ],
)
def test_numbers_of_every_style(line: str, style: Style, number: int, rest: str) -> None:
    marker = read_marker(line)
    assert marker
    assert (marker.style, marker.number, marker.rest) == (style, number, rest)


def test_a_title_in_brackets_has_no_number() -> None:
    marker = read_marker("【减税降费】对企业减税。")
    assert marker
    assert (marker.style, marker.number) == ("title", None)


@pytest.mark.parametrize(
    "line",
    [
        "1.5万元以内",
        "2026年3月12日",
        "第2年起",
        "第三条第二款规定的",
        "第一批企业",
        "【责任单位：市科技局】",
        "一级企业",
        "",
    ],
)
def test_what_only_begins_like_a_number_is_none(line: str) -> None:
    assert read_marker(line) is None
