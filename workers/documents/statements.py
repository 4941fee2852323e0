"""Monthly statements: the database makes them, this renders and files them. Every step may be repeated."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import Any

from workers.core import logs
from workers.core.database import Database
from workers.core.jobs import DeadJobError, Job
from workers.documents.adapters import Storage
from workers.documents.domain import csv_lines, statement_rows
from workers.documents.statement_pdf import statement_pdf

_log = logs.get("statements")
BUCKET = "statements"
MIME_TYPES = {"json": "application/json", "pdf": "application/pdf", "csv": "text/csv"}


class Statements:
    def __init__(self, database: Database, storage: Storage) -> None:
        self._database = database
        self._storage = storage

    async def enqueue_month(self, job: Job) -> None:
        """One job per partner with accounts, page by page."""
        after: str | None = None
        while True:
            after = await self._database.call(
                "enqueue_statement_jobs", month=job.payload["month"], run=str(job.payload["run"]), after=after
            )
            if after is None:
                return

    async def make(self, job: Job) -> None:
        """All statements of one partner up to a month, each with its three files."""
        waiting: list[str] = await self._database.call(
            "make_statements", partner=job.payload["partner_id"], month=job.payload["month"]
        )
        for statement in waiting:
            await self._file(statement)

    async def _file(self, statement: str) -> None:
        told: dict[str, Any] | None = await self._database.call("statement_text", statement=statement)
        if told is None:
            raise DeadJobError(f"there is no statement {statement}")
        text = told["text"].encode()
        if hashlib.sha256(text).hexdigest() != told["sha256"]:
            raise DeadJobError(f"statement {statement} is not what its digest says")
        files = await asyncio.to_thread(render, text, told["name"], told["made_at"])
        for kind, content in files.items():
            if kind in told["files"]:
                continue
            digest = hashlib.sha256(content).hexdigest()
            # The name says what is in it: a file that a killed worker left there is either this one or another's.
            path = f"{told['partner_id']}/{told['month']}/{told['currency']}-{digest[:16]}.{kind}"
            await self._storage.add(BUCKET, path, content, MIME_TYPES[kind])
            await self._database.call(
                "record_statement_file", statement=statement, kind=kind, path=path, sha256=digest, bytes=len(content)
            )
        _log.info("statement filed", statement=statement, month=told["month"], currency=told["currency"])


def render(text: bytes, name: str, made_at: str) -> dict[str, bytes]:
    """The three files of a statement from its canonical text. ``name`` stands in the PDF alone."""
    content = json.loads(text)
    return {
        "json": text,
        "csv": b"".join(csv_lines(statement_rows(content))),
        "pdf": statement_pdf(content, name, hashlib.sha256(text).hexdigest(), made_at),
    }
