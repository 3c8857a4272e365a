"""CMRC 2018: questions on paragraphs of the Chinese Wikipedia (Cui et al. 2019, aclanthology.org/D19-1600)."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, TypeAdapter

from eval.outside.files import read_bytes, read_json
from eval.outside.retrieval_task import Collection, Passage, Query, RetrievalTask
from ingest.errors import CorpusError

_REMEDY = "请给出 https://github.com/ymcui/cmrc2018 的 cmrc2018_dev.json(原格式或 SQuAD 格式)。"


class _Asked(BaseModel):
    query_text: str


class _Context(BaseModel):
    context_text: str
    qas: tuple[_Asked, ...]


class _SquadAsked(BaseModel):
    question: str


class _SquadParagraph(BaseModel):
    context: str
    qas: tuple[_SquadAsked, ...]


class _SquadArticle(BaseModel):
    paragraphs: tuple[_SquadParagraph, ...]


class _Squad(BaseModel):
    data: tuple[_SquadArticle, ...]


_FLAT, _SQUAD = TypeAdapter(tuple[_Context, ...]), TypeAdapter(_Squad)


def read(path: Path) -> Collection:
    """Every question, to be answered from its paragraph among all paragraphs of the file; both layouts are known.

    The wanted answers within the paragraph are not used. Raises CorpusError.
    """
    is_flat = read_bytes(path, _REMEDY).lstrip().startswith(b"[")
    pairs = list(_flat(path) if is_flat else _squad(path))
    if not pairs:
        raise CorpusError(f"{path.name} 里没有问题。", _REMEDY)
    id_of = {text: str(number) for number, text in enumerate(dict.fromkeys(context for context, _ in pairs))}
    passages = tuple(Passage(id_, text) for text, id_ in id_of.items())
    queries = tuple(
        Query(str(number), question, frozenset({id_of[context]})) for number, (context, question) in enumerate(pairs)
    )
    return Collection(passages, (RetrievalTask(f"CMRC 2018({len(passages)} 段)", queries),))


def _flat(path: Path) -> Iterator[tuple[str, str]]:
    for context in read_json(path, _FLAT, _REMEDY):
        for asked in context.qas:
            yield context.context_text, asked.query_text


def _squad(path: Path) -> Iterator[tuple[str, str]]:
    for article in read_json(path, _SQUAD, _REMEDY).data:
        for paragraph in article.paragraphs:
            for asked in paragraph.qas:
                yield paragraph.context, asked.question
