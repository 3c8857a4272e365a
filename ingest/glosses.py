"""Glosses: sentences of a notice in another language, drafted by a language model; only approved ones are shown."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator

from ingest.errors import CorpusError
from ingest.notice import Notice
from ingest.publication import write_atomically

GlossLanguage = Literal["en", "ja"]
GLOSS_LANGUAGES: tuple[GlossLanguage, ...] = get_args(GlossLanguage)


@dataclass(frozen=True, slots=True)
class Gloss:
    """A ``sentence`` of a source, verbatim, and its translation; who drafted it; who approved it and when, if any."""

    sentence: str
    gloss: str
    drafted_by: str
    approved_by: str = ""
    approved_at: datetime | None = None


class _Line(BaseModel):
    """A line of the file. A gloss is one line of text: it stands inside a quote."""

    model_config = ConfigDict(strict=True, extra="forbid")

    sentence: str
    gloss: Annotated[str, StringConstraints(pattern=r"^\S([^\r\n]*\S)?$")]
    drafted_by: str
    approved_by: str = ""
    approved_at: AwareDatetime | None = None

    @model_validator(mode="after")
    def _is_approved_by_somebody_at_some_time(self) -> Self:
        if bool(self.approved_by) != bool(self.approved_at):
            raise ValueError("approved_by 和 approved_at 应当都填或都不填")
        return self


def gloss_file(folder: Path, language: GlossLanguage) -> Path:
    """Where the glosses of the notice in ``folder`` stand; the file is optional."""
    return folder / f"glosses.{language}.jsonl"


def load_glosses(folder: Path, language: GlossLanguage, notice: Notice) -> tuple[Gloss, ...]:
    """All glosses of a notice, approved or not; none without the file.

    Raises CorpusError naming a line that cannot be read, translates what is no sentence of the notice, or comes twice.
    """
    path = gloss_file(folder, language)
    return tuple(_parsed(path, notice)) if path.exists() else ()


def approved_glosses(folder: Path, language: GlossLanguage, notice: Notice) -> Mapping[str, Gloss]:
    """What may be shown, by sentence. Raises CorpusError like load_glosses."""
    return {each.sentence: each for each in load_glosses(folder, language, notice) if each.approved_by}


def put_gloss(folder: Path, language: GlossLanguage, notice: Notice, gloss: Gloss) -> None:
    """Keep a gloss, in place of the one that its sentence has, if any."""
    glosses = {each.sentence: each for each in load_glosses(folder, language, notice)}
    _save(gloss_file(folder, language), {**glosses, gloss.sentence: gloss})


def remove_gloss(folder: Path, language: GlossLanguage, notice: Notice, sentence: str) -> None:
    """Forget the gloss of a sentence: it may be drafted anew."""
    glosses = {each.sentence: each for each in load_glosses(folder, language, notice)}
    _save(gloss_file(folder, language), {key: each for key, each in glosses.items() if key != sentence})


def _save(path: Path, glosses: Mapping[str, Gloss]) -> None:
    rows = (asdict(each) for each in glosses.values())
    write_atomically(path, "".join(json.dumps(row, ensure_ascii=False, default=_iso) + "\n" for row in rows))


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _parsed(path: Path, notice: Notice) -> Iterator[Gloss]:
    sentences = {sentence for source in notice.sources for sentence in source.sentences}
    seen: set[str] = set()
    for number, line in enumerate(_read(path).split("\n"), start=1):
        if not line:
            continue
        where, remedy = f"{path.parent.name}/{path.name} 第{number}行", "请更正或删去这一行。"
        try:
            gloss = Gloss(**_Line.model_validate_json(line).model_dump())
        except ValidationError as error:
            problems = ";".join(f"{'.'.join(map(str, each['loc']))} {each['msg']}" for each in error.errors())
            raise CorpusError(f"{where}读不了:{problems.strip()}。", remedy) from error
        if gloss.sentence not in sentences:
            raise CorpusError(f"{where}:通知里没有“{gloss.sentence}”这一句。", remedy)
        if gloss.sentence in seen:
            raise CorpusError(f"{where}:“{gloss.sentence}”前面已有译文。", remedy)
        seen.add(gloss.sentence)
        yield gloss


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path.parent.name}/{path.name} 读不了:{error}。", "请检查文件。") from error
