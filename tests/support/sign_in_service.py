"""A sign-in service for tests: OpenID Connect with one account, which it approves without asking."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "outcomes"


@dataclass
class SignInService:
    """``sub`` is who will be signed in next; ``claims`` are said beside it."""

    sub: str = "s-1"
    claims: dict[str, object] = field(default_factory=dict)
    issuer: str = ""
    asked: dict[str, str] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, parameters={"kid": "test"}))

    @property
    def discovery(self) -> dict[str, object]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def approve(self, query: dict[str, list[str]]) -> str:
        """Where the browser is sent back to, with a code to be changed for a token."""
        code = secrets.token_urlsafe(8)
        self.asked[code] = query.get("nonce", [""])[0]
        return f"{query['redirect_uri'][0]}?{urlencode({'code': code, 'state': query['state'][0]})}"

    def token(self, code: str) -> dict[str, object]:
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": self.sub, "aud": CLIENT, "iat": now, "exp": now + 36_000}
        said = {**claims, "nonce": self.asked.pop(code), **self.claims}
        id_token = jwt.encode({"alg": "RS256", "kid": "test"}, said, self.key)
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 36_000, "id_token": id_token}


@contextmanager
def sign_in_service() -> Iterator[SignInService]:
    """The service on a free port of this computer."""
    service = SignInService()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            match address.path:
                case "/.well-known/openid-configuration":
                    self._answer(service.discovery)
                case "/jwks":
                    self._answer({"keys": [service.key.as_dict(private=False)]})
                case "/authorize":
                    self.send_response(302)
                    self.send_header("Location", service.approve(parse_qs(address.query)))
                    self.end_headers()
                case _:
                    self.send_error(404)

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._answer(service.token(sent["code"][0]))

        def _answer(self, document: dict[str, object]) -> None:
            body = json.dumps(document).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the test reads what it asked for."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)
