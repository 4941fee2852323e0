"""Who may do what in Storage: every verb with and without its policy, other people's folders, the service."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import psycopg
import pytest
from storage3 import SyncBucket, SyncStorageClient
from storage3.exceptions import StorageApiError

from siso_local.settings import Settings
from tests.platform.storage_support import (
    ACTIONS,
    OWN_FOLDER,
    User,
    client,
    http,
    new_bucket,
    policies,
    refusal,
    rows,
    service,
)

RLS = "new row violates row-level security policy"


@pytest.fixture(scope="module")
def bucket(settings: Settings) -> Iterator[str]:
    with new_bucket(settings) as name, policies(settings, name, dict.fromkeys(ACTIONS, OWN_FOLDER)):
        yield name


def test_without_policies_nothing_goes(settings: Settings) -> None:
    with new_bucket(settings) as name:
        service(settings).from_(name).upload("a.txt", b"secret")
        for storage in (client(settings).storage, User(settings).storage):
            files = storage.from_(name)
            upload_calls: list[Callable[[], Any]] = [
                partial(files.upload, "b.txt", b"x"),
                partial(files.upload, "a.txt", b"x", {"x-upsert": "true"}),
                partial(files.update, "a.txt", b"x"),
                partial(files.create_signed_upload_url, "b.txt"),
            ]
            for call in upload_calls:
                with pytest.raises(StorageApiError) as refused:
                    call()
                assert refusal(refused.value) == ("403", "Unauthorized")
                assert refused.value.message == RLS
            unseen: list[Callable[[], Any]] = [
                partial(files.download, "a.txt"),
                partial(files.info, "a.txt"),
                partial(files.create_signed_url, "a.txt", 60),
                partial(files.move, "a.txt", "b.txt"),
                partial(files.copy, "a.txt", "b.txt"),
            ]
            for call in unseen:
                with pytest.raises(StorageApiError) as refused:
                    call()
                assert refusal(refused.value) == ("404", "not_found")
            assert files.list() == []
            assert files.list_v2().objects == []
            assert files.remove(["a.txt"]) == []
            assert files.create_signed_urls(["a.txt"], 60)[0]["signedUrl"] is None
            assert storage.list_buckets() == []
            with pytest.raises(StorageApiError):
                storage.create_bucket(f"test-{uuid.uuid4().hex[:12]}")
            for change in (storage.get_bucket, storage.empty_bucket, storage.delete_bucket):
                with pytest.raises(StorageApiError):
                    change(name)
            with pytest.raises(StorageApiError):
                storage.update_bucket(name, {"public": True})
        assert service(settings).from_(name).download("a.txt") == b"secret"
        assert service(settings).get_bucket(name).public is False


def test_other_peoples_folders(settings: Settings, bucket: str) -> None:
    owner, other = User(settings), User(settings)
    owner.storage.from_(bucket).upload(owner.path(), b"mine")
    other.storage.from_(bucket).upload(other.path(), b"theirs")
    files = other.storage.from_(bucket)
    forbidden: list[Callable[[], Any]] = [
        lambda: files.upload(owner.path("b.txt"), b"x"),
        lambda: files.upload(owner.path(), b"x", {"x-upsert": "true"}),
        lambda: files.update(owner.path(), b"x"),
        lambda: files.move(other.path(), owner.path("b.txt")),
        lambda: files.copy(other.path(), owner.path("b.txt")),
        lambda: files.create_signed_upload_url(owner.path("b.txt")),
        lambda: files.upload(f"{other.id}x/b.txt", b"x"),
        lambda: files.upload("b.txt", b"x"),
    ]
    for call in forbidden:
        with pytest.raises(StorageApiError) as refused:
            call()
        assert refusal(refused.value) == ("403", "Unauthorized")
    for read in (files.download, files.info):
        with pytest.raises(StorageApiError) as refused:
            read(owner.path())
        assert refusal(refused.value) == ("404", "not_found")
    assert files.remove([owner.path()]) == []
    assert files.list(owner.id) == []
    assert owner.storage.from_(bucket).download(owner.path()) == b"mine"
    assert owner.path("b.txt") not in [name for name, _ in rows(settings, bucket)]
    assert [entry["name"] for entry in files.list()] == [other.id]


@pytest.mark.parametrize(
    ("given", "upload", "upsert"),
    [
        (("insert",), True, False),
        (("insert", "select"), True, False),
        (("insert", "update"), True, False),
        (("insert", "select", "update"), True, True),
        (("select", "update"), False, False),
    ],
)
def test_what_an_upsert_needs(settings: Settings, given: tuple[str, ...], upload: bool, upsert: bool) -> None:
    with new_bucket(settings) as name, policies(settings, name, dict.fromkeys(given, OWN_FOLDER)):
        user = User(settings)
        files = user.storage.from_(name)
        service(settings).from_(name).upload(user.path("old.txt"), b"old")
        assert _works(lambda: files.upload(user.path("new.txt"), b"new")) is upload
        assert _works(lambda: files.upload(user.path("old.txt"), b"new", {"x-upsert": "true"})) is upsert
        expected = b"new" if upsert else b"old"
        assert service(settings).from_(name).download(user.path("old.txt")) == expected


def _works(call: Callable[[], Any]) -> bool:
    try:
        call()
    except StorageApiError as error:
        assert refusal(error) == ("403", "Unauthorized")
        return False
    return True


def test_delete_one_says_why(settings: Settings) -> None:
    rules = dict.fromkeys(("select", "insert"), OWN_FOLDER)
    with new_bucket(settings) as name, policies(settings, name, rules), http(settings) as plain:
        user = User(settings)
        user.storage.from_(name).upload(user.path(), b"kept")
        denied = plain.delete(f"/object/{name}/{user.path()}", headers=user.headers).json()
        assert (denied["statusCode"], denied["error"]) == ("403", "Unauthorized")
        absent = plain.delete(f"/object/{name}/{user.path('absent')}", headers=user.headers).json()
        assert (absent["statusCode"], absent["error"]) == ("404", "not_found")
        assert user.storage.from_(name).download(user.path()) == b"kept"


def test_policies_see_operation_claims_and_metadata(settings: Settings) -> None:
    """Policies may rely on the operation, on claims beyond ``sub`` and on the announced type."""
    rules = {
        "insert": "(auth.jwt() ->> 'tier') = 'gold' and metadata ->> 'mimetype' = 'image/png'",
        "select": "storage.allow_any_operation(array['object.list', 'storage.object.info_public'])",
    }
    with new_bucket(settings) as name, policies(settings, name, rules):
        gold = client(settings, settings.mint("authenticated", sub="partner_1", tier="gold")).storage.from_(name)
        plain = User(settings).storage.from_(name)
        gold.upload("a.png", b"x", {"content-type": "image/png"})
        assert not _works(lambda: gold.upload("b.png", b"x", {"content-type": "image/gif"}))
        assert not _works(lambda: plain.upload("b.png", b"x", {"content-type": "image/png"}))
        assert [entry["name"] for entry in gold.list()] == ["a.png"]
        with pytest.raises(StorageApiError):
            gold.download("a.png")
        with psycopg.connect(settings.dsn("supabase_admin")) as connection:
            query = "select owner, owner_id from storage.objects where bucket_id = %s"
            assert connection.execute(query, (name,)).fetchone() == (None, "partner_1")


def test_tokens(settings: Settings, bucket: str) -> None:
    user = User(settings)
    user.storage.from_(bucket).upload(user.path(), b"mine")
    expired = settings.mint("authenticated", seconds=-60, sub=user.id)
    tampered = user.token[:-4] + ("AAAA" if user.token[-4:] != "AAAA" else "BBBB")
    powerful = settings.mint("postgres", sub=user.id)
    signed = user.storage.from_(bucket).create_signed_url(user.path(), 60)["signedUrl"] or ""
    for token in (expired, tampered, powerful, signed.split("token=")[1], "nonsense"):
        files = client(settings, token).storage.from_(bucket)
        calls: tuple[Callable[[], Any], ...] = (
            partial(files.upload, user.path("b"), b"x"),
            partial(files.list, user.id),
        )
        for call in calls:
            try:
                assert call() == []  # a token without a role is anon and sees nothing
            except StorageApiError as error:
                assert refusal(error) == ("403", "Unauthorized")
        with pytest.raises(StorageApiError):
            files.download(user.path())
    with http(settings) as plain:
        assert plain.get(f"/object/{bucket}/{user.path()}").status_code in (400, 401)


def _read(storage: SyncStorageClient, bucket: str) -> SyncBucket:
    return storage.get_bucket(bucket)


def test_service_role_bypasses_policies(settings: Settings) -> None:
    with new_bucket(settings) as name:
        for storage in (service(settings), client(settings, settings.mint("service_role")).storage):
            files = storage.from_(name)
            files.upload("a.txt", io.BytesIO(b"x").read())
            assert files.download("a.txt") == b"x"
            assert len(files.remove(["a.txt"])) == 1
            assert _read(storage, name).id == name


def test_rows_are_not_deleted_behind_the_servers_back(settings: Settings, bucket: str) -> None:
    with (
        psycopg.connect(settings.dsn("postgres")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="Use the Storage API instead"),
    ):
        connection.execute("delete from storage.objects where bucket_id = %s", (bucket,))
