"""Wiring of the documents worker."""

from __future__ import annotations

from fastapi import FastAPI

from workers.core.app import create_app
from workers.core.database import Database
from workers.core.jobs import Handler
from workers.core.settings import WorkerSettings
from workers.documents.adapters import Storage
from workers.documents.statements import Statements


class Settings(WorkerSettings):
    # Rendering is work for the processor: few at a time, with room before the lease ends.
    max_jobs: int = 4
    lease_seconds: int = 300


def build(settings: Settings) -> FastAPI:
    database = Database(settings)
    storage = Storage(settings)
    statements = Statements(database, storage)
    handlers: dict[str, Handler] = {
        "statement.month": statements.enqueue_month,
        "statement.make": statements.make,
    }
    return create_app("documents", settings, database, handlers, storage.close)
