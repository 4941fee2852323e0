"""Errors as hosted Storage answers them.

The body carries the real status in ``statusCode``, while HTTP says 400 for all but a few: the official clients read
the body, and so do applications written against hosted.
"""

from __future__ import annotations

import psycopg
from starlette.responses import JSONResponse


class StorageError(Exception):
    """One refusal: ``status`` for the body, ``code`` and ``error`` for programs, ``message`` for people.

    ``http`` is the status of the answer itself, 400 (or 500) unless told otherwise.
    """

    def __init__(self, status: int, code: str, message: str, error: str | None = None, http: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.error = error or code
        self.http = http or (500 if status == 500 else 400)

    def response(self) -> JSONResponse:
        body = {"statusCode": str(self.status), "error": self.error, "message": self.message, "code": self.code}
        return JSONResponse(body, status_code=self.http, headers={"cache-control": "no-store"})


def no_such_bucket() -> StorageError:
    return StorageError(404, "NoSuchBucket", "Bucket not found", "Bucket not found")


def no_such_key() -> StorageError:
    return StorageError(404, "NoSuchKey", "Object not found", "not_found")


def already_exists() -> StorageError:
    return StorageError(409, "ResourceAlreadyExists", "The resource already exists", "Duplicate")


def access_denied(message: str = "Access denied") -> StorageError:
    return StorageError(403, "AccessDenied", message, "Unauthorized")


def invalid_request(message: str) -> StorageError:
    return StorageError(400, "InvalidRequest", message)


def invalid_key(key: str) -> StorageError:
    shown = "".join(character if character.isprintable() else "?" for character in key[:200])
    return StorageError(400, "InvalidKey", f"Invalid key: {shown}")


def invalid_mime_type(mime_type: str) -> StorageError:
    shown = "".join(character if character.isprintable() else "?" for character in mime_type[:200])
    return StorageError(415, "InvalidMimeType", f"mime type {shown} is not supported", "invalid_mime_type")


def too_large(entity: str = "object") -> StorageError:
    return StorageError(413, "EntityTooLarge", f"The {entity} exceeded the maximum allowed size", "Payload too large")


def invalid_range() -> StorageError:
    return StorageError(416, "InvalidRange", "invalid range provided", "invalid_range", http=416)


def database_unavailable() -> StorageError:
    return StorageError(544, "DatabaseTimeout", "The connection to the database timed out", http=544)


def from_postgres(error: psycopg.Error) -> StorageError:
    """What the client may know of a database error; everything unexpected becomes a plain 500."""
    message = error.diag.message_primary or ""
    state = error.sqlstate or ""
    if state == "42501":
        rls = "row-level security" in message
        return access_denied("new row violates row-level security policy" if rls else message)
    if state == "23505":
        return already_exists()
    if state == "23503":
        return StorageError(404, "InvalidRequest", "The related resource does not exist")
    if isinstance(error, psycopg.DataError):
        return StorageError(400, "InvalidParameter", message or "Invalid value")
    if state in ("55P03", "40P01"):
        return StorageError(423, "ResourceLocked", "The resource is locked")
    if state == "57014" or not state or state.startswith(("08", "57P")):
        return database_unavailable()
    return StorageError(500, "DatabaseError", f"database error, code: {state}")
