"""Asking, scoring and reporting in one go, or scoring again what was stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.answers.asking import ask
from eval.answers.run import Run, folder_name
from eval.dataset import Item
from eval.reporting.comparison import changes
from eval.reporting.report import Report, make_report
from eval.reporting.score_file import read_scores, write_scores
from eval.scores import Scores, folded
from eval.targets.opening import Endpoint, opened
from eval.things import ScoredRun, score_run
from eval.tickets.ticket import Ticket
from ingest.catalogue import printed_departments
from ingest.corpus import Corpus, load_corpus
from ingest.departments import without_tail
from ingest.errors import CorpusError, UnknownRun
from ingest.progress import Progress
from ingest.settings import Settings


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked. ``name`` tells them apart from others: the split, or the folder of somebody's own sets."""

    name: str
    items: Sequence[Item]
    tickets: Sequence[Ticket]


def evaluate(
    settings: Settings, names: Sequence[str], endpoint: Endpoint, questions: Questions, progress: Progress
) -> Report:
    """Ask the targets of these names, score what they reply, and compare the last with its run before.

    Every run replaces the one before of the same target. Raises CorpusError if an item names a source that is not in
    the corpus, TargetFailed, IndexUnavailable.
    """
    before: Scores = {}
    with opened(names, endpoint, settings, progress) as (index, targets):
        _check(questions.items, index.corpus)
        for target in targets:
            run = run_of(settings, questions, target.name)
            before = _scores_of(run)
            # What comes first pays for everything that is loaded then.
            target.ask(questions.items[0])
            ask(target, questions.items, questions.tickets, index.manifest, run, progress)
    return report(settings, [run_of(settings, questions, target.name) for target in targets], questions, before)


def report(settings: Settings, runs: Iterable[Run], questions: Questions, before: Scores | None = None) -> Report:
    """Score the stored replies; nothing is asked. Raises UnknownRun, CorpusError."""
    corpus = load_corpus(settings.corpus_dir)
    scored = {run.info.target: _scored(run, questions, corpus) for run in runs}
    *_, last = scored.values()
    return make_report(scored, questions.name, changes(before or {}, last.values))


def run_of(settings: Settings, questions: Questions, target: str) -> Run:
    """Where the run of a target on these questions is kept, whether there is one or not."""
    return Run(settings.evaluation_runs / questions.name / folder_name(target))


def _scored(run: Run, questions: Questions, corpus: Corpus) -> ScoredRun:
    scored = score_run(run, questions.items, questions.tickets, corpus)
    asked = {item.id for item, _ in scored.pairs}
    if unasked := [item.id for item in questions.items if item.id not in asked]:
        raise CorpusError(
            f"{run.info.target} 没有 {len(unasked)} 题的答复({'、'.join(unasked[:3])}……)。",
            "请用 policyqa eval 重新提问。",
        )
    write_scores(run.folder, scored)
    return scored


def _scores_of(run: Run) -> Scores:
    try:
        return read_scores(run.folder)
    except UnknownRun:
        return {}


def _check(items: Sequence[Item], corpus: Corpus) -> None:
    """A misspelt key or department would otherwise count against every target."""
    notices = {entry.id: entry for entry in corpus.notices}
    for item in items:
        if item.of_notice not in notices:
            raise CorpusError(
                f"题集 {item.set} 的 {item.id} 问的通知 {item.of_notice} 没有收录。",
                f"已收录 {'、'.join(notices)};请更正 notice,或先用 policyqa add 收录。",
            )
        entry = notices[item.of_notice]
        if unknown := item.fitting - entry.by_key.keys():
            raise CorpusError(
                f"题集 {item.set} 的 {item.id} 引用了通知 {entry.id} 里没有的出处 {'、'.join(sorted(unknown))}。",
                "出处写作 M12、A7;问的是别的通知,要写 notice。",
            )
        printed = {folded(name) for key in item.fitting for name in printed_departments(entry.source(key))}
        if strange := set(map(folded, item.lead)) - printed - set(map(without_tail, printed)):
            raise CorpusError(
                f"题集 {item.set} 的 {item.id} 的牵头单位 {'、'.join(sorted(strange))} 不在所引的出处里。",
                "请照通知正文所印写 lead,或更正出处。",
            )
