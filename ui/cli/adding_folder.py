"""policyqa add DIR: every notice of a folder, read side by side, published and indexed at once."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import typer
from rich.markup import escape
from rich.table import Table

from ingest.errors import CorpusError, PolicyQAError
from ingest.progress import Progress
from ingest.settings import Settings
from ingest.shelf.adding import Added, add
from ingest.shelf.proposal import Proposal, Reading, citable, propose, read_file
from ingest.shelf.stated import Stated, stated_notices
from ui.cli.console import ask_or_stop, console, folding_table, progress_bars

_MOST_PROCESSES = 8
_OUTCOMES = {"new": "已收录", "update": "已更新", "unchanged": "没有变化"}

Read = Reading | PolicyQAError


def add_folder(settings: Settings, folder: Path, is_agreed: bool) -> None:
    """Publish what can be read; exits with 1 if a file was refused or a person should look at one."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    if not files:
        raise CorpusError(f"{folder} 里没有文件。", "请给出放通知文件的文件夹。")
    with progress_bars() as report:
        read = _read(files, report)
    proposals, failed = _proposed(settings, read)
    added: Sequence[Added] = [Added(each) for each in proposals]
    if any(each.outcome != "unchanged" for each in proposals):
        if not is_agreed:
            console.print(_table(added, failed, is_done=False))
        ask_or_stop(f"收录这 {len(proposals)} 份?", is_agreed, f"policyqa add {folder} --yes")
        with progress_bars() as report:
            added, _ = add(settings, proposals, report)
    console.print(_table(added, failed, is_done=True))
    if failed or any(each.refused or each.proposal.needs_a_look for each in added):
        raise typer.Exit(1)


def _read(files: Sequence[Path], progress: Progress) -> dict[Path, Read]:
    """What became of each file; one that brings its process down is said to have done so."""
    found: dict[Path, Read] = {}
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES, len(files))
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        running = {pool.submit(_read_one, path): path for path in files}
        progress("读通知", 0, len(files))
        for done, future in enumerate(as_completed(running), start=1):
            path = running[future]
            try:
                found[path] = future.result()
            except BrokenProcessPool:
                found[path] = CorpusError("读的时候进程中断了。", "请单独添加这个文件,看看是不是它的问题。")
            progress("读通知", done, len(files))
    return {path: found[path] for path in files}


def _read_one(path: Path) -> Read:
    """Runs in a process of its own."""
    try:
        return read_file(path)
    except PolicyQAError as error:
        # An error of ours takes more arguments than pickling gives it.
        return CorpusError(str(error))


def _proposed(settings: Settings, read: dict[Path, Read]) -> tuple[list[Proposal], dict[Path, PolicyQAError]]:
    """Older notices first, so that newer ones of the same series find them."""
    shelf: dict[str, Stated] = dict(stated_notices(settings.corpus_dir))
    proposals: list[Proposal] = []
    failed = {path: each for path, each in read.items() if isinstance(each, PolicyQAError)}
    readings = {path: each for path, each in read.items() if isinstance(each, Reading)}
    for path in sorted(readings, key=lambda each: str(readings[each].raw.notice.issued_on or "")):
        try:
            proposal = propose(settings, readings[path], others=shelf)
        except PolicyQAError as error:
            failed[path] = error
            continue
        twice = next((each for each in proposals if each.id == proposal.id), None)
        if twice:
            failed[path] = CorpusError(f"与 {twice.reading.name} 是同一份通知。", "请只保留一个文件。")
            continue
        proposals.append(proposal)
        shelf[proposal.id] = proposal.stated
    return proposals, failed


def _table(added: Sequence[Added], failed: dict[Path, PolicyQAError], *, is_done: bool) -> Table:
    table = folding_table("文件", "编号", "举措", "要看的", "结果")
    for row in _rows(added, is_done=is_done):
        table.add_row(*map(escape, row))
    for path, error in failed.items():
        table.add_row(escape(path.name), "", "", "", escape(f"未收录:{error}"))
    return table


def _rows(added: Sequence[Added], *, is_done: bool) -> Iterator[list[str]]:
    for each in added:
        proposal = each.proposal
        outcome = f"未收录:{each.refused}" if each.refused else _OUTCOMES[proposal.outcome]
        odd = len(proposal.open_oddities) + len(proposal.parsed.doubtful)
        counts = [str(len(citable(proposal.parsed))), str(odd)]
        yield [proposal.reading.name, proposal.id, *counts, outcome if is_done or each.refused else "待确认"]
