"""STARD: lay questions and the statute articles that answer them (Su et al. 2024, arXiv:2406.15313)."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, Field, TypeAdapter

from eval.outside.files import read_json, read_lines
from eval.outside.retrieval_task import Collection, Passage, Query, RetrievalTask
from ingest.errors import CorpusError

_REMEDY = "请给出 https://github.com/oneal2000/STARD 的 data/queries.json,同一文件夹里可放 corpus.jsonl。"


class _Question(BaseModel):
    question: str | float = Field(alias="问题")
    """NaN where there is none; the authors leave such out."""
    articles: dict[str, str] = Field(alias="相关法规")
    match_id: tuple[int, ...]


class _Article(BaseModel):
    id: int
    content: str


_QUESTIONS, _ARTICLE = TypeAdapter(tuple[_Question, ...]), TypeAdapter(_Article)


def read(path: Path) -> Collection:
    """The questions of queries.json over the 55,348 articles of the corpus.jsonl beside it.

    Without corpus.jsonl, over the articles that queries.json prints with the questions: far fewer, so far easier.
    Only the content of an article is searched, not its name, as the authors do. Raises CorpusError.
    """
    questions = [each for each in read_json(path, _QUESTIONS, _REMEDY) if isinstance(each.question, str)]
    if not questions:
        raise CorpusError(f"{path.name} 里没有问题。", _REMEDY)
    corpus = path.with_name("corpus.jsonl")
    return _over_corpus(corpus, questions) if corpus.exists() else _over_printed(questions)


def _over_corpus(corpus: Path, questions: Sequence[_Question]) -> Collection:
    passages = tuple(Passage(str(each.id), _plain(each.content)) for each in read_lines(corpus, _ARTICLE, _REMEDY))
    golds = [frozenset(map(str, each.match_id)) for each in questions]
    if not frozenset().union(*golds) & {passage.id for passage in passages}:
        raise CorpusError(f"{corpus.name} 里没有任何一题的法条,与问题不是一套。", _REMEDY)
    return _collection(f"STARD({len(passages)} 条法条)", passages, questions, golds)


def _over_printed(questions: Sequence[_Question]) -> Collection:
    articles = {name: content for each in questions for name, content in each.articles.items()}
    passages = tuple(Passage(name, _plain(content)) for name, content in articles.items())
    golds = [frozenset(each.articles) for each in questions]
    return _collection(f"STARD(只含题中引用的 {len(passages)} 条法条)", passages, questions, golds)


def _collection(
    title: str, passages: tuple[Passage, ...], questions: Sequence[_Question], golds: Sequence[frozenset[str]]
) -> Collection:
    queries = (
        Query(str(number), str(each.question), gold)
        for number, (each, gold) in enumerate(zip(questions, golds, strict=True))
    )
    return Collection(passages, (RetrievalTask(title, tuple(queries)),))


def _plain(content: str) -> str:
    """The corpus writes its line breaks as a backslash and an n."""
    return content.replace("\\n", "\n").strip()
