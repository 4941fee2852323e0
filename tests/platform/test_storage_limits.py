"""What Storage refuses to take or to hand out: sizes, types, names that climb, ranges, wrong and old signatures."""

from __future__ import annotations

import base64
import json
import time
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import jwt
import psycopg
import pytest
from storage3.exceptions import StorageApiError

from siso_local.settings import Settings, state_dir
from tests.platform.storage_support import (
    ACTIONS,
    OWN_FOLDER,
    User,
    http,
    new_bucket,
    policies,
    refusal,
    rows,
    service,
    to_the_letter,
)


@pytest.fixture(scope="module")
def bucket(settings: Settings) -> Iterator[str]:
    options: Any = {"file_size_limit": 1000, "allowed_mime_types": ["text/plain", "image/*"]}
    with new_bucket(settings, **options) as name, policies(settings, name, dict.fromkeys(ACTIONS, OWN_FOLDER)):
        yield name


@pytest.fixture
def user(settings: Settings) -> User:
    return User(settings)


def test_size_limit(settings: Settings, bucket: str, user: User) -> None:
    files = user.storage.from_(bucket)
    kind: Any = {"content-type": "text/plain"}
    files.upload(user.path("full"), b"x" * 1000, kind)
    for size in (1001, 300_000):
        with pytest.raises(StorageApiError) as refused:
            files.upload(user.path("over"), b"x" * size, kind)
        assert refusal(refused.value) == ("413", "Payload too large")
        assert refused.value.message == "The object exceeded the maximum allowed size"
    with pytest.raises(StorageApiError):
        files.update(user.path("full"), b"x" * 1001, kind)
    assert files.download(user.path("full")) == b"x" * 1000

    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            yield b"x" * 100

    with http(settings) as plain:
        headers = user.headers | {"content-type": "text/plain"}
        for body in (b"x" * 1001, pieces()):
            answer = plain.post(f"/object/{bucket}/{user.path('raw')}", content=body, headers=headers)
            assert (answer.status_code, answer.json()["statusCode"]) == (400, "413")
    names = [name for name, _ in rows(settings, bucket) if name.startswith(user.id)]
    assert names == [user.path("full")]
    with pytest.raises(StorageApiError) as refused:
        service(settings).create_bucket(f"test-{uuid.uuid4().hex[:12]}", options={"file_size_limit": 10**12})
    assert refusal(refused.value) == ("413", "Payload too large")


def test_content_types(bucket: str, user: User) -> None:
    files = user.storage.from_(bucket)
    for good in ("text/plain", "image/png", "image/svg+xml"):
        files.upload(user.path(good.replace("/", "-")), b"x", {"content-type": good})
    for bad in ("text/html", "text/plain2", "application/pdf", "nonsense"):
        with pytest.raises(StorageApiError) as refused:
            files.upload(user.path("bad"), b"x", {"content-type": bad})
        assert refusal(refused.value) == ("415", "invalid_mime_type")
    assert files.exists(user.path("bad")) is False


def test_form_fields_cannot_write_headers(settings: Settings, bucket: str, user: User) -> None:
    with http(settings) as plain:
        for field in ({"cacheControl": "1\r\nset-cookie: a=b"}, {"contentType": "image/png\r\nset-cookie: a=b"}):
            files = {"": ("a.png", b"x", "image/png")}
            path = f"/object/{bucket}/{user.path('header.png')}"
            answer = plain.post(path, data=field, files=files, headers=user.headers)
            assert answer.status_code == 400, answer.text
        for body in (b"", b"--b--\r\n", b"--b\r\nnonsense"):
            headers = user.headers | {"content-type": "multipart/form-data; boundary=b"}
            assert plain.post(path, content=body, headers=headers).json()["statusCode"] == "400"
        cut = b'--b\r\ncontent-disposition: form-data; name=""; filename="a"\r\ncontent-type: image/png\r\n\r\nhalf'
        assert plain.post(path, content=cut, headers=headers).status_code == 400
    assert user.storage.from_(bucket).exists(user.path("header.png")) is False


