"""What all peers have in common: the texts they search, the questions they get, and the HTTP server around them."""

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import FastAPI

from ingest.corpus import load_corpus
from ingest.encoder import packaged_model_dir
from ingest.settings import load_settings

NEAREST = 5
QUERY, PASSAGE = "query: ", "passage: "
"""What the weights expect before a question and before a text."""

Found = Sequence[dict[str, Any]]
"""The metadata of what was found, nearest first."""


def model_folder() -> str:
    """The packaged weights, as a sentence-transformers model."""
    return str(packaged_model_dir(load_settings()))


def source_texts() -> list[tuple[str, dict[str, str]]]:
    """The text and the metadata of every measure and item: its key and its lead departments."""
    (entry,) = load_corpus(load_settings().corpus_dir).notices
    return [
        (f"{source.title}。{source.text}", {"key": source.key, "lead": "、".join(source.lead)})
        for source in (*entry.notice.measures, *entry.notice.municipal_items)
    ]


def create_server(find: Callable[[str], Found]) -> FastAPI:
    """A retrieval chain behind the same kind of HTTP server as the product's."""
    app = FastAPI()

    @app.post("/v1/ask")
    def ask(body: dict[str, str]) -> dict[str, Any]:
        found = find(body["question"])
        return {"citations": [{"id": each["key"], "lead": each["lead"].split("、")} for each in found]}

    return app
