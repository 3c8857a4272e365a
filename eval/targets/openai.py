"""Any OpenAI-compatible endpoint: a bare model that is shown the notice, or another product.

Citations are taken from the structured ones that this project's own endpoint sends; from any other text they are read
(eval/targets/reading.py).
"""

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx
import openai
from openai.types.chat import ChatCompletionMessageParam

from eval.dataset import Item
from eval.targets.reading import Reader
from eval.targets.reply import Cited, Reply
from ingest.corpus import Corpus
from ingest.notice import Source
from rag.phrases import phrases_for

TIMEOUT_S = 120.0
_PROMPT = Path(__file__).parent / "data" / "bare_model.md"


class ChatModel:
    """The model ``model`` at ``url`` (its /v1). With ``shows_notice`` the whole notice stands in the system prompt."""

    def __init__(self, url: str, model: str, key: str | None, corpus: Corpus, *, shows_notice: bool) -> None:
        self.name = f"{model} @ {url}"
        self._model = model
        self._reader = Reader(corpus)
        self._prompt = _prompt(corpus) if shows_notice else None
        self._http = openai.OpenAI(base_url=url, api_key=key or "none", timeout=TIMEOUT_S, max_retries=1)

    def ask(self, item: Item) -> Reply:
        """The answer, at temperature 0. A failure of the endpoint is told in the reply."""
        started = time.perf_counter()
        try:
            completion = self._http.chat.completions.create(
                model=self._model, messages=list(self._messages(item)), temperature=0
            )
        except (openai.OpenAIError, httpx.HTTPError) as error:
            return Reply(item.id, time.perf_counter() - started, failure=f"{type(error).__name__}: {error}")
        seconds = time.perf_counter() - started
        text = completion.choices[0].message.content or ""
        stated: list[dict[str, Any]] | None = (completion.model_extra or {}).get("citations")
        citations = self._reader.citations(text) if stated is None else tuple(map(_cited, stated))
        return Reply(
            id=item.id,
            seconds=seconds,
            status=self._reader.status(text),
            text=text,
            citations=citations,
            ranking=tuple(each.source for each in citations),
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _messages(self, item: Item) -> Iterable[ChatCompletionMessageParam]:
        if self._prompt:
            yield {"role": "system", "content": self._prompt}
        for message in item.history:
            if message.role == "user":
                yield {"role": "user", "content": message.content}
            else:
                yield {"role": "assistant", "content": message.content}
        yield {"role": "user", "content": item.question}


def _prompt(corpus: Corpus) -> str:
    notice = "\n\n".join(map(_printed, (source for entry in corpus.notices for source in entry.notice.sources)))
    return _PROMPT.read_text(encoding="utf-8").format(notice=notice)


def _printed(source: Source) -> str:
    label = phrases_for("zh").label(source.kind, source.number)
    return (
        f"{label} {source.title}\n{source.text}\n牵头单位:{'、'.join(source.lead)};配合:{'、'.join(source.cooperating)}"
    )


def _cited(source: dict[str, Any]) -> Cited:
    return Cited(str(source["id"]).rpartition("/")[2], tuple(source["lead"]), source["quote"])