def test_raw_body_with_metadata(settings: Settings, bucket: str, user: User) -> None:
    told = {"x-metadata": base64.b64encode(json.dumps({"a": [1]}).encode()).decode(), "cache-control": "max-age=7"}
    with http(settings) as plain:
        path = f"/object/{bucket}/{user.path('raw.txt')}"
        answer = plain.post(path, content=b"raw", headers=user.headers | told | {"content-type": "text/plain"})
        assert answer.json()["Key"] == f"{bucket}/{user.path('raw.txt')}"
        got = plain.get(path, headers=user.headers)
    assert (got.content, got.headers["cache-control"]) == (b"raw", "max-age=7")
    assert user.storage.from_(bucket).info(user.path("raw.txt"))["metadata"] == {"a": [1]}


CLIMBING = [
    "../settings.json",
    "a/../../b",
    "./a",
    "a/..",
    "%2e%2e/a",
    "%2e%2e%2fa",
    "..%2f..%2fsettings.json",
    "%252e%252e%252fa",
    "..%5c..%5ca",
    "a%00b",
    "a%0ab",
    "sn%C3%B6",
    "a%25b",
    "a" * 1100,
]


@pytest.mark.parametrize("path", CLIMBING)
def test_names_that_climb(settings: Settings, bucket: str, user: User, path: str) -> None:
    """Neither through the gateway nor straight at the server; nothing is written, nothing comes back."""
    for base in (f"{settings.api_url}/storage/v1", settings.url("storage")):
        for method in ("POST", "PUT", "GET", "DELETE"):
            for prefix in ("/object", "/object/upload/sign", "/object/sign", "/object/authenticated", "/object/public"):
                body = b'{"expiresIn": 60}' if prefix.endswith("sign") else b"x"
                content = body if method in ("POST", "PUT") else None
                headers = user.headers | {"content-type": "text/plain"}
                status, answer = to_the_letter(base, method, f"{prefix}/{bucket}/{user.id}/{path}", headers, content)
                assert status in (400, 404, 405), (base, method, prefix, answer)
    for call in ("move", "copy"):
        body_json = {"bucketId": bucket, "sourceKey": user.path(), "destinationKey": f"{user.id}/../x"}
        refused = httpx.post(f"{settings.url('storage')}/object/{call}", json=body_json, headers=user.headers)
        assert refused.json()["error"] == "InvalidKey"
    assert [name for name, _ in rows(settings, bucket) if user.id in name] == []


def test_nothing_outside_the_folder(settings: Settings, bucket: str, user: User) -> None:
    """A row written by other means, with a version that climbs or a link in its place, gives nothing."""
    files = user.storage.from_(bucket)
    files.upload(user.path(), b"mine", {"content-type": "text/plain"})
    with psycopg.connect(settings.dsn("supabase_admin"), autocommit=True) as connection:
        find = "select id::text, version from storage.objects where bucket_id = %s and name = %s"
        found = connection.execute(find, (bucket, user.path())).fetchone()
        assert found is not None
        object_id, version = found
        file = state_dir() / "storage" / "objects" / object_id / version
        assert file.read_bytes() == b"mine"
        change = "update storage.objects set version = %s where id = %s"
        for evil in ("../../../settings.json", "/etc/passwd", str(uuid.uuid4()), None):
            connection.execute(change, (evil, object_id))
            with pytest.raises(StorageApiError) as refused:
                files.download(user.path())
            assert refusal(refused.value) == ("404", "not_found")
        connection.execute(change, (version, object_id))
    file.unlink()
    file.symlink_to(state_dir() / "settings.json")
    with pytest.raises(StorageApiError):
        files.download(user.path())


