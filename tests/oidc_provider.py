"""An OpenID Connect provider of the tests' own: real HTTP, real signatures, and whatever misbehaviour is wanted."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from ingest.settings import Settings

CLIENT_ID, CLIENT_SECRET = "policyqa", "geheim-client-4714"
SESSION_SECRET = "geheim-session-4715-geheim-session"  # noqa: S105 - of the tests
ROLES = {"热线": "agent", "审核组": "reviewer", "运营组": "operator"}
WANG = {"sub": "u-17", "name": "王敏", "preferred_username": "wangmin", "groups": ["全体职工", "热线"]}

Claims = dict[str, Any]


@dataclass
class OidcProvider:
    """Lets in ``person``. What it does wrong is put into the fields below; what it was asked for is kept.

    ``alter`` changes the claims of the ID token; ``key`` signs it, or ``forge`` makes it look signed; ``hidden`` claims
    are told only to who asks for them; ``statuses`` are sent instead of an answer, by path.
    """

    issuer: str = ""
    person: Claims = field(default_factory=lambda: dict(WANG))
    alter: Callable[[Claims], Claims] = lambda claims: claims
    published: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    key: RSAKey | None = None
    forge: Callable[[Claims], str] | None = None
    hidden: tuple[str, ...] = ()
    discovery: dict[str, Any] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    has_page: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    verifiers: list[str] = field(default_factory=list)
    begun: dict[str, dict[str, str]] = field(default_factory=dict)

    def environment(self, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - settings of any kind
        """The settings with this provider."""
        return {
            "oidc_issuer": self.issuer,
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret": CLIENT_SECRET,
            "oidc_roles": ROLES,
            "session_secret": SESSION_SECRET,
            **more,
        }

    def settings(self, settings: Settings, **more: object) -> Settings:
        """Settings with this provider."""
        return Settings.model_validate({**settings.model_dump(), **self.environment(**more)})

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "scopes_supported": ["openid", "profile", "groups"],
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            **self.discovery,
        }

    def keys(self) -> dict[str, Any]:
        return {"keys": [self.published.as_dict(private=False)]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the person is sent back to."""
        self.asked.append(asked)
        code = secrets.token_urlsafe()
        self.codes.append(code)
        self.begun[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """A code counts once, from the client itself, with the verifier that belongs to it."""
        if authorization != f"Basic {base64.b64encode(f'{CLIENT_ID}:{CLIENT_SECRET}'.encode()).decode()}":
            return 401, {"error": "invalid_client"}
        asked = self.begun.pop(form["code"], None)
        self.verifiers.append(form["code_verifier"])
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = _encoded(digest)
        if (
            asked is None
            or (asked["code_challenge_method"], asked["code_challenge"]) != ("S256", challenge)
            or asked["redirect_uri"] != form["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        told = {name: value for name, value in self.person.items() if name not in self.hidden}
        claims = {**told, "iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        access_token = secrets.token_urlsafe()
        token = {
            "access_token": access_token,
            "token_type": "Bearer",
            "id_token": (self.forge or self._signed)(self.alter(claims)),
        }
        self.tokens += (access_token, token["id_token"])
        return 200, token

    def forged(self, algorithm: str, claims: Claims) -> str:
        """As anybody can sign who knows the public key, or none at all."""
        said = ".".join(_encoded(json.dumps(part).encode()) for part in ({"alg": algorithm, "kid": "one"}, claims))
        public = self.published.as_pem(private=False)
        return f"{said}.{_encoded(hmac.digest(public, said.encode(), 'sha256') if algorithm == 'HS256' else b'')}"

    def _signed(self, claims: Claims) -> str:
        key = self.key or self.published
        return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)


@contextmanager
def oidc_provider() -> Iterator[OidcProvider]:
    """A provider on a port of its own; to a browser, ``localhost`` is another site than 127.0.0.1."""
    provider = OidcProvider()

    class Handler(_Handler):
        served = provider

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://localhost:{server.server_port}/realm"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    served: OidcProvider

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        path = address.path.removeprefix("/realm")
        if path in self.served.statuses:
            self._send(self.served.statuses[path], {})
        elif path == "/.well-known/openid-configuration":
            self._send(200, self.served.metadata())
        elif path == "/keys":
            self._send(200, self.served.keys())
        elif path == "/userinfo":
            is_known = self.headers.get("Authorization", "").removeprefix("Bearer ") in self.served.tokens
            self._send(200, self.served.person) if is_known else self._send(401, {})
        elif path == "/authorize":
            back = self.served.authorize(_single(address.query))
            if self.served.has_page:
                self._page(back)
            else:
                self.send_response(302)
                self.send_header("Location", back)
                self.end_headers()
        else:
            self._send(404, {})

    def do_POST(self) -> None:
        path = urlsplit(self.path).path.removeprefix("/realm")
        form = _single(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if path in self.served.statuses:
            self._send(self.served.statuses[path], {})
        else:
            self._send(*self.served.token(form, self.headers.get("Authorization", "")))

    def _page(self, back: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f'<a href="{back.replace("&", "&amp;")}">我是王敏</a>'.encode())

    def _send(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class says so
        """Say nothing."""


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")


def _single(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
