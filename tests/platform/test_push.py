"""The push service, with the library that the notifications worker sends with."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import jwt
import pytest
import pytest_asyncio
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid
from pywebpush import WebPusher

from siso_local.push.app import PushService
from siso_local.push.protocol import b64url, point_of
from siso_local.settings import HOST, Settings
from tests.platform.ports import free_port_base

DECLARATIVE = {"web_push": 8030, "notification": {"title": "Commission update", "navigate": "https://app.example.com/"}}


@dataclass
class Service:
    settings: Settings
    client: aiohttp.ClientSession
    vapid: ec.EllipticCurvePrivateKey

    @property
    def origin(self) -> str:
        return self.settings.url("push")

    async def call(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        async with self.client.request(method, self.origin + path, json=body) as response:
            assert response.status == status, await response.text()
            return await response.json(content_type=None) if response.status != 204 else None

    async def subscribe(self, **body: Any) -> dict[str, Any]:
        made: dict[str, Any] = await self.call("POST", "/_double/subscriptions", body, 201)
        return made

    def signed(self, **changed: Any) -> dict[str, str]:
        """VAPID headers; ``changed`` replaces claims, None leaves one out, ``key`` signs with another key."""
        key = changed.pop("key", self.vapid)
        claims = {"aud": self.origin, "exp": int(time.time()) + 3600, "sub": "mailto:push@example.com", **changed}
        token = jwt.encode({k: v for k, v in claims.items() if v is not None}, key, algorithm="ES256")
        return {"Authorization": f"vapid t={token}, k={point_of(self.vapid)}"}

    async def push(
        self, subscription: dict[str, Any], data: str = "hello", ttl: int = 60, headers: dict[str, str] | None = None
    ) -> aiohttp.ClientResponse:
        pusher = WebPusher(subscription, aiohttp_session=self.client)
        sent = await pusher.send_async(data, headers={**self.signed(), **(headers or {})}, ttl=ttl)
        assert isinstance(sent, aiohttp.ClientResponse)
        return sent

    async def messages(self, subscription: dict[str, Any], more: str = "") -> Any:
        return await self.call("GET", f"/_double/messages?subscription={subscription['endpoint']}{more}")


@pytest_asyncio.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    settings = Settings(port_base=free_port_base())
    runner = web.AppRunner(PushService(settings, tmp_path).application(), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, HOST, settings.port("push")).start()
    async with aiohttp.ClientSession() as client:
        yield Service(settings, client, ec.generate_private_key(ec.SECP256R1()))
    await runner.cleanup()


async def test_the_librarys_message_arrives_decrypted(service: Service) -> None:
    subscription = await service.subscribe()
    vapid = Vapid(service.vapid)
    headers = vapid.sign({"aud": service.origin, "sub": "mailto:push@example.com"})  # exp: 24 h, the most allowed
    pusher = WebPusher(subscription, aiohttp_session=service.client)
    sent = await pusher.send_async(json.dumps(DECLARATIVE), headers={**headers, "Urgency": "high"}, ttl=86400)
    assert sent.status == 201
    assert sent.headers["Location"].startswith(service.origin)
    [got] = await service.messages(subscription)
    assert got["json"] == DECLARATIVE
    assert (got["ttl"], got["urgency"], got["topic"]) == (86400, "high", None)
    assert got["vapid"]["sub"] == "mailto:push@example.com"


async def test_topics_collapse(service: Service) -> None:
    subscription, other = await service.subscribe(), await service.subscribe()
    for number in range(3):
        assert (await service.push(subscription, f"chat {number}", headers={"Topic": "t" * 32})).status == 201
    await service.push(subscription, "no topic")
    await service.push(other, "another phone", headers={"Topic": "t" * 32})
    assert [got["text"] for got in await service.messages(subscription)] == ["no topic", "chat 2"]
    assert (await service.messages(subscription))[1]["replaced"] == 2
    assert len(await service.messages(other)) == 1


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"aud": "https://push.example.com"}, 403),
        ({"exp": 1_700_000_000}, 403),
        ({"exp": 4_000_000_000}, 403),
        ({"exp": None}, 403),
        ({"sub": None}, 403),
        ({"sub": "someone"}, 403),
        ({"key": ec.generate_private_key(ec.SECP256R1())}, 403),
        ({}, 201),
    ],
)
async def test_vapid_is_checked(service: Service, claims: dict[str, Any], status: int) -> None:
    subscription = await service.subscribe()
    sent = await service.push(subscription, headers=service.signed(**claims))
    assert sent.status == status, await sent.text()
    assert len(await service.messages(subscription)) == (status == 201)


@pytest.mark.parametrize("authorization", ["", "Bearer abc", "vapid t=abc", "vapid t=abc, k=abc"])
async def test_authorization_in_another_form_is_refused(service: Service, authorization: str) -> None:
    sent = await service.push(await service.subscribe(), headers={"Authorization": authorization})
    assert sent.status in (401, 403)


async def test_a_subscription_belongs_to_one_server_key(service: Service) -> None:
    mine = await service.subscribe(applicationServerKey=point_of(service.vapid))
    assert (await service.push(mine)).status == 201
    foreign = point_of(ec.generate_private_key(ec.SECP256R1()))
    assert (await service.push(await service.subscribe(applicationServerKey=foreign))).status == 403


async def test_headers_are_checked(service: Service) -> None:
    subscription = await service.subscribe()
    for wrong in ({"Topic": "t" * 33}, {"Topic": "a b"}, {"Urgency": "urgent"}):
        sent = await service.push(subscription, headers=wrong)
        assert sent.status == 400, wrong
    assert (await service.push(subscription, ttl=-1)).status == 400
    async with service.client.post(subscription["endpoint"], headers=service.signed()) as response:
        assert response.status == 400
        assert "TTL" in (await response.json())["message"]
    headers = {**service.signed(), "TTL": "0", "Content-Encoding": "aesgcm"}
    async with service.client.post(subscription["endpoint"], data=b"x" * 100, headers=headers) as response:
        assert response.status == 400
    headers["Content-Encoding"] = "aes128gcm"
    async with service.client.post(subscription["endpoint"], data=b"x" * 100, headers=headers) as response:
        assert response.status == 400
        assert "decrypted" in (await response.json())["message"]


async def test_size_limit(service: Service) -> None:
    subscription = await service.subscribe()
    assert (await service.push(subscription, "x" * 3993)).status == 201
    assert (await service.push(subscription, "x" * 3994)).status == 413


async def test_unknown_and_ended_subscriptions(service: Service) -> None:
    subscription = await service.subscribe()
    unknown = {**subscription, "endpoint": service.origin + "/wp/unknown"}
    assert (await service.push(unknown)).status == 404
    await service.call(
        "DELETE", subscription["endpoint"].replace(service.origin + "/wp", "/_double/subscriptions"), None, 204
    )
    assert (await service.push(subscription)).status == 410


async def test_scripted_answers(service: Service) -> None:
    subscription, other = await service.subscribe(), await service.subscribe()
    mine = {"subscription": subscription["endpoint"], "status": 429, "times": 2, "retry_after": 7}
    await service.call("POST", "/_double/answers", mine, 204)
    await service.call("POST", "/_double/answers", {"status": 410}, 204)
    for _ in range(2):
        sent = await service.push(subscription)
        assert (sent.status, sent.headers["Retry-After"]) == (429, "7")
    assert (await service.push(other)).status == 410
    assert (await service.push(other)).status == 201
    assert (await service.push(subscription)).status == 201
    await service.call("POST", "/_double/answers", {"status": "hang", "times": None, "seconds": 30}, 204)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(service.push(subscription), 0.2)
    await service.call("DELETE", "/_double/answers", None, 204)
    assert (await service.push(subscription)).status == 201
    await service.call("POST", "/_double/answers", {"status": "never"}, 400)


async def test_client_made_keys(service: Service) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    scalar = b64url(key.private_numbers().private_value.to_bytes(32, "big"))
    keys = {"p256dh": point_of(key), "auth": b64url(b"0123456789abcdef")}
    known = await service.subscribe(**keys, privateKey=scalar)
    assert known["keys"] == keys
    await service.push(known, "read")
    assert (await service.messages(known))[0]["text"] == "read"
    closed = await service.subscribe(**keys)
    await service.push(closed, "unread")
    [got] = await service.messages(closed)
    assert got["text"] is None
    assert len(base64.urlsafe_b64decode(got["encrypted"] + "==")) > 100
    for wrong in ({**keys, "auth": "short"}, {**keys, "p256dh": "AAAA"}, {"p256dh": keys["p256dh"]}, {"unknown": 1}):
        await service.call("POST", "/_double/subscriptions", wrong, 400)
    await service.call("POST", "/_double/subscriptions", {**keys, "privateKey": b64url(b"\x01" * 32)}, 400)


async def test_waiting_and_pages(service: Service) -> None:
    subscription = await service.subscribe()
    waiting = asyncio.create_task(service.messages(subscription, "&wait=5"))
    await asyncio.sleep(0.05)
    await service.push(subscription, "now")
    assert [got["text"] for got in await asyncio.wait_for(waiting, 1)] == ["now"]
    assert await service.call("GET", "/health") == {"status": "ok"}
    async with service.client.get(service.origin + "/") as response:
        assert "Push messages" in await response.text()
    async with service.client.options(service.origin + "/_double/subscriptions") as response:
        assert (response.status, response.headers["Access-Control-Allow-Origin"]) == (204, "*")


async def test_subscriptions_survive_a_restart(tmp_path: Path) -> None:
    settings = Settings(port_base=free_port_base())
    vapid = ec.generate_private_key(ec.SECP256R1())
    subscription: dict[str, Any] = {}
    async with aiohttp.ClientSession() as client:
        for _ in range(2):
            runner = web.AppRunner(PushService(settings, tmp_path).application(), access_log=None)
            await runner.setup()
            await web.TCPSite(runner, HOST, settings.port("push")).start()
            service = Service(settings, client, vapid)
            subscription = subscription or await service.subscribe()
            assert (await service.push(subscription)).status == 201
            await runner.cleanup()
