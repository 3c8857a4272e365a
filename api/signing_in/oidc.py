"""Signing in through the organisation's OpenID Connect provider: code flow with PKCE, state and nonce.

Authlib speaks the protocol. Nothing of a token is kept: a signed cookie holds name and role for a working day.
"""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

import httpx2
from authlib.integrations.starlette_client import OAuthError, StarletteIntegration, StarletteOAuth2App
from joserfc.errors import JoseError
from starlette.requests import Request

from api.contract.session import ROLES
from api.signing_in.signed_cookie import SignedCookie
from api.signing_in.staff import Staff
from ingest.errors import Forbidden, ProviderUnavailable, SignInRefused, SignInUnknown
from ingest.settings import Settings

logger = logging.getLogger(__name__)

BEGUN_COOKIE = "policyqa_sign_in"
BEGUN_S = 600
"""So long a person may take at the provider's pages."""

PATH = "/sign-in/oidc"
PROVIDER_TIMEOUT_S = 5.0
NAME_LENGTH = 100
"""What the store takes as who decided."""

_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signed with a key that only the provider has; what else it may offer is not taken."""


class Provider:
    """The organisation's provider, as the settings name it. Raises SettingsError if a secret cannot be read."""

    def __init__(self, settings: Settings) -> None:
        self.begun = SignedCookie(BEGUN_COOKIE, settings.signing_secret(), BEGUN_S, PATH)
        self._issuer = settings.oidc_issuer
        self._claim, self._roles = settings.oidc_role_claim, settings.oidc_roles
        self._client = StarletteOAuth2App(
            StarletteIntegration("policyqa"),
            client_id=settings.oidc_client_id,
            client_secret=settings.client_secret(),
            server_metadata_url=f"{self._issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"code_challenge_method": "S256", "timeout": PROVIDER_TIMEOUT_S},
        )

    async def begin(self, callback: str, target: str) -> tuple[str, dict[str, Any]]:
        """The provider's page to go to, and what the browser has to bring back. Raises ProviderUnavailable."""
        try:
            metadata = await self._metadata()
            # Some tell the groups of a person only to those who ask for them, some refuse what they do not know.
            asked = {"groups", self._claim} & set(metadata.get("scopes_supported") or ())
            began = await self._client.create_authorization_url(
                callback, scope=" ".join(("openid", "profile", *sorted(asked)))
            )
        except _TROUBLE as error:
            raise _unavailable(error) from error
        session: dict[str, Any] = {}
        kept = {
            "redirect_uri": callback,
            "target": target,
            **{each: began[each] for each in ("nonce", "code_verifier")},
        }
        await self._client.framework.set_state_data(session, began["state"], kept)
        return began["url"], session

    async def finish(self, request: Request) -> tuple[Staff, str]:
        """Who came back from the provider, and where they wanted to go.

        Raises SignInUnknown for who did not set out from here, SignInRefused if the provider or its token says no,
        Forbidden for who has no role, ProviderUnavailable.
        """
        request.scope["session"] = session = self.begun.read(request) or {}
        began = await self._client.framework.get_state_data(session, request.query_params.get("state", ""))
        if began is None:
            raise SignInUnknown
        try:
            await self._metadata()
            token = await self._client.authorize_access_token(
                request,
                claims_options={
                    "iss": {"essential": True, "value": self._issuer},
                    "aud": {"essential": True, "value": self._client.client_id},
                },
            )
            claims = await self._claims(token)
        except (OAuthError, JoseError) as error:
            # The description is the provider's word, or the browser's: it is not repeated.
            logger.warning("sign-in refused: %s %.40r", type(error).__name__, error.error)
            raise SignInRefused from error
        except _TROUBLE as error:
            raise _unavailable(error) from error
        return self._staff(claims), began["target"]

    async def _metadata(self) -> dict[str, Any]:
        metadata: dict[str, Any] = await self._client.load_server_metadata()
        if metadata.get("issuer") != self._issuer or not all(isinstance(metadata.get(each), str) for each in _NEEDED):
            # It is asked for again next time.
            del metadata["_loaded_at"]
            raise ValueError("the discovery document is not that of oidc_issuer")
        offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name in _ALGORITHMS]
        return metadata

    async def _claims(self, token: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the validated ID token says; what it leaves out of it, the provider is asked for."""
        if "userinfo" not in token:
            raise OAuthError("missing_id_token")
        claims: dict[str, Any] = token["userinfo"]
        if self._claim in claims or "userinfo_endpoint" not in self._client.server_metadata:
            return claims
        asked: dict[str, Any] = await self._client.userinfo(token=token)
        if asked["sub"] != claims["sub"]:
            raise OAuthError("other_subject")
        return {**asked, **claims}

    def _staff(self, claims: Mapping[str, Any]) -> Staff:
        """Raises Forbidden for who has no role."""
        name = _name(claims)
        value = claims.get(self._claim)
        values = value if isinstance(value, list) else [value]
        roles = [self._roles[each] for each in values if isinstance(each, str) and each in self._roles]
        if not roles:
            raise Forbidden(f"“{name}”还没有使用工作台的权限。", "请联系管理员,把您加入统一登录中相应的组。")
        return Staff(name, max(roles, key=ROLES.index))


_TROUBLE = (httpx2.HTTPError, httpx2.InvalidURL, ValueError, TypeError, KeyError, AttributeError, RuntimeError)
"""The provider does not answer, or with what cannot be understood."""


def _unavailable(error: Exception) -> ProviderUnavailable:
    said = f"{error.response.status_code}" if isinstance(error, httpx2.HTTPStatusError) else ""
    logger.warning("the sign-in provider is of no use: %s %s", type(error).__name__, said)
    return ProviderUnavailable()


def _name(claims: Mapping[str, Any]) -> str:
    """A person's name with their account, which nobody else has: decisions are recorded under it."""
    account = _printable(claims.get("preferred_username") or claims["sub"])
    name = _printable(claims.get("name") or "")
    return (f"{name}({account})" if name and name != account else account)[:NAME_LENGTH]


def _printable(text: Iterable[Any]) -> str:
    return "".join(each for each in str(text) if each.isprintable()).strip()
