from ingest.document import Document, Table, document_from_text
from ingest.general.reader import read_any
from ingest.notice import Discrepancy
from ingest.parsed import Parsed

HEADER = ("序号", "重点任务", "具体措施", "牵头单位", "配合单位")
ROWS = (
    ("1", "减税", "落实减税政策。", "市税务局", "市财政局、各区"),
    ("2", "降费", "降低收费。", "市财政局", ""),
)


def read(before: str, rows: tuple[tuple[str, ...], ...]) -> Parsed:
    """A notice with text and, below it, a table."""
    cells = [cell for row in rows for cell in row if cell]
    document = document_from_text("\n".join([before, *cells]))
    first = document.lines[-len(cells)].number
    return read_any(Document(document.text, document.lines, (Table(first, first + len(cells) - 1, rows),)))


def test_a_table_of_tasks_lists_the_measures_of_a_notice_that_has_no_other() -> None:
    measures = read("某市优化营商环境任务分工方案", (HEADER, *ROWS)).notice.measures
    assert [(each.number, each.title, each.text, each.lead, each.cooperating) for each in measures] == [
        (1, "减税", "落实减税政策。", ("市税务局",), ("市财政局", "各区")),
        (2, "降费", "降低收费。", ("市财政局",), ()),
    ]


def test_a_row_that_fills_one_cell_is_the_heading_of_those_below() -> None:
    rows = (HEADER, ("一、税费", "", "", "", ""), *ROWS)
    assert [each.outline for each in read("某市方案", rows).notice.measures] == [("一、税费",)] * 2


def test_a_table_beside_the_body_gives_the_departments_that_the_body_lacks() -> None:
    body = "某市若干措施\n一、减税。落实减税政策。\n二、降费。降低收费。"
    assert [each.lead for each in read(body, (HEADER, *ROWS)).notice.measures] == [("市税务局",), ("市财政局",)]


def test_what_body_and_table_print_differently_is_a_discrepancy() -> None:
    body = "某市若干措施\n一、减税。落实减税政策。（牵头单位：市财政局）\n二、降费。降低收费。（牵头单位：市财政局）"
    first, second = read(body, (HEADER, *ROWS)).notice.measures
    assert first.lead == ("市财政局",)
    assert first.discrepancies == (
        Discrepancy("lead", "市财政局", "市税务局"),
        Discrepancy("cooperating", "", "市财政局、各区"),
    )
    assert second.discrepancies == ()


def test_a_table_without_departments_is_left_alone() -> None:
    body = "某市若干措施\n一、减税。落实减税政策。（牵头单位：市财政局）\n二、降费。降低收费。（牵头单位：市财政局）"
    measures = read(body, (("年份", "数量"), ("2025", "10"))).notice.measures
    assert [each.title for each in measures] == ["减税", "降费"]


def test_a_row_without_departments_is_doubtful() -> None:
    parsed = read("某市方案", (HEADER, *ROWS, ("3", "清欠", "清理欠款。", "", "")))
    assert [each for each in parsed.doubtful if each.startswith("M")] == ["M3"]
    assert any("清欠" in oddity.message for oddity in parsed.oddities)
