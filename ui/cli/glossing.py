"""policyqa gloss draft and policyqa gloss review: translations of the notice's sentences, drafted and approved."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import typer
from filelock import FileLock

from ingest.corpus import Corpus, CorpusNotice, load_corpus
from ingest.glosses import Gloss, GlossLanguage, load_glosses, put_gloss, remove_gloss
from ingest.settings import Settings, load_settings
from rag.generation.gloss import Flaw, draft_gloss, gloss_flaw
from ui.cli.console import console
from ui.cli.modelling import drafting_models
from ui.cli.sources import all_sources, named_sources

ACTIONS = "a 通过 / e 改后通过 / r 不采纳 / s 跳过 / q 结束"
_LOCK = "glosses.lock"
_FLAWS: Mapping[Flaw, str] = {
    "not_one_line": "不是一行",
    "language": "不是这种语言",
    "markup": "有标记符号",
    "contact": "有原句没有的联系方式",
    "figure": "有原句没有的数字",
}


def run_gloss_draft(language: GlossLanguage, names: Sequence[str]) -> None:
    """Have every sentence translated that has no gloss yet; each is kept at once, and none is shown before review."""
    settings = load_settings()
    corpus = load_corpus(settings.corpus_dir)
    kept = asyncio.run(_draft(settings, corpus, language, names))
    console.print(f"共起草 {kept} 句,请用 policyqa gloss review --language {language} 审定;没有通过的不会显示。")


def run_gloss_review(language: GlossLanguage, who: str) -> None:
    """Show each draft and do what the reviewer says."""
    settings = load_settings()
    corpus = load_corpus(settings.corpus_dir)
    waiting = list(_waiting(settings, corpus, language))
    approved = 0
    for position, (entry, gloss) in enumerate(waiting, start=1):
        console.rule(f"{position}/{len(waiting)}")
        _show(entry, gloss)
        action = typer.prompt(ACTIONS, default="s")
        if action == "q":
            break
        if action == "r":
            _settle(settings, entry, language, gloss, None)
        elif action in ("a", "e"):
            text = _edited(gloss) if action == "e" else gloss.gloss
            if _is_meant(gloss.sentence, text, language):
                now = datetime.now(UTC)
                settled = replace(gloss, gloss=text, approved_by=who, approved_at=now)
                approved += _settle(settings, entry, language, gloss, settled)
    if not waiting:
        console.print("没有待审核的译文。")
    if approved:
        console.print(f"通过 {approved} 句。运行 policyqa ingest 后生效。")


async def _draft(settings: Settings, corpus: Corpus, language: GlossLanguage, names: Sequence[str]) -> int:
    kept = 0
    async with drafting_models(settings) as models:
        for entry, source in named_sources(corpus, names) if names else all_sources(corpus):
            folder, flaws = settings.corpus_dir / entry.id, Counter[Flaw]()
            known = {each.sentence for each in load_glosses(folder, language, entry.notice)}
            new = [sentence for sentence in dict.fromkeys(source.sentences) if sentence not in known]
            for sentence in new:
                drafted = await draft_gloss(models, sentence, language, corpus.departments)
                if drafted.flaw:
                    flaws[drafted.flaw] += 1
                    continue
                with _locked(settings):
                    put_gloss(folder, language, entry.notice, drafted.gloss)
            if new:
                kept += len(new) - flaws.total()
                _report(f"{entry.id}/{source.key} {source.title}", len(new), flaws)
    return kept


def _report(source: str, count: int, flaws: Mapping[Flaw, int]) -> None:
    reasons = "、".join(f"{_FLAWS[flaw]} {number}" for flaw, number in flaws.items())
    told = f"{source}:{count} 句,留下 {count - sum(flaws.values())} 句" + (f",去掉:{reasons}" if reasons else "")
    console.print(told, markup=False, highlight=False, soft_wrap=True)


def _waiting(settings: Settings, corpus: Corpus, language: GlossLanguage) -> Iterator[tuple[CorpusNotice, Gloss]]:
    for entry in corpus.notices:
        for gloss in load_glosses(settings.corpus_dir / entry.id, language, entry.notice):
            if not gloss.approved_by:
                yield entry, gloss


def _show(entry: CorpusNotice, gloss: Gloss) -> None:
    holders = [source for source in entry.notice.sources if gloss.sentence in source.sentences]
    console.print(";".join(f"{entry.id}/{source.key} {source.title}" for source in holders), markup=False)
    console.print(f"原句:{gloss.sentence}", markup=False)
    console.print(f"译文:{gloss.gloss}", markup=False)
    console.print(gloss.drafted_by, markup=False)


def _edited(gloss: Gloss) -> str:
    text: str = typer.prompt("译文", default=gloss.gloss)
    return text.strip() or gloss.gloss


def _is_meant(sentence: str, text: str, language: GlossLanguage) -> bool:
    """Whether the text may go in: the reviewer's word goes against what rules object to."""
    flaw = gloss_flaw(sentence, text, language)
    return flaw is None or typer.confirm(f"译文{_FLAWS[flaw]},仍要通过吗?", default=False)


def _settle(
    settings: Settings, entry: CorpusNotice, language: GlossLanguage, shown: Gloss, settled: Gloss | None
) -> bool:
    """Replace or remove a draft; False if somebody else was faster."""
    folder = settings.corpus_dir / entry.id
    with _locked(settings):
        if shown not in load_glosses(folder, language, entry.notice):
            console.print("这一句刚被别人处理过,没有改动。")
            return False
        if settled:
            put_gloss(folder, language, entry.notice, settled)
        else:
            remove_gloss(folder, language, entry.notice, shown.sentence)
    return True


@contextmanager
def _locked(settings: Settings) -> Iterator[None]:
    """One writer of gloss files at a time. The lock lies beside the corpus: its files make the index's version."""
    with FileLock(settings.data_dir / _LOCK):
        yield
