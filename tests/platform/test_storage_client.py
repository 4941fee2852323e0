"""The whole round of the official Python client against Storage, as a signed-in user and as the service."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from storage3.exceptions import StorageApiError

from siso_local.settings import Settings
from tests.platform.storage_support import ACTIONS, OWN_FOLDER, User, client, new_bucket, policies, refusal, service


@pytest.fixture(scope="module")
def bucket(settings: Settings) -> Iterator[str]:
    with new_bucket(settings) as name, policies(settings, name, dict.fromkeys(ACTIONS, OWN_FOLDER)):
        yield name


@pytest.fixture
def user(settings: Settings) -> User:
    return User(settings)


def test_buckets(settings: Settings) -> None:
    storage = service(settings)
    name = f"test-{uuid.uuid4().hex[:12]}"
    limits: Any = {"public": True, "file_size_limit": "1KB", "allowed_mime_types": ["image/*"]}
    assert storage.create_bucket(name, options=limits) == {"name": name}
    with pytest.raises(StorageApiError) as twice:
        storage.create_bucket(name)
    assert refusal(twice.value) == ("409", "Duplicate")
    made = storage.get_bucket(name)
    assert (made.public, made.file_size_limit, made.allowed_mime_types) == (True, 1000, ["image/*"])
    assert name in [bucket.id for bucket in storage.list_buckets()]
    storage.update_bucket(name, {"public": False, "file_size_limit": 5})
    changed = storage.get_bucket(name)
    assert (changed.public, changed.file_size_limit, changed.allowed_mime_types) == (False, 5, ["image/*"])
    storage.from_(name).upload("a.png", b"12345", {"content-type": "image/png"})
    with pytest.raises(StorageApiError) as full:
        storage.delete_bucket(name)
    assert refusal(full.value) == ("409", "ResourceNotEmpty")
    storage.empty_bucket(name)
    storage.delete_bucket(name)
    with pytest.raises(StorageApiError) as gone:
        storage.get_bucket(name)
    assert refusal(gone.value) == ("404", "Bucket not found")


@pytest.mark.parametrize("bad", ["a/b", "x" * 101, " padded ", "sn\u00f6"])
def test_bucket_names(settings: Settings, bad: str) -> None:
    with pytest.raises(StorageApiError) as refused:
        service(settings).create_bucket(bad)
    assert refusal(refused.value) == ("400", "Invalid Input")


def test_upload_and_download(bucket: str, user: User, tmp_path: Path) -> None:
    files = user.storage.from_(bucket)
    options: Any = {"content-type": "text/plain", "cache-control": "60", "metadata": {"lead": "Client 17"}}
    answer = files.upload(user.path(), b"hello", options)
    assert (answer.path, answer.full_path) == (user.path(), f"{bucket}/{user.path()}")
    assert files.download(user.path()) == b"hello"
    info = files.info(user.path())
    assert info["size"] == 5
    assert info["content_type"] == "text/plain"
    assert info["cache_control"] == "max-age=60"
    assert info["metadata"] == {"lead": "Client 17"}
    assert info["name"] == user.path()
    assert files.exists(user.path()) is True
    assert files.exists(user.path("absent")) is False
    on_disk = tmp_path / "report.bin"
    on_disk.write_bytes(bytes(range(256)) * 4096)
    files.upload(user.path("report.bin"), on_disk)
    assert files.download(user.path("report.bin")) == on_disk.read_bytes()
    with on_disk.open("rb") as opened:
        files.upload(user.path("opened.bin"), opened)
    assert files.download(user.path("opened.bin")) == on_disk.read_bytes()
    files.upload(user.path("empty"), b"")
    assert files.download(user.path("empty")) == b""


def test_overwriting_needs_upsert(bucket: str, user: User) -> None:
    files = user.storage.from_(bucket)
    files.upload(user.path(), b"one")
    first = files.info(user.path())
    with pytest.raises(StorageApiError) as refused:
        files.upload(user.path(), b"two")
    assert refusal(refused.value) == ("409", "Duplicate")
    assert refused.value.message == "The resource already exists"
    assert files.download(user.path()) == b"one"
    files.upload(user.path(), b"two", {"x-upsert": "true"})
    assert files.download(user.path()) == b"two"
    files.update(user.path(), b"three")
    assert files.download(user.path()) == b"three"
    last = files.info(user.path())
    assert last["id"] == first["id"]
    assert last["version"] != first["version"]


def test_list(bucket: str, user: User) -> None:
    files = user.storage.from_(bucket)
    for name in ("b.txt", "A.txt", "c/one.txt", "c/deep/two.txt"):
        files.upload(user.path(name), name.encode())
    listed = files.list(user.id)
    assert [(entry["name"], entry["id"] is None) for entry in listed] == [
        ("A.txt", False),
        ("b.txt", False),
        ("c", True),
    ]
    assert listed[0]["metadata"]["size"] == 5
    assert [entry["name"] for entry in files.list(f"{user.id}/c")] == ["deep", "one.txt"]
    down: Any = {"sortBy": {"column": "name", "order": "desc"}}
    assert [entry["name"] for entry in files.list(user.id, down)] == ["c", "b.txt", "A.txt"]
    assert [entry["name"] for entry in files.list(user.id, {"limit": 1, "offset": 1})] == ["b.txt"]
    assert [entry["name"] for entry in files.list(user.id, {"search": "a"})] == ["A.txt"]
    newest: Any = {"sortBy": {"column": "created_at", "order": "desc"}}
    assert [entry["name"] for entry in files.list(user.id, newest)] == ["c", "A.txt", "b.txt"]
    assert files.list("nobody") == []


def test_list_by_cursor(bucket: str, user: User) -> None:
    files = user.storage.from_(bucket)
    for name in ("b.txt", "a.txt", "c/one.txt", "c/two.txt", "d.txt"):
        files.upload(user.path(name), b"x")
    for column in ("name", "created_at", "updated_at"):
        for order in ("asc", "desc"):
            seen: list[str] = []
            cursor = ""
            while True:
                options: Any = {
                    "prefix": f"{user.id}/",
                    "limit": 2,
                    "with_delimiter": True,
                    "sortBy": {"column": column, "order": order},
                }
                page = files.list_v2(options | ({"cursor": cursor} if cursor else {}))
                assert len(page.objects) + len(page.folders) <= 2
                seen += [entry.name for entry in page.objects] + [folder.name for folder in page.folders]
                if not page.hasNext:
                    break
                assert page.nextCursor
                cursor = page.nextCursor
            expected = [user.path(name) for name in ("a.txt", "b.txt", "c/", "d.txt")]
            assert sorted(seen) == expected, (column, order)
    assert len(files.list_v2({"prefix": user.id}).objects) == 5


def test_move_copy_remove(bucket: str, user: User) -> None:
    files = user.storage.from_(bucket)
    files.upload(user.path("a.txt"), b"content", {"content-type": "text/plain", "metadata": {"k": 1}})
    assert files.move(user.path("a.txt"), user.path("b.txt"))["message"] == "Successfully moved"
    assert files.exists(user.path("a.txt")) is False
    assert files.copy(user.path("b.txt"), user.path("sub/c.txt"))["Key"] == f"{bucket}/{user.path('sub/c.txt')}"
    assert files.download(user.path("b.txt")) == files.download(user.path("sub/c.txt")) == b"content"
    assert files.info(user.path("sub/c.txt"))["metadata"] == {"k": 1}
    for call in (files.move, files.copy):
        with pytest.raises(StorageApiError) as taken:
            call(user.path("b.txt"), user.path("sub/c.txt"))
        assert refusal(taken.value) == ("409", "Duplicate")
        with pytest.raises(StorageApiError) as absent:
            call(user.path("absent"), user.path("other"))
        assert refusal(absent.value) == ("404", "not_found")
    removed = files.remove([user.path("b.txt"), user.path("absent")])
    assert [entry["name"] for entry in removed] == [user.path("b.txt")]
    assert files.exists(user.path("b.txt")) is False
    assert files.download(user.path("sub/c.txt")) == b"content"


def test_signed_urls(bucket: str, user: User) -> None:
    files = user.storage.from_(bucket)
    name = user.path("my file (1).txt")
    files.upload(name, b"signed")
    url = files.create_signed_url(name, 60)["signedUrl"]
    assert url is not None
    answer = httpx.get(url)
    assert (answer.status_code, answer.content) == (200, b"signed")
    assert "expires" in answer.headers
    download = files.create_signed_url(name, 60, {"download": "n\u00e4me.txt"})["signedUrl"]
    assert download is not None
    assert httpx.get(download).headers["content-disposition"].startswith("attachment; filename=n%C3%A4me.txt;")
    many = files.create_signed_urls([name, user.path("absent")], 60)
    assert many[0]["error"] is None
    assert many[0]["signedUrl"] is not None
    assert httpx.get(many[0]["signedUrl"]).content == b"signed"
    assert many[1]["signedUrl"] is None
    assert "does not exist" in str(many[1]["error"])


def test_signed_upload(settings: Settings, bucket: str, user: User) -> None:
    files = user.storage.from_(bucket)
    signed = files.create_signed_upload_url(user.path("new.txt"))
    nobody = client(settings).storage.from_(bucket)
    answer = nobody.upload_to_signed_url(user.path("new.txt"), signed["token"], b"by url", {"content-type": "a/b"})
    assert answer.full_path == f"{bucket}/{user.path('new.txt')}"
    assert files.download(user.path("new.txt")) == b"by url"
    with pytest.raises(StorageApiError) as again:
        nobody.upload_to_signed_url(user.path("new.txt"), signed["token"], b"again")
    assert refusal(again.value) == ("409", "Duplicate")
    bare = httpx.put(signed["signed_url"].replace("new.txt", "other.txt"), content=b"x")
    assert bare.json()["error"] == "InvalidSignature"


def test_public_bucket(settings: Settings) -> None:
    with new_bucket(settings, public=True) as name:
        files = service(settings).from_(name)
        files.upload("logo.svg", io.BytesIO(b"<svg/>").read(), {"content-type": "image/svg+xml"})
        answer = httpx.get(files.get_public_url("logo.svg"))
        assert (answer.status_code, answer.content) == (200, b"<svg/>")
        assert answer.headers["content-type"] == "image/svg+xml"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
        assert httpx.get(files.get_public_url("logo.svg", {"download": True})).headers["content-disposition"]
        assert client(settings).storage.from_(name).download("logo.svg") == b"<svg/>"
        files.upload("page.html", b"<script>alert(1)</script>", {"content-type": "text/html"})
        assert httpx.get(files.get_public_url("page.html")).headers["content-type"] == "text/plain"
