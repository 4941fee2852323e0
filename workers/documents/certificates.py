"""Certificates: each is rendered once and kept."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

from workers.core.database import Database
from workers.core.jobs import DeadJobError, Job
from workers.documents.adapters import Storage
from workers.documents.certificate_pdf import certificate_pdf

BUCKET = "certificates"


class Certificates:
    def __init__(self, database: Database, storage: Storage) -> None:
        self._database = database
        self._storage = storage

    async def make(self, job: Job) -> None:
        certificate = job.payload["certificate_id"]
        facts: dict[str, Any] | None = await self._database.call("certificate_facts", certificate=certificate)
        if facts is None:
            raise DeadJobError(f"there is no certificate {certificate}")
        if facts["path"] is not None:
            return
        content = await asyncio.to_thread(certificate_pdf, facts)
        digest = hashlib.sha256(content).hexdigest()
        path = f"{facts['partner_id']}/{facts['number']}-{digest[:16]}.pdf"
        await self._storage.add(BUCKET, path, content, "application/pdf")
        await self._database.call(
            "record_certificate_file", certificate=certificate, path=path, sha256=digest, bytes=len(content)
        )
