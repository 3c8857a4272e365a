"""A LlamaIndex retriever over its own vector store on the same weights and notice."""

from llama_index.core import VectorStoreIndex
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from eval.targets.chains.source_texts import NEAREST, PASSAGE, QUERY, Chain, Found, model_folder, source_texts
from ingest.settings import Settings


def create_chain(settings: Settings) -> Chain:
    """The chain over the notice of ``settings``."""
    embeddings = HuggingFaceEmbedding(
        model_name=model_folder(settings), device="cpu", query_instruction=QUERY, text_instruction=PASSAGE
    )
    # Only the text is embedded, as with the others.
    nodes = [
        TextNode(text=text, metadata=dict(metadata), excluded_embed_metadata_keys=list(metadata))
        for text, metadata in source_texts(settings)
    ]
    retriever = VectorStoreIndex(nodes, embed_model=embeddings).as_retriever(similarity_top_k=NEAREST)

    def find(question: str) -> list[Found]:
        found = (each.node.metadata for each in retriever.retrieve(question))
        return [Found(key=each["key"], lead=each["lead"]) for each in found]

    return find
