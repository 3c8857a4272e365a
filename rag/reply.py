"""The draft of a reply to the caller: plain Chinese, every fact from the catalogue, for the agent to edit."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from rag.answer import Citation
from rag.assistance import AnsweredDemand, Dispatch
from rag.phrases import phrases_for

_DATA_FILE = Path(__file__).parent / "data" / "reply.toml"


def draft_reply(demands: Sequence[AnsweredDemand], dispatch: Dispatch) -> str:
    """Greeting, an answer to each demand, what happens next, closing. The demands' texts are masked."""
    say = _phrases()
    answers = ["".join(_answer(demand)) for demand in demands]
    if len(answers) > 1:
        numerals = say["numerals"]
        answers = [
            say["numbered"].format(number=numerals[at] if at < len(numerals) else at + 1, text=text)
            for at, text in enumerate(answers)
        ]
    return "\n".join((say["greeting"], *answers, *_next(dispatch), say["closing"]))


def _answer(demand: AnsweredDemand) -> Iterator[str]:
    say, join = _phrases(), phrases_for("zh").join
    text = demand.text.replace("\n", "")
    yield say["about"].format(demand=text if len(text) <= say["shown"] else f"{text[: say['shown']]}…")
    if demand.is_outside:
        yield say["outside"]
        return
    if demand.answer.status == "clarify":
        choices = (_label(citation) for citation in demand.answer.citations)
        yield say["choice"].format(choices=join(tuple(choices)))
        return
    citation, lead = demand.answer.citations[0], join(demand.lead)
    if demand.answer.status == "partial":
        missing = join(demand.answer.missing)
        yield say["missing" if missing else "missing_unspecified"].format(missing=missing, lead=lead)
    yield from _ground(citation, lead)
    if demand.cooperating:
        yield say["cooperating"].format(departments=join(demand.cooperating))
    yield say["quote"].format(quote=citation.quote)


def _ground(citation: Citation, lead: str) -> Iterator[str]:
    say, source, title = _phrases(), citation.source, f"《{citation.notice.notice.title}》"
    if source.kind == "notice":
        yield say["answered_notice"].format(title=title)
        return
    template = "answered_item" if source.kind == "municipal_item" else "answered"
    role = say["role_lead" if source.lead else "role_responsible"]
    yield say[template].format(title=title, number=source.number, source=source.title, lead=lead, role=role)


def _next(dispatch: Dispatch) -> Iterator[str]:
    say = _phrases()
    if dispatch.is_threat:
        yield say["threat"]
    if dispatch.lead and not dispatch.is_threat:
        yield say["next"].format(departments=phrases_for("zh").join(dispatch.lead))
    else:
        yield say["next_human"]


def _label(citation: Citation) -> str:
    source = citation.source
    return f"{phrases_for('zh').label(source.kind, source.number)}“{source.title}”"


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Any]:
    return tomllib.loads(_DATA_FILE.read_text(encoding="utf-8"))
