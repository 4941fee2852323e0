"""The Storage server, spoken to as this worker's own role: row-level security decides what it may put where."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import httpx

from workers.core.jobs import DeadJobError, RetryJobError
from workers.core.logs import request_id
from workers.core.settings import WorkerSettings

CHUNK_BYTES = 256 * 1024


async def _add_request_id(request: httpx.Request) -> None:
    current = request_id.get()
    if current:
        request.headers["x-request-id"] = current


async def _pieces(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            yield piece


class Storage:
    """Adds files and never replaces one."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._http = httpx.AsyncClient(
            base_url=f"{settings.supabase_url}/storage/v1",
            headers={
                "apikey": settings.supabase_publishable_key,
                "Authorization": f"Bearer {settings.worker_token.get_secret_value()}",
            },
            timeout=httpx.Timeout(60.0, connect=5.0),
            event_hooks={"request": [_add_request_id]},
        )

    async def add(self, bucket: str, path: str, content: bytes | Path, mime_type: str) -> None:
        """Puts a file there. One that lies there already is taken for ours if it has the same bytes.

        Raises ``RetryJobError`` where Storage does not take it, ``DeadJobError`` where another file is in the way.
        """
        size = len(content) if isinstance(content, bytes) else _size_of(content)
        headers = {"content-type": mime_type, "content-length": str(size), "cache-control": "max-age=60"}
        body = content if isinstance(content, bytes) else _pieces(content)
        try:
            answer = await self._http.post(f"/object/{bucket}/{quote(path)}", content=body, headers=headers)
        except httpx.HTTPError as error:
            raise RetryJobError(f"Storage did not take {bucket}/{path}: {type(error).__name__}") from error
        if answer.is_success:
            return
        if not _is_duplicate(answer):
            raise RetryJobError(f"Storage did not take {bucket}/{path}: {answer.status_code} {answer.text[:300]}")
        digest = hashlib.sha256(content) if isinstance(content, bytes) else _digest_of(content)
        if await self.digest(bucket, path) != digest.hexdigest():
            raise DeadJobError(f"another file lies at {bucket}/{path}")

    async def digest(self, bucket: str, path: str) -> str:
        """SHA-256 of a stored file, in hex."""
        digest = hashlib.sha256()
        try:
            async with self._http.stream("GET", f"/object/authenticated/{bucket}/{quote(path)}") as answer:
                if not answer.is_success:
                    raise RetryJobError(f"Storage does not give {bucket}/{path}: {answer.status_code}")
                async for piece in answer.aiter_bytes():
                    digest.update(piece)
        except httpx.HTTPError as error:
            raise RetryJobError(f"Storage does not give {bucket}/{path}: {type(error).__name__}") from error
        return digest.hexdigest()

    async def remove(self, bucket: str, path: str) -> None:
        """Deletes a file; one that is gone already is no error."""
        try:
            answer = await self._http.request("DELETE", f"/object/{bucket}", json={"prefixes": [path]})
        except httpx.HTTPError as error:
            raise RetryJobError(f"Storage did not remove {bucket}/{path}: {type(error).__name__}") from error
        if not answer.is_success:
            raise RetryJobError(f"Storage did not remove {bucket}/{path}: {answer.status_code}")

    async def close(self) -> None:
        await self._http.aclose()


def _is_duplicate(answer: httpx.Response) -> bool:
    """Storage says so with status 409, or with 400 and the real status in the body."""
    if answer.status_code == 409:
        return True
    try:
        return answer.status_code == 400 and str(answer.json().get("statusCode")) == "409"
    except ValueError:
        return False


def _size_of(path: Path) -> int:
    return path.stat().st_size


def _digest_of(path: Path) -> hashlib._Hash:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256")
