"""A Haystack pipeline over its in-memory document store on the same weights and notice."""

import os

# Read when Haystack is imported.
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"

from haystack import Document, Pipeline
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.utils import ComponentDevice
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from eval.targets.chains.source_texts import NEAREST, PASSAGE, QUERY, Chain, Found, model_folder, source_texts
from ingest.settings import Settings


def create_chain(settings: Settings) -> Chain:
    """The chain over the notice of ``settings``."""
    shared = {
        "model": model_folder(settings),
        "device": ComponentDevice.from_str("cpu"),
        "progress_bar": False,
        "normalize_embeddings": True,
    }
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    embedder = SentenceTransformersDocumentEmbedder(prefix=PASSAGE, **shared)
    embedder.warm_up()
    documents = [Document(content=text, meta=dict(metadata)) for text, metadata in source_texts(settings)]
    store.write_documents(embedder.run(documents)["documents"])
    pipeline = Pipeline()
    pipeline.add_component("embedder", SentenceTransformersTextEmbedder(prefix=QUERY, **shared))
    pipeline.add_component("retriever", InMemoryEmbeddingRetriever(store, top_k=NEAREST))
    pipeline.connect("embedder.embedding", "retriever.query_embedding")
    pipeline.warm_up()

    def find(question: str) -> list[Found]:
        found = pipeline.run({"embedder": {"text": question}})["retriever"]["documents"]
        return [Found(key=each.meta["key"], lead=each.meta["lead"]) for each in found]

    return find
