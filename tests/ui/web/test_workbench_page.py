"""A hotline agent works in a real browser: a ticket, a table of tickets, the review of what was wrong, the figures."""

import io
import re
import tempfile
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from ingest.settings import Settings
from tests.ui.web.conftest import OpenPage

TICKET = (
    "来电人陈国梁,电话13916472085。想问开面馆的执照、食品许可和招牌能不能一次办好,找哪个部门?"
    "另外公司想去越南开分公司,境外投资备案找谁?"
)
ODD = "老字号糕团店想进外国驻沪机构做茶歇,谁能帮忙牵线?"
"""A question that the reviewer will settle otherwise than the notice's words suggest."""


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page("/workbench", role="operator")


def work(page: Page, text: str, ticket_id: str = "") -> None:
    page.get_by_label("工单内容", exact=True).fill(text)
    page.get_by_label("工单编号(可不填)").fill(ticket_id)
    page.get_by_role("button", name="处理工单").click()
    expect(page.get_by_label("派单建议")).to_be_visible()


def test_a_ticket_is_masked_taken_apart_and_answered(page: Page, artefacts: Path) -> None:
    work(page, TICKET, "HK-1")
    expect(page.locator(".pq-masked mark").first).to_have_text("〔姓名〕")
    expect(page.locator(".pq-masked")).not_to_contain_text("13916472085")
    first, second = page.get_by_label("诉求1"), page.get_by_label("诉求2")
    expect(first).to_contain_text("执照")
    expect(second).to_contain_text("第12条")
    beside = [each.bounding_box() for each in (first, second)]
    assert beside[0] is not None
    assert beside[1] is not None
    assert beside[0]["y"] == beside[1]["y"], "demands stand side by side on a wide screen"
    expect(page.get_by_label("派单建议")).to_contain_text("区服务发展办")
    expect(page.locator("#pq-reply textarea")).to_have_value(re.compile("第12条"))
    page.screenshot(path=artefacts / "workbench.png", full_page=True)


def test_the_evidence_opens_beside_the_ticket(page: Page) -> None:
    work(page, TICKET)
    page.get_by_label("诉求2").get_by_role("link", name="看原文").first.click()
    expect(page.get_by_role("dialog").locator("mark")).to_contain_text("ODI备案指导")


def test_what_the_agent_decides_is_kept(page: Page) -> None:
    work(page, TICKET, "HK-2")
    page.get_by_role("button", name="采纳(改过的按改后采纳记)").click()
    expect(page.locator("#pq-said")).to_contain_text("已记录:采纳")
    draft = page.locator("#pq-reply textarea")
    draft.fill(draft.input_value() + "\n我们会在两天内回访。")
    page.get_by_role("button", name="采纳(改过的按改后采纳记)").click()
    expect(page.locator("#pq-said")).to_contain_text("改后采纳")
    work(page, TICKET.replace("陈国梁", "陈国梁再次来电,他"), "HK-3")
    expect(page.get_by_label("相似的旧工单")).to_contain_text("HK-2")
    expect(page.get_by_label("相似的旧工单")).to_contain_text("改后采纳")


def test_a_ticket_is_copied_as_a_work_order_without_personal_data(open_page: OpenPage) -> None:
    page = open_page("/workbench", role="agent", permissions=["clipboard-read", "clipboard-write"])
    work(page, TICKET)
    page.locator("#pq-reply textarea").fill("您好,已转相关部门。")
    page.get_by_role("button", name="复制为派单").click()
    expect(page.get_by_role("status").filter(has_text="已复制")).to_be_attached()
    order = page.evaluate("navigator.clipboard.readText()")
    assert "13916472085" not in order
    assert "主办:" in order
    assert "区服务发展办" in order
    assert "第12条“帮助拓展海外市场”" in order
    assert order.endswith("【答复草稿】您好,已转相关部门。")


def test_a_rejected_suggestion_is_reviewed_and_joins_the_bank(page: Page, project: Settings) -> None:
    work(page, ODD)
    page.get_by_role("button", name="不采纳").first.click()
    chosen = page.get_by_label("应引用的出处(可不选)")
    chosen.click()
    chosen.fill("第3条")
    page.get_by_role("option", name="第3条", exact=False).first.click()
    page.get_by_role("button", name="记为不采纳").click()
    expect(page.locator("#pq-said")).to_contain_text("已送审核")
    page.get_by_role("tab", name="审核").click()
    expect(page.locator("#pq-candidate")).to_contain_text("糕团店")
    page.get_by_role("button", name="通过", exact=True).click()
    expect(page.locator("#pq-reviewed")).to_contain_text("请先写下审核人")
    page.get_by_label("审核人").fill("王审核")
    page.get_by_role("button", name="通过", exact=True).click()
    expect(page.locator("#pq-reviewed")).to_contain_text("已通过")
    banked = (project.corpus_dir / "hongkou-2025" / "approved.jsonl").read_text(encoding="utf-8")
    assert "糕团店" in banked
    assert '"source": "M3"' in banked
    assert "operator一号" in banked, "who signed in is who approves, whatever the form says"


def test_a_table_goes_in_and_answers_come_out(page: Page, tmp_path: Path) -> None:
    table = tmp_path / f"{tmp_path.name}.csv"
    table.write_text("编号,工单内容\nHK-8,公司境外投资备案找谁?\nHK-9,\n", encoding="gb18030")
    page.get_by_role("tab", name="批量").click()
    page.locator("#pq-table input[type=file]").set_input_files(table)
    expect(page.locator("#pq-table")).to_contain_text(tmp_path.name[:8])
    page.get_by_role("button", name="开始处理").click()
    expect(page.locator("#pq-progress")).to_contain_text("已完成:2 / 2 件")
    expect(page.locator("#pq-progress")).to_contain_text("第3行")
    cache = Path(tempfile.gettempdir()) / "gradio"
    assert not list(cache.rglob(table.name)), "the upload holds personal data and must not rest"
    with page.expect_download() as download:
        page.locator("#pq-answers").click()
    rows = list(openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active.values)
    assert [row[0] for row in rows[1:]] == ["HK-8", "HK-9"]
    assert "hongkou-2025/M12" in "".join(map(str, rows[1]))


def test_a_file_that_is_no_table_is_refused_with_the_reason(page: Page, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"no workbook")
    page.get_by_role("tab", name="批量").click()
    page.get_by_role("button", name="开始处理").click()
    expect(page.locator("#pq-progress")).to_contain_text("请先选择一张工单表")
    page.locator("#pq-table input[type=file]").set_input_files(broken)
    expect(page.locator("#pq-table")).to_contain_text("broken")
    page.get_by_role("button", name="开始处理").click()
    expect(page.locator("#pq-progress .pq-error")).to_contain_text("broken.xlsx")


def test_nothing_pasted_gets_a_polite_sentence_and_html_is_text(page: Page) -> None:
    page.get_by_role("button", name="处理工单").click()
    expect(page.locator("#pq-assistance")).to_contain_text("请先粘贴工单内容")
    work(page, '<img src=x onerror="document.title=1">公司境外投资备案找谁?<script>document.title=2</script>')
    expect(page.locator(".pq-masked")).to_contain_text("<script>")
    assert page.title() == "政策问答"
