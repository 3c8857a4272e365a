"""GET /v1/session: as whom the caller is known."""

from fastapi import APIRouter

from api.access import CallerDep
from api.contract import Session

router = APIRouter(prefix="/v1", tags=["登录"])


@router.get("/session", summary="我是谁")
def read_session(caller: CallerDep) -> Session:
    """Role and name of the key that was sent; without one the public, or everybody's rights if the service is open."""
    return Session(role=caller.role, name=caller.name, open=caller.is_open)
