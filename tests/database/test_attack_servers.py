"""A hostile partner forges tokens and turns to Auth, Storage and Realtime directly, and gets nothing."""

from __future__ import annotations

import base64
import json
import uuid
from typing import Any

import aiohttp
import httpx
import jwt
import pytest

from siso_local.settings import Settings
from tests.database.attack_support import PASSWORD, Caller, Victim
from tests.platform.realtime_support import RawSocket

# -- tokens ------------------------------------------------------------------------------------------------------------


def _forged(token: str, **claims: Any) -> dict[str, str]:
    """The attacker's own token with other claims, in the three ways that careless servers believe."""
    payload = jwt.decode(token, options={"verify_signature": False}) | claims
    head, _, signature = token.split(".")
    body = base64.urlsafe_b64encode(json.dumps(payload).encode()).rstrip(b"=").decode()
    return {
        "old signature": f"{head}.{body}.{signature}",
        "no signature": jwt.encode(payload, "", algorithm="none"),
        "own secret": jwt.encode(payload, "a secret that the attacker made up, long enough", algorithm="HS256"),
    }


@pytest.mark.parametrize(
    "claims", [{"aal": "aal2"}, {"role": "service_role"}, {"role": "payouts_worker"}, "victim"], ids=str
)
def test_forged_tokens_are_no_tokens(
    settings: Settings, victim: Victim, attacker: Caller, claims: dict[str, str] | str
) -> None:
    changed = {"sub": victim.partner.subject} if isinstance(claims, str) else claims
    for way, token in _forged(attacker.token, **changed).items():
        headers = {"apikey": settings.publishable_key, "authorization": f"Bearer {token}"}
        for path in ("/rest/v1/leads", "/storage/v1/bucket", "/auth/v1/user"):
            answer = httpx.get(settings.api_url + path, headers=headers)
            assert answer.status_code in (400, 401, 403), f"{way}: {path}: {answer.text}"
            assert victim.company not in answer.text


def test_what_a_user_says_of_themselves_gives_no_rights(attacker: Caller) -> None:
    claims = {"role": "service_role", "aal": "aal2", "partner_id": "any", "roles": ["owner"]}
    said = attacker.http.put("/auth/v1/user", json={"data": claims, "app_metadata": claims, "role": "service_role"})
    assert said.status_code < 500
    fresh = attacker.http.post(
        "/auth/v1/token", params={"grant_type": "password"}, json={"email": attacker.email, "password": PASSWORD}
    ).json()["access_token"]
    token = jwt.decode(fresh, options={"verify_signature": False})
    assert (token["role"], token["aal"]) == ("authenticated", "aal1")
    assert "roles" not in token.get("app_metadata", {})


# -- files -------------------------------------------------------------------------------------------------------------

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_others_files_are_not_read_listed_replaced_or_removed(victim: Victim, attacker: Caller) -> None:
    path = f"avatars/{victim.id}/face-{uuid.uuid4().hex}.png"
    picture = {"content-type": "image/png"}
    put = victim.storage("POST", f"object/{path}", content=PICTURE, headers=picture)
    assert put.status_code == 200, put.text
    assert victim.storage("GET", f"object/authenticated/{path}").content == PICTURE

    for method, target, options in (
        ("GET", f"object/authenticated/{path}", {}),
        ("GET", f"object/public/{path}", {}),
        ("GET", f"object/info/authenticated/{path}", {}),
        ("POST", f"object/sign/{path}", {"json": {"expiresIn": 60}}),
        ("POST", f"object/{path}", {"content": b"x", "headers": picture}),
        ("PUT", f"object/{path}", {"content": b"x", "headers": picture}),
        ("POST", f"object/{path}", {"content": b"x", "headers": picture | {"x-upsert": "true"}}),
        ("POST", f"object/avatars/{victim.id}/new.png", {"content": PICTURE, "headers": picture}),
        ("POST", "object/move", {"json": _from_to(path, f"{attacker.id}/mine.png")}),
        ("POST", "object/copy", {"json": _from_to(path, f"{attacker.id}/mine.png")}),
        ("DELETE", f"object/{path}", {}),
        ("DELETE", "bucket/avatars", {}),
        ("POST", "bucket", {"json": {"id": "mine", "name": "mine"}}),
    ):
        answer = attacker.storage(method, target, **options)
        assert answer.status_code in (400, 403, 404), f"{method} {target}: {answer.status_code} {answer.text}"
    listed = attacker.storage("POST", "object/list/avatars", json={"prefix": f"{victim.id}/"})
    assert (listed.status_code, listed.json()) == (200, [])
    assert attacker.storage("GET", "bucket").json() == []
    assert victim.storage("GET", f"object/authenticated/{path}").content == PICTURE


def _from_to(path: str, target: str) -> dict[str, str]:
    bucket, _, name = path.partition("/")
    return {"bucketId": bucket, "sourceKey": name, "destinationKey": target}


def test_papers_are_not_forged(attacker: Caller) -> None:
    """Nobody writes their own statement, certificate or evidence of another kind."""
    for bucket, kind in (
        ("statements", "application/pdf"),
        ("certificates", "application/pdf"),
        ("exports", "text/csv"),
    ):
        path = f"object/{bucket}/{attacker.id}/2026-11.pdf"
        answer = attacker.storage("POST", path, content=b"%PDF-1.7", headers={"content-type": kind})
        assert answer.status_code in (400, 403), answer.text
        assert "row-level security" in answer.text


# -- live --------------------------------------------------------------------------------------------------------------


async def test_others_topics_are_neither_joined_nor_written(
    settings: Settings, victim: Victim, attacker: Caller
) -> None:
    url = f"{settings.api_url}/realtime/v1/websocket?apikey={settings.publishable_key}&vsn=1.0.0"
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as connection:
        socket = RawSocket(connection, "1.0.0")
        for topic in (f"partner:{victim.id}", f"channel:{uuid.uuid4()}", f"team:{victim.id}", "anything"):
            answer = await socket.join(topic, attacker.token)
            assert answer["status"] == "error", topic
            assert "Unauthorized" in answer["response"]["reason"], answer
        own = await socket.join(f"partner:{victim.id}", victim.token)
        assert own["status"] == "ok", own
        message = {"topic": f"partner:{victim.id}", "event": "payout.changed", "payload": {}, "private": True}
        sent = attacker.http.post("/realtime/v1/api/broadcast", json={"messages": [message]})
        assert sent.status_code in (202, 401, 403), sent.text
        with pytest.raises(TimeoutError):  # nothing comes through
            while (await socket.receive(1.0))["event"] != "broadcast":
                pass
