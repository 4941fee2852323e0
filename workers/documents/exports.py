"""Exports: a partner's own data, and the books for finance. Begun anew after a crash, over what was left there."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from workers.core import logs
from workers.core.database import Database
from workers.core.jobs import DeadJobError, Job
from workers.documents.adapters import Storage
from workers.documents.archive import Page, add_table, digest_of, write_books

_log = logs.get("exports")
BUCKET = "exports"
README = """\
Your data at SISO Partnerships, as of {requested_at}.

Each table that holds your id is here twice: as JSON, and as CSV for spreadsheets. Amounts are whole minor units
(cents), rates basis points (2000 is 20 %), times UTC. In CSV files an apostrophe stands before text that a spreadsheet
would take for a formula. manifest.json says how many rows each table has, and which tables were left out and why.
"""


class Exports:
    def __init__(self, database: Database, storage: Storage, page: int = 1000) -> None:
        self._database = database
        self._storage = storage
        self._page = page

    async def make(self, job: Job) -> None:
        """A zip file with every table of the partner's own data."""
        export = job.payload["export_id"]
        asked: dict[str, Any] | None = await self._database.call("begin_export", export=export)
        if asked is None:
            raise DeadJobError(f"there is no export {export}")
        if asked["status"] != "waiting":
            return
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "export.zip"
            counts: dict[str, int] = {}
            with ZipFile(file, "w", ZIP_DEFLATED) as archive:
                for table in asked["tables"]:
                    counts[table] = await add_table(archive, table, self._pages(export, table))
                manifest = {
                    "export_id": asked["id"],
                    "partner_id": asked["partner_id"],
                    "requested_at": asked["requested_at"],
                    "rows": counts,
                    "left_out": asked["left_out"],
                }
                archive.writestr("manifest.json", json.dumps(manifest, indent=2, ensure_ascii=False))
                archive.writestr("README.txt", README.format(**asked))
            path = f"{asked['partner_id']}/{asked['id']}.zip"
            digest, size = await self._put(path, file)
        await self._database.call(
            "finish_export", export=export, path=path, sha256=digest, bytes=size, row_count=sum(counts.values())
        )
        _log.info("export made", export=export, rows=sum(counts.values()), bytes=size)

    async def _pages(self, export: str, table: str) -> AsyncIterator[Page]:
        after: Any = None
        while True:
            found = await self._database.call(
                "export_page", export=export, table_name=table, after=after, page=self._page
            )
            yield found["columns"], found["rows"]
            after = found["after"]
            if after is None:
                return

    async def make_books(self, job: Job) -> None:
        """A zip file with the ledger, the commission lines or the payouts of a period as CSV."""
        export = job.payload["export_id"]
        first: dict[str, Any] | None = await self._books_page(export, None)
        if first is None:
            return  # there is none, or it was made before
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "books.zip"
            name = f"{first['kind']}-{first['from']}-to-{first['to']}"
            count = await write_books(file, name, self._books(export, first))
            path = f"finance/{export}.zip"
            digest, size = await self._put(path, file)
        await self._database.call(
            "finish_finance_export", export=export, path=path, sha256=digest, bytes=size, row_count=count
        )
        _log.info("books exported", export=export, kind=first["kind"], rows=count, bytes=size)

    async def _books_page(self, export: str, after: Any) -> dict[str, Any] | None:
        found: dict[str, Any] | None = await self._database.call(
            "finance_export_page", export=export, after=after, page=self._page * 2
        )
        return found

    async def _books(self, export: str, first: dict[str, Any]) -> AsyncIterator[list[dict[str, Any]]]:
        found: dict[str, Any] | None = first
        while found is not None:
            yield found["rows"]
            if found["after"] is None:
                return
            found = await self._books_page(export, found["after"])

    async def _put(self, path: str, file: Path) -> tuple[str, int]:
        digest, size = await asyncio.to_thread(digest_of, file)
        # What a killed worker left there is of an earlier moment: the file that is recorded must be this one.
        await self._storage.remove(BUCKET, path)
        await self._storage.add(BUCKET, path, file, "application/zip")
        return digest, size

    async def expire(self, job: Job) -> None:
        """Removes the file of an export whose 24 hours are over."""
        export = job.payload["export_id"]
        path: str | None = await self._database.call("due_export", export=export)
        if path is not None:
            await self._storage.remove(BUCKET, path)
            await self._database.call("expire_export", export=export)
