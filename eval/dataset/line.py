"""Reading sets: one question a line, as JSON (docs/eval-guide.md)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from eval.dataset.item import Alternatives, Item
from ingest.errors import CorpusError
from rag.answer import Status
from rag.dialogue import Message

Language = Literal["zh", "zh-Hant", "en", "ja", "mixed"]
_REMEDY = "每行的格式见 docs/eval-guide.md。"
_STATUSES = get_args(Status)
_SAID = {
    "model_type": "应是一个 JSON 对象",
    "missing": "缺少",
    "extra_forbidden": "没有这个字段",
    "literal_error": "只能是 {expected}",
    "bool_type": "只能是 true 或 false",
    "string_too_short": "不能是空的",
    "string_type": "应是一段文字",
    "frozen_set_type": '应是列表,如 ["M12"]',
    "tuple_type": "应是列表",
}
"""What pydantic finds wrong, in words."""


class _Turn(BaseModel):
    role: Literal["user", "assistant"]
    content: str


class _Annotation(BaseModel):
    sources: frozenset[str]


class _Line(BaseModel):
    """``note``, ``verdict``, ``pair`` and ``detail`` are for people and for fitting."""

    model_config = ConfigDict(strict=True, extra="forbid")

    id: str
    type: str
    lang: Language
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    answerable: bool
    gold: frozenset[str]
    also_ok: frozenset[str] = frozenset()
    lead: tuple[str, ...] = ()
    kind: str = ""
    status: str = ""
    history: tuple[_Turn, ...] = ()
    must_say: tuple[str | Alternatives, ...] = ()
    must_not_say: tuple[str, ...] = ()
    annotations: tuple[_Annotation, ...] = ()
    notice: str | None = None
    note: str = ""
    verdict: str = ""
    pair: str = ""
    detail: str = ""

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if unknown := set(self.statuses()) - set(_STATUSES):
            raise PydanticCustomError("status", "status 里的 {unknown} 不是一种处理", {"unknown": "、".join(unknown)})
        if self.answerable != ("answered" in self.statuses()):
            raise PydanticCustomError("answerable", "answerable 与 status 对不上")
        if self.gold and not self.answerable:
            raise PydanticCustomError("gold", "通知答不了的题(answerable 为 false)没有 gold;主题所在的写进 also_ok")
        return self

    def statuses(self) -> list[str]:
        """As stated (``answered|blocked``), or what follows from the sources."""
        follows = "answered" if self.answerable else "partial" if self.also_ok else "out_of_scope"
        return (self.status or follows).split("|")


def load_items(folder: Path) -> list[Item]:
    """All items of the sets in a folder, in the order of the files.

    Raises CorpusError if there is none, if two have one id, or naming the line that cannot be read.
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder} 不是文件夹。", "请给出题集(.jsonl)所在的文件夹。")
    items: dict[str, Item] = {}
    for item in (item for path in sorted(folder.glob("*.jsonl")) for item in load_set(path)):
        if item.id in items:
            raise CorpusError(f"题集 {item.set} 的编号 {item.id} 用过了。", "编号不能重复,在别的题集里也不能。")
        items[item.id] = item
    if not items:
        raise CorpusError(f"{folder} 里没有题目。", f"请放入 .jsonl 题集,{_REMEDY}")
    return list(items.values())


def load_set(path: Path) -> Iterator[Item]:
    """The items of one set; blank lines do not count."""
    for number, text in enumerate(path.read_bytes().removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not text.strip():
            continue
        try:
            line = _Line.model_validate_json(text)
        except ValidationError as error:
            problems = ";".join(map(_said, error.errors()))
            raise CorpusError(f"{path.name} 第{number}行读不了:{problems}。", _REMEDY) from error
        yield _item(path.stem, line)


def _said(problem: ErrorDetails) -> str:
    where = ".".join(map(str, problem["loc"]))
    if problem["type"] == "json_invalid":
        return "不是一个 JSON 对象(一行一个,UTF-8,标点用英文的)"
    if known := _SAID.get(problem["type"]):
        return f"{where} {known.format_map(problem.get('ctx', {}))}".strip()
    return f"{where} {problem['msg']}".strip()


def _item(name: str, line: _Line) -> Item:
    return Item(
        id=line.id,
        set=name,
        kind=line.kind or line.type,
        type=line.type,
        language=line.lang,
        question=line.question,
        gold=line.gold,
        # What an annotator found fitting is fitting.
        also_ok=line.also_ok.union(*(each.sources for each in line.annotations)) - line.gold,
        lead=line.lead,
        statuses=frozenset(status for status in _STATUSES if status in line.statuses()),
        history=tuple(Message(turn.role, turn.content) for turn in line.history),
        must_say=tuple((each,) if isinstance(each, str) else each for each in line.must_say),
        must_not_say=line.must_not_say,
        notice=line.notice,
    )
