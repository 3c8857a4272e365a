"""The peer: a LlamaIndex retriever over its own vector store on the same weights and notice."""

from fastapi import FastAPI
from llama_index.core import VectorStoreIndex
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from bench.peer import NEAREST, PASSAGE, QUERY, Found, create_server, model_folder, source_texts


def create_app() -> FastAPI:
    """The chain and its server."""
    embeddings = HuggingFaceEmbedding(
        model_name=model_folder(), device="cpu", query_instruction=QUERY, text_instruction=PASSAGE
    )
    # Only the text is embedded, as with the others.
    nodes = [
        TextNode(text=text, metadata=metadata, excluded_embed_metadata_keys=list(metadata))
        for text, metadata in source_texts()
    ]
    retriever = VectorStoreIndex(nodes, embed_model=embeddings).as_retriever(similarity_top_k=NEAREST)

    def find(question: str) -> Found:
        return [each.node.metadata for each in retriever.retrieve(question)]

    return create_server(find)
