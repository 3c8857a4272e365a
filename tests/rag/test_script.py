from rag.script import to_simplified, to_traditional


def test_chinese_scripts_are_converted_both_ways() -> None:
    assert to_simplified("出口退稅") == "出口退税"
    assert to_traditional("牵头单位") == "牽頭單位"
