import pytest

from rag.detail import missing_details

HOUSING = "筹措保障性租赁房1730套并供应1000套,为各类人才和一线职工提供安居保障。"
PERMIT = "对申请环评审批告知承诺的建设项目实施即来即办,受理当日完成审批。"


@pytest.mark.parametrize(
    ("question", "text", "names"),
    [
        ("保障房找谁,电话多少?", HOUSING, ["电话"]),
        ("租一个月多少钱,要带什么材料?", HOUSING, ["金额", "办理材料"]),
        ("保障房一共多少套?", HOUSING, []),
        ("保障房归谁管?", HOUSING, []),
        ("环评几天能批下来?", PERMIT, []),
        ("保障房几天能批下来?", HOUSING, ["办理时限或日期"]),
    ],
)
def test_what_is_asked_for_and_not_stated(question: str, text: str, names: list[str]) -> None:
    assert [detail.name("zh") for detail in missing_details(question, text)] == names


def test_details_are_named_in_the_askers_language() -> None:
    (phone,) = missing_details("What is the phone number?", HOUSING)
    assert [phone.name(language) for language in ("zh", "zh-Hant", "en", "ja")] == [
        "电话",
        "電話",
        "telephone number",
        "電話番号",
    ]
