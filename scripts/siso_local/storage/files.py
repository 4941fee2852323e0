"""Files on disk: ``<state>/storage/objects/<object id>/<version>``, written first to ``<state>/storage/incoming``.

Both names are UUIDs that this server made, and both are checked again before they become a path, because a row may have
been written by somebody else's SQL. An upload becomes visible by one rename inside the transaction that writes its row,
so a row never lacks its file; what a kill leaves behind (a started upload, a file whose row was not committed or is
gone) is swept away at the next start.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import stat
import time
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from siso_local.storage import errors

CHUNK = 256 * 1024


def _is_uuid(value: object) -> bool:
    try:
        return isinstance(value, str) and str(uuid.UUID(value)) == value
    except ValueError:
        return False


class Incoming:
    """A file that is being written. Leaving the ``with`` block deletes it unless it was kept."""

    def __init__(self, path: Path, limit: int) -> None:
        self.path = path
        self.limit = limit
        self.size = 0
        self._digest = hashlib.md5(usedforsecurity=False)  # hosted's ETag of a plain upload
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        self._file: BinaryIO = os.fdopen(os.open(path, flags, 0o600), "wb")

    def write(self, data: bytes) -> None:
        """Appends, and raises "too large" before a byte above the limit is written."""
        self.size += len(data)
        if self.size > self.limit:
            raise errors.too_large()
        self._digest.update(data)
        self._file.write(data)

    def finish(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    @property
    def etag(self) -> str:
        return f'"{self._digest.hexdigest()}"'

    def __enter__(self) -> Incoming:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)


class Files:
    """The folder that everything is served from, and nothing else."""

    def __init__(self, root: Path) -> None:
        self.objects = root / "objects"
        self.incoming = root / "incoming"
        for folder in (self.objects, self.incoming):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def receive(self, limit: int) -> Incoming:
        return Incoming(self.incoming / uuid.uuid4().hex, limit)

    def path(self, object_id: object, version: object) -> Path:
        if not _is_uuid(str(object_id)) or not _is_uuid(version):
            raise errors.no_such_key()
        return self.objects / str(object_id) / str(version)

    def keep(self, incoming: Incoming, object_id: object, version: str) -> None:
        """Gives a finished upload its place; call it inside the transaction that writes its row."""
        target = self.path(object_id, version)
        target.parent.mkdir(exist_ok=True, mode=0o700)
        incoming.path.rename(target)
        for folder in (target.parent, self.objects):
            descriptor = os.open(folder, os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)

    def open(self, object_id: object, version: object) -> tuple[BinaryIO, int]:
        """The file and its size in bytes. Raises "Object not found"; a link or a folder counts as nothing."""
        try:
            descriptor = os.open(self.path(object_id, version), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as error:
            raise errors.no_such_key() from error
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            os.close(descriptor)
            raise errors.no_such_key()
        return os.fdopen(descriptor, "rb"), facts.st_size

    def copy_into(self, incoming: Incoming, object_id: object, version: object) -> None:
        source, _ = self.open(object_id, version)
        with source:
            while chunk := source.read(CHUNK):
                incoming.write(chunk)
        incoming.finish()

    def remove(self, gone: Iterable[tuple[object, object]]) -> None:
        """Deletes the files of removed or replaced objects; a missing one is no error."""
        for object_id, version in gone:
            try:
                path = self.path(object_id, version)
            except errors.StorageError:
                continue
            path.unlink(missing_ok=True)
            try:
                path.parent.rmdir()
            except OSError:
                continue  # a newer version lives there

    def leftovers(self, before: float) -> list[Path]:
        """Candidates for the sweep: started uploads and object files last written before ``before`` (Unix time)."""
        found = []
        for path in [*self.incoming.iterdir(), *self.objects.glob("*/*")]:
            try:
                if path.lstat().st_mtime < before:
                    found.append(path)
            except FileNotFoundError:
                continue
        return found

    async def sweep(self, known: Iterable[tuple[str, str | None]], candidates: list[Path]) -> int:
        """Deletes every candidate that no row names. Returns how many."""
        kept = {(object_id, version) for object_id, version in known}
        gone = [path for path in candidates if (path.parent.name, path.name) not in kept]

        def delete() -> None:
            for path in gone:
                path.unlink(missing_ok=True)
                if path.parent != self.incoming and not any(path.parent.iterdir()):
                    path.parent.rmdir()

        await asyncio.to_thread(delete)
        return len(gone)


def started_at() -> float:
    """Unix time, a little early: what is written from now on must not look older than this process."""
    return time.time() - 1
