"""policyqa add, remove, notices: an operator puts notices in and takes them out."""

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.markup import escape
from rich.table import Table

from ingest.corpus import Corpus
from ingest.errors import BadNoticeId, UnknownNotice
from ingest.index import open_index
from ingest.settings import Settings, load_settings
from ingest.shelf.adding import add, remove, what_changes
from ingest.shelf.correction import FILE
from ingest.shelf.proposal import Proposal, propose, read_file
from ingest.succession import Changes
from ui.cli.adding_folder import add_folder
from ui.cli.console import ask_or_stop, console, folding_table, progress_bars
from ui.cli.parsing import show_parsed

_SHOWN = 20


def run_add(path: Path, notice_id: str, is_agreed: bool) -> None:
    """Publish a notice, or every one in a folder; exits with 1 if there is something that a person should look at."""
    settings = load_settings()
    if path.is_dir():
        if notice_id:
            raise BadNoticeId("文件夹里的通知不能都用同一个编号。", "请去掉 --as,或逐个添加。")
        add_folder(settings, path, is_agreed)
        return
    proposal = propose(settings, read_file(path), notice_id)
    show_parsed(proposal.parsed, proposal.reading.document)
    _show_proposal(settings, proposal)
    if proposal.outcome == "unchanged":
        _say(f"{proposal.id} 已经收录了同一个文件,没有变化。")
        return
    ask_or_stop(f"收录为 {proposal.id}?", is_agreed, f"policyqa add {path} --yes")
    with progress_bars() as report:
        (added,), done = add(settings, [proposal], report)
    if added.refused:
        raise added.refused
    _say(f"已收录 {proposal.id},索引版本 {done.version}。")
    if added.lost:
        _say(f"有 {added.lost} 条相似问或译文所指的内容已不在新文本中,没有带过来;原来的文件在 removed 文件夹。")
    if proposal.needs_a_look:
        _say(f"读得不对的,请在网页“通知管理”更正,或写在 {settings.corpus_dir / proposal.id / FILE}。")
        raise typer.Exit(1)


def run_remove(notice_id: str, is_agreed: bool) -> None:
    """Take a notice out."""
    settings = load_settings()
    if not (settings.corpus_dir / notice_id).is_dir():
        raise UnknownNotice(f"没有编号为“{notice_id}”的通知。", "现有的见 policyqa notices。")
    ask_or_stop(f"移去 {notice_id}?", is_agreed, f"policyqa remove {notice_id} --yes")
    with progress_bars() as report:
        done = remove(settings, notice_id, report)
    _say(f"已移去 {notice_id},删去 {done.deleted} 个片段;它的文件夹留在 {settings.data_dir / 'removed'}。")


def show_notices() -> None:
    """List the notices that answers rest on."""
    index = open_index(load_settings())
    try:
        console.print(_listed(index.corpus))
    finally:
        index.close()


def _show_proposal(settings: Settings, proposal: Proposal) -> None:
    if proposal.supersedes:
        _say(f"它接替同一系列较早的 {proposal.supersedes}。")
    if proposal.corrections:
        _say(f"已按 {FILE} 更正 {len(proposal.corrections)} 处。")
    if proposal.outcome == "update" and (found := what_changes(settings, proposal)):
        _say(f"{proposal.id} 已经收录,将更新为这个文件:")
        for line in _changes(found):
            _say(f"  {line}")


def _changes(found: Changes) -> Sequence[str]:
    lines = [
        *(f"新增 {each.key} {each.title}" for each in found.added),
        *(f"取消 {each.key} {each.title}" for each in found.dropped),
        *(f"有变 {pair.newer.key} {pair.newer.title}({'、'.join(pair.changed)})" for pair in found.changed),
    ]
    more = [f"……共 {len(lines)} 处"] if len(lines) > _SHOWN else []
    return lines[:_SHOWN] + more or ["各条都没有变化"]


def _listed(corpus: Corpus) -> Table:
    table = folding_table("编号", "标题", "地区", "日期", "举措", "已被接替")
    for entry in corpus.notices:
        notice = entry.notice
        shown = (entry.id, notice.title, entry.region, str(notice.issued_on or ""), str(len(notice.measures)))
        table.add_row(*map(escape, shown), entry.superseded_by)
    return table


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
