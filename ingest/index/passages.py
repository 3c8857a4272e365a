"""What is embedded: text, title and sentences of every source; every banked or approved question."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.bank import OUTSIDE, ApprovedQuestion, BankedQuestion
from ingest.corpus import CorpusNotice
from ingest.notice import Source

PassageKind = Literal["text", "title", "sentence", "question", "outside", "approved"]
_KIND_OF_MARK: dict[str, PassageKind] = {
    "t": "text",
    "h": "title",
    "s": "sentence",
    "q": "question",
    "o": "outside",
    "a": "approved",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that is embedded and leads to a source. ``id`` is deterministic: <source id>#<what>.

    ``origin`` is the writer of a banked question, or who approved it.
    """

    id: str
    source_id: str
    kind: PassageKind
    text: str
    origin: str = ""

    @property
    def notice_id(self) -> str:
        """The notice this passage belongs to."""
        return self.source_id.rpartition("/")[0]

    @property
    def digest(self) -> str:
        """Changes exactly when the passage has to be embedded again."""
        return hashlib.sha256(f"{self.kind}\n{self.origin}\n{self.text}".encode()).hexdigest()[:16]


def notice_of(passage_id: str) -> str:
    """The notice that a passage id lies in."""
    return source_id_of(passage_id).rpartition("/")[0]


def source_id_of(passage_id: str) -> str:
    """The source that a passage id leads to."""
    return passage_id.partition("#")[0]


def passage_kind(passage_id: str) -> PassageKind:
    """The kind that a passage id shows."""
    return _KIND_OF_MARK[passage_id[passage_id.index("#") + 1]]


def sentence_position(passage_id: str) -> int | None:
    """Position (from 0) of the sentence that a passage id stands for; None if it is no sentence."""
    return int(passage_id.partition("#s")[2]) if passage_kind(passage_id) == "sentence" else None


def passages_of(notices: Iterable[CorpusNotice]) -> Iterator[Passage]:
    """All passages of some notices, in printed order."""
    for entry in notices:
        for source in entry.notice.sources:
            yield from _source_passages(f"{entry.id}/{source.key}", source)
        yield from _question_passages(entry)


def _source_passages(source_id: str, source: Source) -> Iterator[Passage]:
    yield Passage(f"{source_id}#heading", source_id, "title", " ".join((*source.outline, source.title)))
    yield Passage(f"{source_id}#text", source_id, "text", f"{source.title}。{source.text}")
    for position, sentence in enumerate(source.sentences):
        yield Passage(f"{source_id}#s{position}", source_id, "sentence", sentence)


def question_id(notice_id: str, kind: PassageKind, banked: BankedQuestion | ApprovedQuestion) -> str:
    """The passage id of a banked question."""
    digest = hashlib.sha256(banked.question.encode()).hexdigest()[:12]
    return f"{notice_id}/{banked.source}#{kind[0]}{digest}"


def _question_passages(entry: CorpusNotice) -> Iterator[Passage]:
    banks: dict[PassageKind, tuple[BankedQuestion, ...]] = {"question": entry.questions, "outside": entry.outside}
    for kind, bank in banks.items():
        for banked in bank:
            name = question_id(entry.id, kind, banked)
            yield Passage(name, source_id_of(name), kind, banked.question, banked.origin)
    for approved in entry.approved:
        name = question_id(entry.id, "approved", approved)
        yield Passage(name, source_id_of(name), "approved", approved.question, approved.approved_by)


def lexical_texts(notices: Iterable[CorpusNotice]) -> tuple[dict[str, str], dict[str, str]]:
    """What the lexical leg indexes, by source id: the source's own words, and the questions banked for it."""
    own: dict[str, str] = {}
    banked: dict[str, str] = {}
    for entry in notices:
        for source in entry.notice.sources:
            own[f"{entry.id}/{source.key}"] = "\n".join(
                (*source.outline, source.title, source.text, *source.lead, *source.cooperating, *source.responsible)
            )
            banked[f"{entry.id}/{source.key}"] = ""
        asked = [(each.source, each.question) for each in entry.questions]
        asked += [(each.source, each.question) for each in entry.approved if each.source != OUTSIDE]
        for key, question in asked:
            banked[f"{entry.id}/{key}"] += question + "\n"
    return own, banked
