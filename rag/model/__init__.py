"""Language models: any OpenAI-compatible server, or a local file behind the same interface. Off unless set."""

from rag.model.servers import ModelServers, needed_models, open_models

__all__ = ["ModelServers", "needed_models", "open_models"]
