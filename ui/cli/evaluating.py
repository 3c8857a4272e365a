"""policyqa eval and its commands."""

import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table as RichTable

from eval.dataset import load_items
from eval.dataset.card import Split, load_split
from eval.evaluation import Questions, evaluate, report, run_of
from eval.reporting.comparison import Change, changes
from eval.reporting.page import write_page
from eval.reporting.readme import publish
from eval.reporting.report import Report, load_report, write_report
from eval.reporting.score_file import read_scores
from eval.reporting.table import Cell, Table
from eval.targets.chain import FRAMEWORKS
from eval.targets.opening import BARE, EXACT, FITTED, PRODUCT, UNADAPTED, Endpoint
from eval.tickets.ticket import load_tickets
from ingest.settings import PROJECT_DIR, Settings, load_settings
from ui.cli.console import console, progress_bars

TABLE_WIDTH = 170
KEY_VARIABLE = "POLICYQA_EVAL_KEY"
QUICK = (*BARE, PRODUCT)
PACKAGES = {"LangChain": "langchain_huggingface", "LlamaIndex": "llama_index", "Haystack": "haystack"}
"""What each framework's chain needs; the rest comes with it."""

WHOLE = ("BM25", *UNADAPTED, EXACT, "+ adapter", *FITTED, *FRAMEWORKS, PRODUCT)


def run_evaluation(
    names: Sequence[str], quick: bool, split: Split, sets: Path | None, model: str | None, *, shows_notice: bool
) -> None:
    """Ask, score and report."""
    settings, questions = load_settings(), _questions(split, sets)
    endpoint = Endpoint(os.environ.get(KEY_VARIABLE), model, shows_notice)
    with progress_bars() as progress:
        made = evaluate(settings, names or (QUICK if quick else _whole()), endpoint, questions, progress)
    _tell(settings, made, split)


def run_scoring(names: Sequence[str], split: Split, sets: Path | None) -> None:
    """Score what was stored; nothing is asked."""
    settings, questions = load_settings(), _questions(split, sets)
    _tell(settings, report(settings, [run_of(settings, questions, name) for name in names], questions), split)


def run_comparison(before: str, after: str, split: Split, sets: Path | None) -> bool:
    """Print what changed between two runs, given by target or folder; whether anything became worse, not by chance."""
    settings, questions = load_settings(), _questions(split, sets)
    found = changes(*(read_scores(_folder(settings, questions, name)) for name in (before, after)))
    _wide().print(_changes(found))
    worse = [change for change in found if change.is_worse]
    for change in worse:
        console.print(f"显著变差:{change.title}", style="bold red")
    return bool(worse)


def run_publication() -> None:
    """Draw the READMEs' tables from the last report."""
    publish(load_report(load_settings()), PROJECT_DIR)


def _folder(settings: Settings, questions: Questions, name: str) -> Path:
    return Path(name) if Path(name).is_dir() else run_of(settings, questions, name).folder


def _whole() -> tuple[str, ...]:
    """Everything that can be measured without a network; frameworks that are not installed are named and left out."""
    lacking = [name for name, package in PACKAGES.items() if find_spec(package) is None]
    if lacking:
        console.print(f"没有安装 {'、'.join(lacking)},略去;要一并测量,请运行 pip install 'policy-qa\\[peers]'。")
    return tuple(name for name in WHOLE if name not in lacking)


def _questions(split: Split, sets: Path | None) -> Questions:
    if sets:
        return Questions(sets.resolve().name, load_items(sets), ())
    tickets = () if split == "development" else tuple(load_tickets())
    return Questions(split, load_split(split), tickets)


def _tell(settings: Settings, made: Report, split: Split) -> None:
    wide = _wide()
    for table in (*made.tables, *made.breakdown):
        wide.print(_table(table))
    if made.changes:
        wide.print(_changes(made.changes))
    told = f"{made.questions} 题;{made.systems[-1]} 有出入的 {len(made.failures)} 题"
    # What is chosen on the development questions says nothing of others: their figures are not published.
    if split != "development":
        write_report(settings, made)
        told += f",逐题见 {write_page(settings, made)}"
    wide.print(told, highlight=False, soft_wrap=True)


def _wide() -> Console:
    # Piped output has 80 columns by default, too few for the intervals.
    return Console(width=max(console.width, TABLE_WIDTH))


def _table(table: Table) -> RichTable:
    drawn = RichTable("", "n", title=table.title, box=SIMPLE, title_justify="left")
    for name in table.systems:
        drawn.add_column(name)
    for row in table.rows:
        drawn.add_row(row.title, str(row.n), *map(_cell, row.cells))
    return drawn


def _changes(found: Sequence[Change]) -> RichTable:
    drawn = RichTable("", "n", "先", "后", "差的区间", "p", title="与上一次相比", box=SIMPLE, title_justify="left")
    for each in found:
        values = f"{each.before:.3f}", f"{each.after:.3f}", f"{each.low:+.3f} – {each.high:+.3f}", f"{each.p:.4f}"
        drawn.add_row(each.title, str(each.n), *values, style="red" if each.is_worse else "")
    return drawn


def _cell(found: Cell | None) -> str:
    return f"{found.mean:.3f} {found.low:.2f}–{found.high:.2f}" if found else "–"
