from ingest.index.merging import HANDFUL, to_merge


def test_a_handful_stays_as_it_is() -> None:
    assert to_merge({str(number): 1 for number in range(HANDFUL)}) == ()


def test_small_ones_are_merged_and_a_large_one_is_left_alone() -> None:
    sizes = {"large": 100_000} | {str(number): 200 for number in range(HANDFUL)}
    assert set(to_merge(sizes)) == sizes.keys() - {"large"}


def test_the_largest_of_the_merged_comes_first() -> None:
    assert to_merge({"a": 3, "b": 5, "c": 4, "d": 900, "e": 900, "f": 900, "g": 900}) == ("b", "c", "a")


def test_adding_one_by_one_moves_a_notice_only_now_and_then() -> None:
    sizes: dict[str, int] = {}
    moved = 0
    for number in range(1000):
        sizes[f"new-{number}"] = 1
        while merged := to_merge(sizes):
            size = sum(sizes.pop(each) for each in merged)
            sizes[f"merged-{number}"] = size
            moved += size
        assert len(sizes) <= HANDFUL
    assert moved / 1000 < 8
