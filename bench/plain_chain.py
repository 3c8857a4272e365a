"""The peer: a plain LangChain + Chroma + HuggingFaceEmbeddings retrieval chain on the same weights and notice."""

import os

from fastapi import FastAPI
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda
from langchain_huggingface import HuggingFaceEmbeddings

from bench.peer import NEAREST, PASSAGE, QUERY, Found, create_server, model_folder, source_texts

os.environ["ANONYMIZED_TELEMETRY"] = "False"


def create_app() -> FastAPI:
    """The chain and its server."""
    embeddings = HuggingFaceEmbeddings(
        model_name=model_folder(),
        model_kwargs={"device": "cpu"},
        encode_kwargs={"normalize_embeddings": True, "prompt": PASSAGE},
        query_encode_kwargs={"normalize_embeddings": True, "prompt": QUERY},
    )
    documents = [Document(text, metadata=metadata) for text, metadata in source_texts()]
    retriever = Chroma.from_documents(documents, embeddings).as_retriever(search_kwargs={"k": NEAREST})
    return create_server((retriever | RunnableLambda(_metadata)).invoke)


def _metadata(found: list[Document]) -> Found:
    return [each.metadata for each in found]
