"""What the Storage tests share: clients per caller, buckets and policies of their own, requests to the letter."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

import httpx
import psycopg
from psycopg import sql
from storage3 import SyncStorageClient
from storage3.exceptions import StorageApiError
from supabase import Client, ClientOptions, create_client

from siso_local.settings import Settings

OWN_FOLDER = "(storage.foldername(name))[1] = (select auth.jwt() ->> 'sub')"
ACTIONS = ("select", "insert", "update", "delete")


def client(settings: Settings, bearer: str | None = None, key: str | None = None) -> Client:
    """An official client: as anon, with a token as its bearer, or with another key."""
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    return create_client(settings.api_url, key or settings.publishable_key, ClientOptions(headers=headers))


def service(settings: Settings) -> SyncStorageClient:
    return client(settings, key=settings.secret_key).storage


class User:
    """Somebody signed in, with a folder of their own name."""

    def __init__(self, settings: Settings) -> None:
        self.id = str(uuid.uuid4())
        self.token = settings.mint("authenticated", sub=self.id, aud="authenticated")
        self.storage = client(settings, self.token).storage
        self.headers = {"apikey": settings.publishable_key, "authorization": f"Bearer {self.token}"}

    def path(self, name: str = "note.txt") -> str:
        return f"{self.id}/{name}"


@contextmanager
def policies(settings: Settings, bucket: str, rules: dict[str, str]) -> Iterator[None]:
    """Policies on one bucket for signed-in users, made as the project's owner and taken away again.

    ``rules`` gives a condition per action (select, insert, update, delete).
    """
    names = {action: f"{action} {bucket}" for action in rules}
    with psycopg.connect(settings.dsn("postgres"), autocommit=True) as connection:
        for action, condition in rules.items():
            kind = "with check" if action == "insert" else "using"
            statement = "create policy {} on storage.objects for " + action + " to authenticated " + kind
            text = sql.SQL(statement + " (bucket_id = {} and (" + condition + "))")
            connection.execute(text.format(sql.Identifier(names[action]), sql.Literal(bucket)))
    try:
        yield
    finally:
        with psycopg.connect(settings.dsn("postgres"), autocommit=True) as connection:
            for name in names.values():
                connection.execute(sql.SQL("drop policy {} on storage.objects").format(sql.Identifier(name)))


@contextmanager
def new_bucket(settings: Settings, **options: Any) -> Iterator[str]:
    """A bucket with a name of its own, emptied and deleted afterwards."""
    storage = service(settings)
    name = f"test-{uuid.uuid4().hex[:12]}"
    storage.create_bucket(name, options=options or None)  # type: ignore[arg-type]
    try:
        yield name
    finally:
        storage.empty_bucket(name)
        storage.delete_bucket(name)


def http(settings: Settings) -> httpx.Client:
    """A plain HTTP client at ``/storage/v1``, for what the official clients would tidy up."""
    return httpx.Client(base_url=f"{settings.api_url}/storage/v1", timeout=30)


def to_the_letter(base: str, method: str, path: str, headers: dict[str, str], body: bytes | None) -> tuple[int, bytes]:
    """Sends a path exactly as written, dots and all, which every tidy client would resolve first."""
    url = httpx.URL(base)
    connection = HTTPConnection(url.host, url.port or 80, timeout=30)
    try:
        connection.putrequest(method, url.path.rstrip("/") + path, skip_accept_encoding=True)
        for name, value in (headers | {"content-length": str(len(body or b""))}).items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def refusal(error: StorageApiError) -> tuple[str, str]:
    """Status and error name of a refusal, as the client gives them to the program."""
    return str(error.status), error.code


def rows(settings: Settings, bucket: str) -> list[tuple[str, str]]:
    """Names and versions that the database knows in a bucket."""
    with psycopg.connect(settings.dsn("supabase_admin")) as connection:
        query = "select name, version from storage.objects where bucket_id = %s order by name"
        return connection.execute(query, (bucket,)).fetchall()
