"""Wiring of the documents worker."""

from __future__ import annotations

from fastapi import FastAPI

from workers.core.app import create_app
from workers.core.database import Database
from workers.core.jobs import Handler
from workers.core.settings import WorkerSettings
from workers.documents.adapters import Storage
from workers.documents.certificates import Certificates
from workers.documents.exports import Exports
from workers.documents.statements import Statements


class Settings(WorkerSettings):
    # Rendering is work for the processor: few at a time, with room before the lease ends.
    max_jobs: int = 4
    lease_seconds: int = 300


def build(settings: Settings) -> FastAPI:
    database = Database(settings)
    storage = Storage(settings)
    statements = Statements(database, storage)
    certificates = Certificates(database, storage)
    exports = Exports(database, storage)
    handlers: dict[str, Handler] = {
        "statement.month": statements.enqueue_month,
        "statement.make": statements.make,
        "certificate.make": certificates.make,
        "export.make": exports.make,
        "finance.export": exports.make_books,
        "export.expire": exports.expire,
    }
    return create_app("documents", settings, database, handlers, storage.close)
