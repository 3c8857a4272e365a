"""GET /v1/session: as whom the caller is known."""

from fastapi import APIRouter

from api.contract import Session
from api.openapi import KEY_OPTIONAL
from api.signing_in.access import CallerDep, OidcDep

router = APIRouter(prefix="/v1", tags=["登录"])


@router.get("/session", summary="我是谁", openapi_extra=KEY_OPTIONAL)
def read_session(caller: CallerDep, oidc: OidcDep) -> Session:
    """Role and name of the key that was sent, or of who signed in; else the public, or everybody if it is open."""
    return Session(role=caller.role, name=caller.name, open=caller.is_open, oidc=oidc)
