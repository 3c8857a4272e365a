"""policyqa assist: a table of tickets in, a table with answers out."""

from contextlib import closing
from pathlib import Path

import typer

from api.batch import batch_problems, batch_table, open_table, run_batch
from api.serving import ServedIndex
from api.sheet import check_target
from api.store import Store
from ingest.errors import SheetError
from ingest.settings import load_settings
from ui.cli.console import console, progress_bars

SHOWN = 20


def run_assist(source: Path, target: Path, column: str | None) -> None:
    """Work through the tickets in ``source``; exits with 1 if some rows could not be, and names them."""
    settings = load_settings()
    served_index = ServedIndex(settings)
    try:
        content = source.read_bytes()
    except OSError as error:
        raise SheetError(f"{source} 读不了:{error.strerror}。", "请检查文件名和权限。") from error
    check_target(target.name)
    with closing(served_index), closing(Store(settings.store)) as store, progress_bars() as report_progress:
        served = served_index.get()
        table = open_table(source.name, content, column, served)
        run_batch(table, served, store, lambda done, total: report_progress("工单", done, total))
        answers, problems = batch_table(table.id, target.name, store), batch_problems(table.id, store)
    try:
        target.write_bytes(answers)
    except OSError as error:
        raise SheetError(f"{target} 写不了:{error.strerror}。", "请检查文件夹和权限。") from error
    console.print(f"{len(table.sheet.rows)} 件,已写入 {target}", markup=False)
    for number, problem in list(problems.items())[:SHOWN]:
        console.print(f"第{number}行:{problem}", markup=False)
    if len(problems) > SHOWN:
        console.print(f"……共 {len(problems)} 行有问题,见结果的“问题”列")
    if problems:
        raise typer.Exit(1)
