"""Batches: every row answered or reported, nothing done twice, nothing private in the result."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.batch import batch_problems, batch_table, open_table, run_batch
from api.serving import Served, ServedIndex
from api.sheet import read_sheet
from api.store import Store
from ingest.settings import Settings

TABLE = """工单编号,来电人,工单内容
HK-1,陈国梁,"来电人陈国梁,电话13916472085,想问开面馆的执照和许可能不能一次办好,找哪个部门?"
HK-2,李四,
HK-3,王五,"公司想去越南投资,境外投资备案找谁?"
"""


@pytest.fixture(scope="module")
def served(settings: Settings) -> Iterator[Served]:
    served_index = ServedIndex(settings)
    yield served_index.get()
    served_index.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'store.db'}")
    yield store
    store.close()


def run(served: Served, store: Store, target: str = "out.csv", told: list[tuple[int, int]] | None = None) -> bytes:
    """Work through the table, and return the table of answers."""

    def advance(done: int, total: int) -> None:
        if told is not None:
            told.append((done, total))

    table = open_table("tickets.csv", TABLE.encode("gb18030"), None, served)
    run_batch(table, served, store, advance)
    return batch_table(table.id, target, store)


@pytest.mark.parametrize("target", ["out.csv", "out.xlsx"])
def test_every_row_is_answered_or_reported(served: Served, store: Store, target: str) -> None:
    content = run(served, store, target)
    sheet = read_sheet(target, content)
    cells = {row.cells[0]: dict(zip(sheet.header, row.cells, strict=True)) for row in sheet.rows}
    assert cells["HK-1"]["状态"] == "已找到"
    assert "M" in cells["HK-3"]["举措"]
    assert cells["HK-3"]["牵头单位"]
    assert cells["HK-3"]["答复草稿"]
    assert "空" in cells["HK-2"]["问题"]
    batch_id = open_table("tickets.csv", TABLE.encode("gb18030"), None, served).id
    assert list(batch_problems(batch_id, store)) == [3]


def test_nothing_private_is_in_the_result(served: Served, store: Store) -> None:
    content = run(served, store).decode("utf-8-sig")
    assert not any(piece in content for piece in ("陈国梁", "13916472085", "李四", "王五"))


def test_a_batch_that_was_cut_off_goes_on_where_it_stopped(served: Served, store: Store) -> None:
    whole = run(served, store)
    told: list[tuple[int, int]] = []
    assert run(served, store, told=told) == whole
    assert told == [(3, 3)]
