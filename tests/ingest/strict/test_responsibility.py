import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.strict.responsibility import ResponsibilityError, read_responsibility, split_departments

names = st.lists(
    st.sampled_from(["区司法局", "区政府办公室(区政务服务中心)", "区消防救援支队等相关部门", "各街道", "市高院"]),
    min_size=1,
    max_size=5,
).map(tuple)


@given(names)
def test_a_printed_list_is_read_back_name_by_name(printed: tuple[str, ...]) -> None:
    assert split_departments("、".join(printed)) == printed


@given(names, names, st.sampled_from([";", "；"]), st.sampled_from([":", "："]))
def test_lead_and_cooperating_are_kept_apart(
    lead: tuple[str, ...], cooperating: tuple[str, ...], semicolon: str, colon: str
) -> None:
    bracket = f"(牵头单位{colon}{'、'.join(lead)}{semicolon}配合责任单位{colon}{'、'.join(cooperating)})"
    found = read_responsibility("建设服务中心(含法律服务中心)。" + bracket)
    assert found is not None
    text, responsibility = found
    assert text == "建设服务中心(含法律服务中心)。"
    assert (responsibility.lead, responsibility.cooperating) == (lead, cooperating)


def test_responsible_beside_cooperating_is_the_lead_under_another_label() -> None:
    found = read_responsibility("更新楼宇。(责任单位:区规划资源局;配合责任单位:各街道)")
    assert found is not None
    assert found[1].lead == ("区规划资源局",)
    assert found[1].lead_label == "责任单位"


def test_responsible_alone_makes_no_distinction() -> None:
    found = read_responsibility("更新楼宇。(责任单位:区规划资源局)")
    assert found is not None
    assert found[1].lead == ()
    assert found[1].responsible == ("区规划资源局",)


def test_text_without_responsibility() -> None:
    assert read_responsibility("提供海外上市服务(境外投资备案指导)。") is None


@pytest.mark.parametrize(
    "paragraph",
    [
        "甲。(牵头单位:区司法局;牵头单位:区税务局)",
        "甲。(主办单位:区司法局)",
        "甲。(牵头单位:区司法局、、区税务局)",
        "甲。(牵头单位:区司法局;区税务局)",
    ],
)
def test_what_cannot_be_read_is_an_error(paragraph: str) -> None:
    with pytest.raises(ResponsibilityError):
        read_responsibility(paragraph)
