"""What language models may be asked for while callers wait, by the settings."""

from fastapi import Request

from ingest.settings import ModelUse, Settings
from rag.model import ModelServers


def models_for(use: ModelUse, request: Request) -> ModelServers | None:
    """The models of the service if they may be used for that, else None."""
    models: ModelServers | None = request.app.state.models
    settings: Settings = request.app.state.settings
    return models if use in settings.llm_uses else None
