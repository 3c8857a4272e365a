"""policyqa eval and its commands."""

import os
from collections.abc import Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table as RichTable

from eval.dataset import Split, load_items, load_split
from eval.evaluation import Questions, evaluate, report, run_of
from eval.reporting.comparison import SIGNIFICANT, Change, changes
from eval.reporting.page import write_page
from eval.reporting.readme import publish
from eval.reporting.report import Report, load_report, write_report
from eval.reporting.score_file import read_scores
from eval.reporting.table import Cell, Table
from eval.reporting.wording import title_of
from eval.targets.chain import FRAMEWORKS
from eval.targets.opening import BARE, EXACT, FITTED, PRODUCT, UNADAPTED, Endpoint
from eval.tickets.ticket import load_tickets
from ingest.corpus import load_corpus
from ingest.errors import CorpusError, UnknownRun
from ingest.settings import PROJECT_DIR, Settings, load_settings
from ui.cli.console import console, progress_bars

TABLE_WIDTH = 170
KEY_VARIABLE = "POLICYQA_EVAL_KEY"
PUBLISHED: Split = "test"
QUICK = (*BARE, PRODUCT)
WHOLE = ("BM25", *UNADAPTED, EXACT, "+ adapter", *FITTED, *FRAMEWORKS, PRODUCT)
PACKAGES = {"LangChain": "langchain_huggingface", "LlamaIndex": "llama_index", "Haystack": "haystack"}
"""What each framework's chain needs; the rest comes with it."""


def run_evaluation(
    names: Sequence[str], quick: bool, split: Split, sets: Path | None, model: str | None, *, shows_notice: bool
) -> None:
    """Ask, score and report."""
    settings, questions = load_settings(), _questions(split, sets)
    _note_unstated(settings, questions)
    endpoint = Endpoint(os.environ.get(KEY_VARIABLE), model, shows_notice)
    chosen = names or (QUICK if quick else _whole(settings))
    with progress_bars() as progress:
        made = evaluate(settings, chosen, endpoint, questions, progress)
    _tell(settings, made, split)


def run_scoring(names: Sequence[str], split: Split, sets: Path | None) -> None:
    """Score what was stored; nothing is asked."""
    settings, questions = load_settings(), _questions(split, sets)
    _tell(settings, report(settings, [run_of(settings, questions, name) for name in names], questions), split)


def run_comparison(before: str, after: str, split: Split, sets: Path | None) -> bool:
    """Print what changed between two runs, given by target or folder; whether anything became worse, not by chance.

    Raises UnknownRun if there is none of that name, or if they have no question in common.
    """
    settings, questions = load_settings(), _questions(split, sets)
    found = changes(*(read_scores(_folder(settings, questions, name)) for name in (before, after)))
    if not found:
        raise UnknownRun(f"{before} 与 {after} 共有的题")
    _wide().print(_changes(found, before, after))
    worse = [change for change in found if change.is_worse]
    for change in worse:
        console.print(f"显著变差:{change.title}", style="bold red")
    return bool(worse)


def run_publication() -> None:
    """Draw the READMEs' tables from the last report. Raises CorpusError if it is not of the test questions."""
    made = load_report(load_settings())
    if made.data != PUBLISHED:
        raise CorpusError(f"上次评测的是 {made.data},不是自带的测试集。", "请先运行 policyqa eval。")
    publish(made, PROJECT_DIR)


def _folder(settings: Settings, questions: Questions, name: str) -> Path:
    return Path(name) if Path(name).is_dir() else run_of(settings, questions, name).folder


def _note_unstated(settings: Settings, questions: Questions) -> None:
    """Who has loaded several notices may have forgotten to say which one is asked about."""
    unstated = [item for item in questions.items if item.notice is None]
    if len(load_corpus(settings.corpus_dir).notices) > 1 and unstated:
        console.print(f"收录了几份通知,有 {len(unstated)} 题没有写 notice,按 {unstated[0].of_notice} 算。")


def _whole(settings: Settings) -> tuple[str, ...]:
    """Everything that can be measured without a network; what cannot be measured here is named and left out."""
    lacking = [name for name, package in PACKAGES.items() if find_spec(package) is None]
    if lacking:
        console.print(f"没有安装 {'、'.join(lacking)},略去;要一并测量,请运行 pip install 'policy-qa\\[peers]'。")
    if len(load_corpus(settings.corpus_dir).notices) > 1:
        console.print(f"{'、'.join(FRAMEWORKS)} 只认一份通知,略去。")
        lacking = list(FRAMEWORKS)
    return tuple(name for name in WHOLE if name not in lacking)


def _questions(split: Split, sets: Path | None) -> Questions:
    if sets:
        # Folders of one name are not one set.
        place = sha256(str(sets.resolve()).encode()).hexdigest()[:6]
        return Questions(f"{sets.resolve().name}@{place}", load_items(sets), ())
    tickets = () if split == "development" else tuple(load_tickets())
    return Questions(split, load_split(split), tickets)


def _tell(settings: Settings, made: Report, split: Split) -> None:
    wide = _wide()
    for table in (*made.tables, *made.breakdown):
        wide.print(_table(table))
    *_, last = made.systems
    if made.changes:
        wide.print(_changes(made.changes, f"{last} 上一次", "这一次"))
    told = f"{made.questions} 题;{last} 有出入的 {len(made.failures)} 题"
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
        drawn.add_column(title_of(name))
    for row in table.rows:
        drawn.add_row(row.title, str(row.n), *map(_cell, row.cells))
    return drawn


def _changes(found: Sequence[Change], before: str, after: str) -> RichTable:
    drawn = RichTable("", "n", before, after, "差的区间", "p", box=SIMPLE, title_justify="left")
    drawn.title = f"{before} → {after}(同样的题,p < {SIGNIFICANT} 才算显著)"
    for each in found:
        values = f"{each.before:.3f}", f"{each.after:.3f}", f"{each.low:+.3f} – {each.high:+.3f}", f"{each.p:.4f}"
        drawn.add_row(each.title, str(each.n), *values, style="red" if each.is_worse else "")
    return drawn


def _cell(found: Cell | None) -> str:
    return f"{found.mean:.3f} {found.low:.2f}–{found.high:.2f}" if found else "–"
