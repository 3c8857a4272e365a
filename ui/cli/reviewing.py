"""policyqa bank review: the candidates for the question bank, one by one."""

from contextlib import closing
from datetime import UTC, datetime

import typer

from api.keeping.learning import Approval, approve
from api.store import Candidate, Store
from ingest.corpus import Corpus, load_corpus
from ingest.errors import PolicyQAError
from ingest.settings import Settings, load_settings
from ui.cli.console import console

ACTIONS = "a 通过 / e 改后通过 / r 不采纳 / s 跳过 / q 结束"
NOTHING = "通知没有规定"


def run_review(who: str) -> None:
    """Show each candidate and do what the reviewer says; what cannot be done is said, and asked again."""
    settings = load_settings()
    corpus = load_corpus(settings.corpus_dir)
    approved = 0
    with closing(Store(settings.store)) as store:
        waiting = store.review.candidates()
        for position, candidate in enumerate(waiting, start=1):
            console.rule(f"{position}/{len(waiting)}")
            _show(candidate, corpus)
            action = typer.prompt(ACTIONS, default="s")
            if action == "q":
                break
            if action == "r":
                store.review.reject(candidate.id, who, datetime.now(UTC), typer.prompt("理由", default=""))
            elif action in ("a", "e"):
                approved += _approve(candidate, who, store, settings, corpus, is_edited=action == "e")
    if not waiting:
        console.print("没有待审核的问题。")
    if approved:
        console.print(f"通过 {approved} 条。运行 policyqa ingest 后生效。")


def _show(candidate: Candidate, corpus: Corpus) -> None:
    console.print(f"问题:{candidate.question}", markup=False)
    if candidate.verdict:
        console.print(f"原答复:{_titles(candidate.suggested[:1], corpus)}", markup=False)
        console.print(f"应为:{_titles(candidate.sources, corpus)}", markup=False)
    else:
        console.print(f"拟的问法,还没有人这样问过;出处:{_titles(candidate.sources, corpus)}", markup=False)
    console.print(f"{candidate.proposed_by},{candidate.at:%Y-%m-%d %H:%M}", markup=False)


def _titles(source_ids: tuple[str, ...], corpus: Corpus) -> str:
    return ";".join(f"{each} {corpus.source(each).title}" for each in source_ids) or NOTHING


def _approve(
    candidate: Candidate, who: str, store: Store, settings: Settings, corpus: Corpus, *, is_edited: bool
) -> bool:
    question, sources = candidate.question, candidate.sources
    if is_edited:
        question = typer.prompt("问题", default=question)
        said = typer.prompt("出处(第一个为准,空格分隔;- 表示通知没有规定)", default=" ".join(sources) or "-")
        sources = () if said.strip() == "-" else tuple(said.split())
    try:
        approve(store, settings, corpus, Approval(candidate.id, who, datetime.now(UTC), question, sources))
    except PolicyQAError as error:
        console.print(str(error), markup=False)
        return False
    return True
