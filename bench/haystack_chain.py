"""The peer: a Haystack pipeline over its in-memory document store on the same weights and notice."""

import os

# Read when Haystack is imported.
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"

from fastapi import FastAPI
from haystack import Document, Pipeline
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.utils import ComponentDevice
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from bench.peer import NEAREST, PASSAGE, QUERY, Found, create_server, model_folder, source_texts


def create_app() -> FastAPI:
    """The chain and its server."""
    shared = {
        "model": model_folder(),
        "device": ComponentDevice.from_str("cpu"),
        "progress_bar": False,
        "normalize_embeddings": True,
    }
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    embedder = SentenceTransformersDocumentEmbedder(prefix=PASSAGE, **shared)
    embedder.warm_up()
    documents = [Document(content=text, meta=metadata) for text, metadata in source_texts()]
    store.write_documents(embedder.run(documents)["documents"])
    pipeline = Pipeline()
    pipeline.add_component("embedder", SentenceTransformersTextEmbedder(prefix=QUERY, **shared))
    pipeline.add_component("retriever", InMemoryEmbeddingRetriever(store, top_k=NEAREST))
    pipeline.connect("embedder.embedding", "retriever.query_embedding")
    pipeline.warm_up()

    def find(question: str) -> Found:
        found = pipeline.run({"embedder": {"text": question}})["retriever"]["documents"]
        return [each.meta for each in found]

    return create_server(find)
