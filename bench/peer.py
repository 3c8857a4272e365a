"""The HTTP server around a plain chain of another framework, of the same kind as the product's."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from fastapi import FastAPI

from ingest.settings import load_settings


def create_server(framework: str) -> FastAPI:
    """The chain of eval/targets/chains/``framework``.py behind POST /v1/ask."""
    find = import_module(f"eval.targets.chains.{framework}").create_chain(load_settings())
    app = FastAPI()

    @app.post("/v1/ask")
    def ask(body: dict[str, str]) -> dict[str, Any]:
        found = find(body["question"])
        return {"citations": [{"id": each["key"], "lead": each["lead"].split("、")} for each in found]}

    return app


langchain: Callable[[], FastAPI] = partial(create_server, "langchain")
llama_index: Callable[[], FastAPI] = partial(create_server, "llama_index")
haystack: Callable[[], FastAPI] = partial(create_server, "haystack")
