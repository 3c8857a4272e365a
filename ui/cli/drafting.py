"""policyqa bank draft: a language model drafts questions for the bank; those that pass rules wait for a reviewer."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime

from api.store import Store
from eval.bank import fold
from eval.dataset import load_standalone
from ingest.corpus import Corpus, load_corpus
from ingest.settings import Settings, load_settings
from rag.generation.bank import DraftedQuestions, draft_questions
from ui.cli.console import console
from ui.cli.modelling import drafting_models
from ui.cli.sources import NoticeSource, all_sources, named_sources

MOST_SOURCES = 10
"""Sources that are drafted for unless some are named."""

_MAX_NAME = 100
_REASONS: Mapping[str, str] = {
    "no_question": "不是中文问题",
    "too_long": "太长",
    "private": "有个人信息",
    "banked": "题库里已有",
    "repeated": "重复",
    "surplus": "多写的",
    "evaluated": "评测集里有",
    "known": "以前已列为候选",
}


def run_bank_draft(names: Sequence[str], count: int) -> None:
    """Draft ``count`` questions for each source and say what became of them; what is queued stays, come what may."""
    settings = load_settings()
    corpus = load_corpus(settings.corpus_dir)
    sources = named_sources(corpus, names) if names else _scarcest(corpus)
    queued = asyncio.run(_draft(settings, corpus, sources, count))
    console.print(f"共排队 {queued} 条,请用 policyqa bank review 或网页的“审核”审定;没有通过的不会用到。")


async def _draft(settings: Settings, corpus: Corpus, sources: Sequence[NoticeSource], count: int) -> int:
    barred, queued = _barred(corpus), 0
    async with drafting_models(settings) as models:
        with closing(Store(settings.store)) as store:
            for entry, source in sources:
                drafted = await draft_questions(models, entry, source, count)
                console.print(f"{entry.id}/{source.key} {source.title}", markup=False, highlight=False)
                queued += _queue(store, f"{entry.id}/{source.key}", drafted, barred)
    return queued


def _queue(store: Store, source_id: str, drafted: DraftedQuestions, barred: Mapping[str, str]) -> int:
    """Queue what passes, and say what was queued and what was not."""
    dropped = Counter[str](drafted.dropped)
    dropped.update(barred[fold(each)] for each in drafted.questions if fold(each) in barred)
    kept = {each: [source_id] for each in drafted.questions if fold(each) not in barred}
    queued = store.review.draft(kept, f"语言模型 {drafted.model}"[:_MAX_NAME], datetime.now(UTC))
    dropped["known"] += len(kept) - len(queued)
    for candidate in queued:
        console.print(f"  {candidate.question}", markup=False, highlight=False, soft_wrap=True)
    reasons = "、".join(f"{_REASONS[reason]} {count}" for reason, count in dropped.items() if count)
    told = f",去掉:{reasons}" if reasons else ""
    console.print(
        f"  写了 {len(queued) + dropped.total()} 行,排队 {len(queued)} 条{told}", highlight=False, soft_wrap=True
    )
    return len(queued)


def _barred(corpus: Corpus) -> dict[str, str]:
    """What must not be queued, folded, and why: questions of the evaluation sets, and of the bank."""
    evaluated = {fold(item.question): "evaluated" for item in load_standalone()}
    return evaluated | {fold(each.question): "banked" for entry in corpus.notices for each in entry.bank}


def _scarcest(corpus: Corpus) -> list[NoticeSource]:
    """The sources with the fewest banked questions."""
    counts = Counter((entry.id, each.source) for entry in corpus.notices for each in entry.bank)
    return sorted(all_sources(corpus), key=lambda each: counts[each[0].id, each[1].key])[:MOST_SOURCES]
