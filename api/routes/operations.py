"""Is the process up, and can it answer."""

from fastapi import APIRouter, Request

from api.contract import Health, Readiness
from api.draining import Draining
from api.serving import ServedDep
from ingest.errors import ShuttingDown

router = APIRouter(tags=["运行"])


@router.get("/healthz", summary="进程在运行")
def healthz() -> Health:
    """The process is up."""
    return Health()


@router.get("/readyz", summary="可以回答")
def readyz(request: Request, served: ServedDep) -> Readiness:
    """Index and encoder are loaded and the service is not ending; otherwise 503 with the reason and the remedy."""
    draining: Draining = request.app.state.draining
    if draining.is_begun:
        raise ShuttingDown("服务正在停止。", "请把请求转给别的副本,或等它重新启动。")
    served.index.verify()
    manifest = served.index.manifest
    return Readiness(
        version=manifest.version, encoder=manifest.encoder, notices=[entry.id for entry in served.corpus.notices]
    )
