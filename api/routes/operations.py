"""Is the process up, and can it answer."""

from fastapi import APIRouter

from api.contract import Health, Readiness
from api.serving import ServedDep

router = APIRouter(tags=["运行"])


@router.get("/healthz", summary="进程在运行")
def healthz() -> Health:
    """The process is up."""
    return Health()


@router.get("/readyz", summary="可以回答")
def readyz(served: ServedDep) -> Readiness:
    """Index and encoder are loaded; otherwise 503 with the reason and the remedy."""
    manifest = served.index.manifest
    return Readiness(
        version=manifest.version, encoder=manifest.encoder, notices=[entry.id for entry in served.corpus.notices]
    )
