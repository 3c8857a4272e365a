"""Having an answer worded: sources and question → draft → claims → those that are verified, one after the other."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing

from anyio.to_thread import run_sync
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from ingest.errors import ModelUnavailable
from ingest.notice import Source
from rag.answer import Intent
from rag.generation.draft import Lines, Refused, read_line
from rag.generation.prompt import prompt
from rag.generation.record import Generation, Outcome
from rag.model import ModelServers
from rag.phrases import phrases_for
from rag.privacy import mask
from rag.question import Language
from rag.script import to_traditional
from rag.turn import Turn
from rag.verification import Claim, Reason, Verifier

MAX_SENTENCES = 4
MAX_TOKENS = 600
"""More than four sentences of a hundred characters take."""

_LANGUAGES: frozenset[Language] = frozenset({"zh", "zh-Hant"})
_INTENTS: frozenset[Intent] = frozenset({"which_office", "cooperating"})


class Writing:
    """One answer being worded: iterate over its verified ``sentences``, then read ``generation``.

    Nothing is asked before the first sentence is wanted; ``deadline_s`` counts from then on.
    """

    def __init__(self, models: ModelServers, verifier: Verifier, deadline_s: float, turn: Turn) -> None:
        self._models = models
        self._verifier = verifier
        self._deadline_s = deadline_s
        self._turn = turn
        self._sources = {citation.source.key: citation.source for citation in turn.citations}
        self._prompt = prompt("answer")
        self._started = time.perf_counter()
        self._sentences: list[str] = []
        self._dropped: Counter[Reason] = Counter()
        self._model = ""
        self._tokens = 0
        self._failure: Outcome = "unverified"

    async def sentences(self) -> AsyncGenerator[str]:
        """The sentences that are verified, as they are, each with the number of what it cites; none is fine too."""
        try:
            async with asyncio.timeout(self._deadline_s), aclosing(self._claims()) as claims:
                async for claim in claims:
                    if sentence := await run_sync(self._checked, claim):
                        self._sentences.append(sentence)
                        yield sentence
                    if len(self._sentences) == MAX_SENTENCES:
                        return
        except TimeoutError:
            self._failure = "late"
        except ModelUnavailable:
            self._failure = "unavailable"

    @property
    def generation(self) -> Generation:
        """What came of it so far."""
        return Generation(
            outcome="generated" if self._sentences else self._failure,
            prompt=self._prompt.id,
            model=self._model,
            tokens=self._tokens,
            elapsed_ms=round((time.perf_counter() - self._started) * 1000, 3),
            sentences=tuple(self._sentences),
            dropped=dict(self._dropped),
        )

    async def _claims(self) -> AsyncGenerator[Claim | Refused]:
        lines = Lines()
        async with aclosing(self._models.stream(self._messages(), MAX_TOKENS)) as pieces:
            async for piece in pieces:
                self._model, self._tokens = piece.model, piece.tokens or self._tokens
                for line in lines.add(piece.text):
                    for claim in read_line(line, self._sources):
                        yield claim
                if lines.is_endless:
                    return
        for claim in read_line(lines.end(), self._sources):
            yield claim

    def _messages(self) -> list[BaseMessage]:
        sources = "\n\n".join(_told(key, source) for key, source in self._sources.items())
        question = mask(self._turn.question.text)
        return [
            SystemMessage(self._prompt.text),
            HumanMessage(f"出处:\n{sources}\n\n企业的问题:\n{question}\n\n你写:"),
        ]

    def _checked(self, claim: Claim | Refused) -> str | None:
        """The sentence as it is shown, or None: the reason is counted."""
        reason = claim.reason if isinstance(claim, Refused) else self._verifier.objection(claim)
        if reason is None and isinstance(claim, Claim):
            shown = _shown(claim)
            if self._turn.question.language == "zh-Hant":
                shown = to_traditional(shown)
            if shown not in self._sentences:
                return shown
            reason = "repeated"
        if reason:
            self._dropped[reason] += 1
        return None


def can_be_worded(turn: Turn) -> bool:
    """Whether an answer has room for a model's words: in Chinese, on the one measure or item that it cites.

    Lists, outlines, differences and choices say all they have to say as they are; and where two sources are cited, “it
    is led by …” would be true of one and taken for the other. Where the notice does not say who leads, a model would.
    """
    return (
        turn.status in ("answered", "partial")
        and turn.question.language in _LANGUAGES
        and turn.intent in _INTENTS
        and len(turn.citations) == 1
        and bool(turn.citations[0].source.lead)
    )


def _told(key: str, source: Source) -> str:
    """A source as the model reads it."""
    join = phrases_for("zh").join
    fields: Mapping[str, str] = {
        "标题": source.title,
        "所在": " › ".join(source.outline),
        "牵头单位": join(source.lead or source.responsible),
        "配合责任单位": join(source.cooperating),
        "正文": source.text,
    }
    return f"[[{key}]]\n" + "\n".join(f"{name}:{value}" for name, value in fields.items() if value)


def _shown(claim: Claim) -> str:
    phrases = phrases_for("zh")
    labels = phrases.join(tuple(phrases.label(source.kind, source.number) for source in claim.sources))
    return f"{claim.text.rstrip('。')}({labels})。"
