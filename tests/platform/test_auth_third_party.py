"""A third-party issuer as Clerk is one: its own keys by JWKS (RS256) and subjects that are no UUIDs."""

from __future__ import annotations

import asyncio
import json
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import jwt
import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from siso_local import tokens, toolchain
from siso_local.settings import HOST, Settings, ThirdPartyIssuer
from tests.platform.auth_support import auth_with
from tests.platform.ports import free_port_base

SUBJECT = "user_2xSISOpartner17"


@dataclass
class Issuer:
    settings: Settings  # the platform's, with this issuer believed
    key: rsa.RSAPrivateKey
    issuer: str

    def token(self, key: rsa.RSAPrivateKey | None = None, kid: str = "ins_1", **changes: Any) -> str:
        """A session token with the claims that Clerk's Supabase integration gives."""
        now = int(time.time())
        said = {
            "azp": "http://127.0.0.1:54328",
            "exp": now + 60,
            "fva": [0, -1],
            "iat": now,
            "iss": self.issuer,
            "nbf": now - 10,
            "role": "authenticated",
            "sid": "sess_2x",
            "sub": SUBJECT,
            "v": 2,
            **changes,
        }
        return jwt.encode(said, key or self.key, "RS256", {"kid": kid})


def _jwks(key: rsa.RSAPrivateKey) -> bytes:
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    return json.dumps({"keys": [{**public, "use": "sig", "alg": "RS256", "kid": "ins_1"}]}).encode()


@pytest.fixture(scope="module")
def issuer(settings: Settings) -> Iterator[Issuer]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    body = _jwks(key)

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer((HOST, 0), Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    name = f"http://{HOST}:{server.server_port}"
    believed = ThirdPartyIssuer(issuer=name, jwks_url=f"{name}/.well-known/jwks.json")
    try:
        yield Issuer(settings.model_copy(update={"third_party_issuers": [believed]}), key, name)
    finally:
        server.shutdown()
        server.server_close()


def test_the_verifier_believes_it(issuer: Issuer) -> None:
    found = tokens.verify(issuer.token(), issuer.settings)
    assert (found["sub"], found["role"]) == (SUBJECT, "authenticated")


def test_the_verifier_does_not_believe_others(issuer: Issuer, settings: Settings) -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    now = int(time.time())
    for token in (
        issuer.token(key=other),
        issuer.token(kid="ins_2"),
        issuer.token(iss="https://clerk.example.com"),
        issuer.token(exp=now - 1),
        issuer.token(nbf=now + 600),
    ):
        with pytest.raises(tokens.InvalidTokenError):
            tokens.verify(token, issuer.settings)
    with pytest.raises(tokens.InvalidTokenError):
        tokens.verify(issuer.token(), settings)  # the same token where the issuer is not configured


async def test_it_is_no_account_and_no_admin_of_auth(issuer: Issuer) -> None:
    async with auth_with(issuer.settings) as http:
        for path, token in (("/user", issuer.token()), ("/admin/users", issuer.token(role="service_role"))):
            answer = await http.get(path, headers={"authorization": f"Bearer {token}"})
            assert (answer.status_code, answer.json()["error_code"]) == (403, "bad_jwt")


@pytest.fixture
def postgrest(issuer: Issuer, tmp_path: Path) -> Iterator[str]:
    """A PostgREST of its own that knows the issuer's keys, and a function that says who asks; gives its address."""
    name = f"who_{uuid.uuid4().hex[:12]}"
    keys, config = tmp_path / "keys.json", tmp_path / "postgrest.conf"
    keys.write_text(json.dumps(tokens.jwk_set(issuer.settings)))
    port = free_port_base()
    values = {
        "db-uri": issuer.settings.dsn("authenticator"),
        "db-schemas": "public",
        "db-anon-role": "anon",
        "db-pool": 2,
        "jwt-secret": f"@{keys}",
        "server-host": HOST,
        "server-port": port,
        "log-level": "crit",
    }
    config.write_text("".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items()))
    with psycopg.connect(issuer.settings.dsn("postgres"), autocommit=True) as db:
        db.execute(
            f"create function public.{name}() returns jsonb language sql stable as $$ select jsonb_build_object("
            "'role', current_user, 'sub', auth.jwt() ->> 'sub') $$".encode()
        )
        db.execute(f"grant execute on function public.{name}() to authenticated".encode())
        server = subprocess.Popen([toolchain.postgrest(), config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield f"http://{HOST}:{port}/rpc/{name}"
        finally:
            server.terminate()
            server.wait(10)
            db.execute(f"drop function public.{name}()".encode())


async def test_postgrest_believes_it(issuer: Issuer, postgrest: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:

        async def ask(token: str) -> httpx.Response:
            return await http.get(postgrest, headers={"authorization": f"Bearer {token}"})

        for _ in range(100):
            try:
                answer = await ask(issuer.token())
            except httpx.TransportError:
                answer = httpx.Response(503)
            if answer.status_code != 503:
                break
            await asyncio.sleep(0.1)
        assert answer.status_code == 200, answer.text
        assert answer.json() == {"role": "authenticated", "sub": SUBJECT}
        other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        assert (await ask(issuer.token(key=other))).status_code == 401
