"""The peer: a plain LangChain + Chroma + HuggingFaceEmbeddings retrieval chain on the same weights and notice."""

import os
from typing import Any

from fastapi import FastAPI
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.runnables import Runnable, RunnableLambda
from langchain_huggingface import HuggingFaceEmbeddings

from ingest.corpus import load_corpus
from ingest.encoder import packaged_model_dir
from ingest.settings import load_settings

os.environ["ANONYMIZED_TELEMETRY"] = "False"


def build_chain() -> Runnable[str, dict[str, Any]]:
    """Five nearest source texts, and the lead departments of the first."""
    settings = load_settings()
    (entry,) = load_corpus(settings.corpus_dir).notices
    documents = [
        Document(f"{source.title}。{source.text}", metadata={"key": source.key, "lead": "、".join(source.lead)})
        for source in (*entry.notice.measures, *entry.notice.municipal_items)
    ]
    embeddings = HuggingFaceEmbeddings(
        model_name=str(packaged_model_dir(settings)),
        model_kwargs={"device": "cpu"},
        encode_kwargs={"normalize_embeddings": True},
    )
    retriever = Chroma.from_documents(documents, embeddings).as_retriever(search_kwargs={"k": 5})
    return retriever | RunnableLambda(_answer)


def _answer(found: list[Document]) -> dict[str, Any]:
    return {"citations": [each.metadata["key"] for each in found], "lead": found[0].metadata["lead"]}


def create_app() -> FastAPI:
    """The chain behind the same kind of HTTP server as the product's."""
    app = FastAPI()
    chain = build_chain()

    @app.post("/v1/ask")
    def ask(body: dict[str, str]) -> dict[str, Any]:
        return chain.invoke(body["question"])

    @app.get("/readyz")
    def readyz() -> dict[str, str]:
        return {"status": "ready"}

    return app
