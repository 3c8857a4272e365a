"""policyqa eval export: what people said of real answers, as evaluation items."""

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from api.keeping.evaluation_items import Export, ItemMaker, LeftOut, Place
from api.keeping.judgement import Judged
from api.store import Candidate, Decision, Store
from api.store.decided import decisions_since
from eval.bank import fold
from eval.dataset import SETS_DIR, TRAINING_DIR, rows
from ingest.corpus import Corpus, CorpusNotice, load_corpus
from ingest.errors import SheetError
from ingest.publication import write_atomically
from ingest.settings import Settings, load_settings
from ui.cli.console import console

WHY: dict[LeftOut, str] = {
    "unsaid": "没有人说明怎样才对",
    "contradictory": "判断互相矛盾,又没有审核人定夺",
    "demands": "工单里不止一项诉求,分不清哪条举措对哪项",
    "list": "问的是清单,给出的出处不一定齐全",
    "set": "题集里已有",
    "bank": "问题库里已有",
    "private": "还有像个人信息的内容",
    "unreadable": "太长或没有文字,不能当作问题来问",
    "source": "出处不是这份通知现有的举措或事项",
}


def run_export(target: Path, days: int | None) -> None:
    """Write the items of all exchanges, or of the last ``days``, and say what was left out; without any, no file.

    Raises SheetError if the file cannot be written, StoreUnavailable or CorpusError.
    """
    settings = load_settings()
    corpus = load_corpus(settings.corpus_dir)
    since = datetime.now(UTC) - timedelta(days=days) if days else datetime.fromtimestamp(0, UTC)
    with closing(Store(settings.store)) as store:
        judged = list(_judged(store, settings, since))
        roles = {key.name: key.role for key in store.keys.all()}
    made = ItemMaker(_home(corpus), roles, _known(corpus), fold).export(judged)
    if made.items:
        _write(target, made)
    _tell(target, made, len(judged))


def _judged(store: Store, settings: Settings, since: datetime) -> Iterator[Judged]:
    decisions: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in decisions_since(settings.store, since):
        decisions[decision.trace_id].append(decision)
    reviewed: defaultdict[str | None, list[Candidate]] = defaultdict(list)
    for candidate in (*store.review.candidates("approved"), *store.review.candidates("rejected")):
        reviewed[candidate.trace_id].append(candidate)
    for exchange in store.exchanges.since(since):
        if said := decisions.get(exchange.trace_id):
            yield Judged(exchange, tuple(said), tuple(reviewed[exchange.trace_id]))


def _home(corpus: Corpus) -> CorpusNotice:
    """The notice that the items are of: the one in force of the region whose businesses are answered first."""
    return next(entry for entry in corpus.notices if entry.place == corpus.home and not entry.superseded_by)


def _known(corpus: Corpus) -> dict[str, Place]:
    """Where questions stand already, by folded text."""
    known: dict[str, Place] = {fold(each.question): "bank" for entry in corpus.notices for each in entry.bank}
    for top in (SETS_DIR, TRAINING_DIR):
        folders = (top, *(path for path in top.rglob("*") if path.is_dir()))
        said = (row.get("question") or row.get("text") for folder in folders for row in rows(folder))
        known.update({fold(text): "set" for text in said if text})
    return known


def _write(target: Path, made: Export) -> None:
    try:
        write_atomically(target, "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in made.items))
    except OSError as error:
        raise SheetError(f"{target} 写不了:{error.strerror}。", "请检查文件夹是否存在、有没有写入权限。") from error


def _tell(target: Path, made: Export, asked: int) -> None:
    _say(f"有人判断过的问答 {asked} 次,相同的合为一题,共 {len(made.items) + sum(made.left_out.values())} 题。")
    _say(f"写入 {target}:{len(made.items)} 题。" if made.items else "没有可以导出的题,没有写文件。")
    for reason, why in WHY.items():
        if count := made.left_out.get(reason):
            _say(f"略去 {count} 题:{why}。")


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
