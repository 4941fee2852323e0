"""The gateway against echoing parts: keys, Authorization, CORS, limits, failures."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import jwt
import pytest
import pytest_asyncio
from yarl import URL

from siso_local.gateway.keys import Keys
from siso_local.settings import HOST, Settings
from tests.platform.gateway_support import World, running_gateway

ORIGIN = {"Origin": "https://app.example.com"}


@pytest_asyncio.fixture
async def world() -> AsyncIterator[World]:
    async with running_gateway() as running:
        yield running


async def get(world: World, path: str, **headers: str) -> tuple[int, Any, aiohttp.ClientResponse]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with world.client.get(URL(world.url(path), encoded=True), headers=named, allow_redirects=False) as response:
        return response.status, await response.json(content_type=None), response


def role_of(world: World, seen: dict[str, Any]) -> str:
    token = seen["headers"]["authorization"].removeprefix("Bearer ")
    role: str = jwt.decode(token, world.settings.jwt_secret, algorithms=["HS256"])["role"]
    return role


async def test_each_kind_of_key_becomes_its_role(world: World) -> None:
    settings = world.settings
    for key, role in [
        (settings.publishable_key, "anon"),
        (settings.secret_key, "service_role"),
        (settings.legacy_key("anon"), "anon"),
        (settings.legacy_key("service_role"), "service_role"),
    ]:
        for bearer in ({}, {"Authorization": f"Bearer {key}"}):
            status, seen, _ = await get(world, "/rest/v1/leads", apikey=key, **bearer)
            assert (status, seen["path"], role_of(world, seen)) == (200, "/leads", role)


async def test_a_minted_token_lives_for_minutes_only(world: World) -> None:
    _, seen, _ = await get(world, "/rest/v1/leads", apikey=world.settings.publishable_key)
    claims = jwt.decode(seen["headers"]["authorization"][7:], world.settings.jwt_secret, algorithms=["HS256"])
    assert claims["exp"] - claims["iat"] <= 600


async def test_the_clients_own_token_passes_through(world: World) -> None:
    _, seen, _ = await get(
        world, "/rest/v1/leads", apikey=world.settings.publishable_key, Authorization="Bearer a.user.token"
    )
    assert seen["headers"]["authorization"] == "Bearer a.user.token"


async def test_a_secret_key_as_bearer_does_not_raise_the_role_of_the_api_key(world: World) -> None:
    settings = world.settings
    bearer = f"Bearer {settings.secret_key}"
    _, seen, _ = await get(world, "/rest/v1/leads", apikey=settings.publishable_key, Authorization=bearer)
    assert role_of(world, seen) == "anon"


async def test_missing_and_unknown_keys_are_refused_in_the_hosted_shape(world: World) -> None:
    status, body, response = await get(world, "/rest/v1/leads")
    assert (status, body["message"]) == (401, "No API key found in request")
    assert body["hint"] == "No `apikey` request header or url param was found."
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    for wrong in ("sb_publishable_wrong", "ключ".encode().decode("latin-1")):
        status, body, _ = await get(world, "/rest/v1/leads", apikey=wrong)
        assert (status, body["message"]) == (401, "Invalid API key")
    status, _, _ = await get(world, "/rest/v1/leads", Authorization=f"Bearer {world.settings.secret_key}")
    assert status == 401


async def test_a_key_in_the_query_works_and_goes_no_further(world: World) -> None:
    key = world.settings.publishable_key
    status, seen, _ = await get(world, f"/rest/v1/leads?name=eq.a%20b%2Cc&apikey={key}&order=id")
    assert (status, seen["path"]) == (200, "/leads?name=eq.a%20b%2Cc&order=id")


async def test_a_secret_key_from_a_browser_is_refused(world: World) -> None:
    key = world.settings.secret_key
    for headers in (ORIGIN, {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)"}):
        status, body, _ = await get(world, "/rest/v1/leads", apikey=key, **headers)
        assert (status, body["message"]) == (401, "Forbidden use of secret API key in browser")
        status, _, _ = await get(world, "/rest/v1/leads", apikey=world.settings.publishable_key, **headers)
        assert status == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/auth/v1/verify?token=abc", 200),
        ("/auth/v1/.well-known/jwks.json", 200),
        ("/auth/v1/health", 200),
        ("/storage/v1/object/public/avatars/a.png", 200),
        ("/storage/v1/object/sign/files/a.pdf?token=abc", 200),
        ("/workers/payouts/health", 200),
        ("/auth/v1/user", 401),
        ("/auth/v1/verify/other", 401),
        ("/storage/v1/object/files/a.pdf", 401),
        ("/realtime/v1/api/broadcast", 401),
        ("/auth/v1/verify/../user", 400),
        ("/storage/v1/object/public/%2e%2E/list", 400),
        ("/graphql/v1", 404),
        ("/workers/unknown/x", 404),
        ("/rest/v2/leads", 404),
        ("/", 200),
        ("/health", 200),
    ],
)
async def test_what_is_open_without_a_key(world: World, path: str, status: int) -> None:
    seen, body, _ = await get(world, path)
    assert seen == status, body


async def test_workers_get_the_raw_bytes_and_the_callers_authorization(world: World) -> None:
    body = gzip.compress(b'{"id": 1}')
    headers = {"Stripe-Signature": "t=1,v1=abc", "Content-Encoding": "gzip", "Authorization": "Bearer sb_x"}
    async with world.client.post(world.url("/workers/payouts/hooks/stripe"), data=body, headers=headers) as response:
        seen = await response.json()
    assert (seen["path"], seen["size"]) == ("/hooks/stripe", len(body))
    assert seen["headers"]["authorization"] == "Bearer sb_x"
    assert seen["headers"]["stripe-signature"] == "t=1,v1=abc"


async def test_preflight_is_answered_by_the_gateway(world: World) -> None:
    asked = {**ORIGIN, "Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "apikey,x-new"}
    async with world.client.options(world.url("/rest/v1/leads"), headers=asked) as response:
        assert response.status == 204
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        allowed = {name.strip() for name in response.headers["Access-Control-Allow-Headers"].split(",")}
        assert {"authorization", "x-client-info", "content-profile", "prefer", "range", "x-new"} <= allowed
        assert "PATCH" in response.headers["Access-Control-Allow-Methods"]
        assert int(response.headers["Access-Control-Max-Age"]) > 0


async def test_answers_expose_what_the_clients_read(world: World) -> None:
    _, _, response = await get(world, "/rest/v1/leads", apikey=world.settings.publishable_key, **ORIGIN)
    exposed = response.headers["Access-Control-Expose-Headers"]
    assert all(name in exposed for name in ("content-range", "x-request-id", "retry-after"))
    assert response.headers["Content-Range"] == "0-1/2"


async def test_request_id_is_kept_made_and_cleaned(world: World) -> None:
    key = world.settings.publishable_key
    _, seen, response = await get(world, "/rest/v1/leads", apikey=key, X_Request_Id="abc-123")
    assert response.headers.getall("X-Request-Id") == [seen["headers"]["x-request-id"]] == ["abc-123"]
    _, seen, response = await get(world, "/rest/v1/leads", apikey=key, X_Request_Id="a b{")
    assert response.headers["X-Request-Id"] == seen["headers"]["x-request-id"] != "a b{"


async def test_a_client_cannot_choose_its_address_or_our_host(world: World) -> None:
    forged = {"X-Forwarded-For": "8.8.8.8", "X-Forwarded-Host": "evil.example", "Host": "evil.example"}
    forged["CF-Connecting-IP"] = "8.8.8.8"
    _, seen, _ = await get(world, "/auth/v1/health", **forged, Forwarded="host=evil.example")
    headers = seen["headers"]
    assert headers["x-forwarded-for"] == HOST
    assert headers["x-forwarded-host"] == f"{HOST}:{world.settings.port('api')}"
    assert "evil.example" not in json.dumps(headers)
    assert "8.8.8.8" not in json.dumps(headers)


async def test_bodies_over_the_limit_are_refused(world: World) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(24):
            yield b"x" * 65536

    headers = {"apikey": world.settings.publishable_key}
    for body in (b"x" * (1024 * 1024 + 1), parts()):
        async with world.client.post(world.url("/auth/v1/token"), data=body, headers=headers) as response:
            assert response.status == 413
            assert "1048576" in (await response.json())["message"]
    async with world.client.post(
        world.url("/storage/v1/object/a"), data=b"x" * 20_000_000, headers=headers
    ) as response:
        assert (await response.json())["size"] == 20_000_000


async def test_large_answers_empty_answers_heads_and_redirects_pass(world: World) -> None:
    headers = {"apikey": world.settings.publishable_key}
    async with world.client.get(world.url("/storage/v1/large"), headers=headers) as response:
        assert len(await response.read()) == 64 * 65536
        assert response.headers.getall("Access-Control-Allow-Origin") == ["*"]
        assert response.headers["X-Request-Id"] != "theirs"
    async with world.client.get(world.url("/rest/v1/empty"), headers=headers) as response:
        assert (response.status, await response.read()) == (204, b"")
    async with world.client.head(world.url("/rest/v1/leads"), headers=headers) as response:
        assert (response.status, await response.read()) == (200, b"")
        assert int(response.headers["Content-Length"]) > 100
    async with world.client.get(world.url("/auth/v1/moved"), headers=headers, allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (303, "https://example.com/next")


async def test_expect_continue_is_answered(world: World) -> None:
    headers = {"apikey": world.settings.publishable_key}
    async with world.client.post(world.url("/rest/v1/a"), data=b"abc", headers=headers, expect100=True) as response:
        assert (await response.json())["text"] == "abc"


async def test_a_part_that_is_down_slow_or_broken() -> None:
    async with running_gateway(parts=("postgrest",), patience=0.3) as world:
        key = world.settings.publishable_key
        status, body, response = await get(world, "/auth/v1/user", apikey=key)
        assert (status, response.headers["Access-Control-Allow-Origin"]) == (503, "*")
        assert "auth" in body["message"]
        assert (await get(world, "/rest/v1/slow", apikey=key))[0] == 504
        assert (await get(world, "/rest/v1/nonsense", apikey=key))[0] == 502
        assert (await get(world, "/rest/v1/leads", apikey=key))[0] == 200


async def test_log_lines_hold_no_query(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    await get(world, "/auth/v1/verify?token=very-secret")
    await asyncio.sleep(0.05)
    line = json.loads(capfd.readouterr().out.strip().splitlines()[-1])
    assert (line["path"], line["status"], line["method"]) == ("/auth/v1/verify", 200, "GET")
    assert "very-secret" not in json.dumps(line)


def test_without_keys_it_does_not_start() -> None:
    with pytest.raises(SystemExit, match="keys"):
        Keys(Settings(secret_key=""))