@pytest.mark.parametrize(
    ("wanted", "status", "expected"),
    [
        ("bytes=0-3", 206, "0123"),
        ("bytes=4-", 206, "456789"),
        ("bytes=-2", 206, "89"),
        ("bytes=-100", 206, "0123456789"),
        ("bytes=9-100", 206, "9"),
        ("bytes=0-0", 206, "0"),
        ("bytes=10-", 416, None),
        ("bytes=5-4", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=-", 416, None),
        ("bytes=0-1,4-5", 416, None),
        ("lines=0-1", 416, None),
    ],
)
def test_ranges(settings: Settings, bucket: str, user: User, wanted: str, status: int, expected: str | None) -> None:
    user.storage.from_(bucket).upload(user.path(), b"0123456789", {"content-type": "text/plain"})
    with http(settings) as plain:
        path = f"/object/{bucket}/{user.path()}"
        answer = plain.get(path, headers=user.headers | {"range": wanted})
        assert answer.status_code == status
        if expected is None:
            assert answer.json()["error"] == "invalid_range"
        else:
            assert answer.text == expected
            assert answer.headers["content-range"].endswith("/10")
            head = plain.head(path, headers=user.headers)
            assert (head.status_code, head.headers["content-length"]) == (200, "10")
            old = user.headers | {"range": wanted, "if-range": '"other"'}
            assert plain.get(path, headers=old).text == "0123456789"


def test_conditions(settings: Settings, bucket: str, user: User) -> None:
    user.storage.from_(bucket).upload(user.path(), b"x", {"content-type": "text/plain"})
    with http(settings) as plain:
        path = f"/object/authenticated/{bucket}/{user.path()}"
        first = plain.get(path, headers=user.headers)
        again = plain.get(path, headers=user.headers | {"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        since = user.headers | {"if-modified-since": first.headers["last-modified"]}
        assert plain.get(path, headers=since).status_code == 304
        assert plain.get(path, headers=user.headers | {"if-none-match": '"other"'}).status_code == 200
        named = plain.get(path, params={"download": 'a"\r\nb.txt'}, headers=user.headers)
        assert named.headers["content-disposition"].startswith("attachment; filename=a%22%0D%0Ab.txt;")


def test_signatures(settings: Settings, bucket: str, user: User) -> None:
    files = user.storage.from_(bucket)
    for name in ("a.txt", "b.txt"):
        files.upload(user.path(name), name.encode(), {"content-type": "text/plain"})
    url = files.create_signed_url(user.path("a.txt"), 60)["signedUrl"] or ""
    token = url.split("token=")[1]
    upload = files.create_signed_upload_url(user.path("c.txt"))["token"]
    claims = jwt.decode(token, options={"verify_signature": False})
    now = int(time.time())
    secret = settings.jwt_secret
    wrong = {
        "tampered": token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB"),
        "expired": jwt.encode(claims | {"exp": now - 1}, secret, algorithm="HS256"),
        "endless": jwt.encode({k: v for k, v in claims.items() if k != "exp"}, secret, algorithm="HS256"),
        "other key": jwt.encode(claims, "x" * 40, algorithm="HS256"),
        "unsigned": jwt.encode(claims, "", algorithm="none"),
        "for uploads": upload,
        "a session": user.token,
    }
    with http(settings) as plain:
        path = f"/object/sign/{bucket}/{quote(user.path('a.txt'))}"
        assert plain.get(path, params={"token": token}).text == "a.txt"
        for why, bad in wrong.items():
            answer = plain.get(path, params={"token": bad})
            assert (answer.status_code, answer.json()["statusCode"]) == (400, "400"), why
        assert plain.get(path).status_code == 400
        other = plain.get(f"/object/sign/{bucket}/{user.path('b.txt')}", params={"token": token})
        assert other.json()["error"] == "InvalidSignature"
        for bad in (token, wrong["tampered"]):
            answer = plain.put(
                f"/object/upload/sign/{bucket}/{user.path('a.txt')}", params={"token": bad}, content=b"x"
            )
            assert answer.status_code == 400
        for seconds in (0, -5, "soon", None):
            body = {"expiresIn": seconds}
            assert plain.post(path, json=body, headers=user.headers).json()["error"] == "InvalidRequest"
    assert files.download(user.path("a.txt")) == b"a.txt"
