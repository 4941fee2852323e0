"""The server of the built PWA: what is cached, what falls back to the app, what every answer carries."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from siso_local.pwa.server import application
from siso_local.settings import Settings

STYLE = "body{margin:0}"
INDEX = f'<!doctype html><style>{STYLE}</style><script type="module" src="/assets/app-1a2b.js"></script>'


@pytest.fixture
def own_settings() -> Settings:
    return Settings(port_base=40_000)


@pytest.fixture
async def client(tmp_path: Path, own_settings: Settings) -> AsyncIterator[TestClient]:  # type: ignore[type-arg]
    build = tmp_path / "build"
    (build / "assets").mkdir(parents=True)
    (build / "index.html").write_text(INDEX)
    (build / "sw.js").write_text("self")
    (build / "assets" / "app-1a2b.js").write_text("export {}")
    (tmp_path / "secret.txt").write_text("outside")
    async with TestClient(TestServer(application(own_settings, build))) as made:
        yield made


async def test_every_address_of_the_app_is_the_app(client: TestClient) -> None:  # type: ignore[type-arg]
    for path in ("/", "/partner/dashboard", "/partner/leads/0199?x=1"):
        answer = await client.get(path)
        assert answer.status == 200
        assert answer.content_type == "text/html"
        assert await answer.text() == INDEX
        assert answer.headers["Cache-Control"] == "no-cache"
    again = await client.get("/", headers={"If-None-Match": answer.headers["Etag"]})
    assert again.status == 304


@pytest.mark.parametrize("path", ["/assets/app-0000.js", "/assets/gone", "/missing.png", "/%2e%2e/secret.txt"])
async def test_a_missing_file_is_no_page(client: TestClient, path: str) -> None:  # type: ignore[type-arg]
    answer = await client.get(path)
    assert answer.status == 404
    assert answer.content_type != "text/html"
    assert "outside" not in await answer.text()


async def test_hashed_files_are_kept_and_others_checked(client: TestClient) -> None:  # type: ignore[type-arg]
    hashed = await client.get("/assets/app-1a2b.js")
    assert hashed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert hashed.content_type.endswith("javascript")
    worker = await client.get("/sw.js")
    assert worker.headers["Cache-Control"] == "no-cache"


async def test_every_answer_carries_the_security_headers(client: TestClient, own_settings: Settings) -> None:  # type: ignore[type-arg]
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    for path in ("/", "/sw.js", "/config.json", "/missing.png"):
        headers = (await client.get(path)).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        policy = headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert f"style-src 'self' 'sha256-{digest}';" in policy
        assert f"connect-src 'self' {own_settings.api_url} ws://127.0.0.1:{own_settings.port('api')};" in policy
        assert "frame-ancestors 'none'" in policy


async def test_the_public_settings_hold_no_secret(client: TestClient, own_settings: Settings) -> None:  # type: ignore[type-arg]
    answer = await client.get("/config.json")
    config = await answer.json()
    assert config["supabaseUrl"] == own_settings.api_url
    assert config["publishableKey"] == own_settings.publishable_key
    assert len(base64.urlsafe_b64decode(config["vapidPublicKey"] + "=")) == 65
    text = await answer.text()
    for secret in (own_settings.secret_key, own_settings.jwt_secret, own_settings.vapid_jwk["d"]):
        assert secret not in text
