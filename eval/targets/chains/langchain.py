"""A plain LangChain + Chroma + HuggingFaceEmbeddings retrieval chain on the same weights and notice."""

import os

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda
from langchain_huggingface import HuggingFaceEmbeddings

from eval.targets.chains.source_texts import NEAREST, PASSAGE, QUERY, Chain, Found, model_folder, source_texts
from ingest.settings import Settings

os.environ["ANONYMIZED_TELEMETRY"] = "False"


def create_chain(settings: Settings) -> Chain:
    """The chain over the notice of ``settings``."""
    embeddings = HuggingFaceEmbeddings(
        model_name=model_folder(settings),
        model_kwargs={"device": "cpu"},
        encode_kwargs={"normalize_embeddings": True, "prompt": PASSAGE},
        query_encode_kwargs={"normalize_embeddings": True, "prompt": QUERY},
    )
    documents = [Document(text, metadata=dict(found)) for text, found in source_texts(settings)]
    retriever = Chroma.from_documents(documents, embeddings).as_retriever(search_kwargs={"k": NEAREST})
    return (retriever | RunnableLambda(_metadata)).invoke


def _metadata(found: list[Document]) -> list[Found]:
    return [Found(key=each.metadata["key"], lead=each.metadata["lead"]) for each in found]
