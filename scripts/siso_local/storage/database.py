"""The connection to Postgres and the scopes in which statements run.

A scope is one transaction with the caller's role, claims and the name of the operation set, as on hosted, so that the
policies on the storage tables decide. ``SERVICE`` is the server's own scope: it is used where hosted uses it, for
questions that have nothing to do with the caller (does the bucket exist, what are its limits) and after the caller's
right has been checked.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from starlette.requests import Request

from siso_local.settings import Settings
from siso_local.storage import errors
from siso_local.tokens import InvalidTokenError, verify

Row = dict[str, Any]
Connection = psycopg.AsyncConnection[Row]
_PRIVATE_HEADERS = {"authorization", "apikey", "cookie"}
_ENTER_SCOPE = """
    select set_config('role', %(role)s, true),
        set_config('request.jwt.claim.role', %(role)s, true),
        set_config('request.jwt.claim.sub', %(sub)s, true),
        set_config('request.jwt.claims', %(claims)s, true),
        set_config('request.headers', %(headers)s, true),
        set_config('request.method', %(method)s, true),
        set_config('request.path', %(path)s, true),
        set_config('storage.operation', %(operation)s, true),
        set_config('storage.allow_delete_query', 'true', true)
"""


@dataclass(frozen=True)
class Caller:
    """Whom a request speaks for. ``authenticated`` is false when it came without a believable token."""

    role: str
    claims: Mapping[str, Any] = field(default_factory=dict)
    authenticated: bool = True

    @property
    def owner(self) -> str | None:
        sub = self.claims.get("sub")
        return sub if isinstance(sub, str) and sub else None


ANONYMOUS = Caller("anon", {"role": "anon"}, authenticated=False)
SERVICE = Caller("service_role", {"role": "service_role"})


def caller_of(request: Request, settings: Settings, required: bool = True) -> Caller:
    """The caller by the bearer token. Without ``required`` a missing or wrong token makes an anonymous caller."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        if required:
            raise errors.StorageError(400, "InvalidRequest", "headers must have required property 'authorization'")
        return ANONYMOUS
    try:
        claims = verify(token.strip(), settings)
    except InvalidTokenError as error:
        if required:
            raise errors.access_denied(str(error)) from error
        return ANONYMOUS
    role = claims.get("role")
    return Caller(role if isinstance(role, str) and role else "anon", claims)


class Database:
    """A small pool as ``supabase_storage_admin``; it outlives a restart of Postgres."""

    def __init__(self, dsn: str) -> None:
        self.pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            dsn,
            connection_class=psycopg.AsyncConnection[Row],
            min_size=1,
            max_size=10,
            timeout=5,
            open=False,
            check=AsyncConnectionPool.check_connection,
            kwargs={"row_factory": dict_row, "application_name": "storage"},
        )

    async def open(self) -> None:
        await self.pool.open(wait=False)

    async def close(self) -> None:
        await self.pool.close(timeout=1)

    @asynccontextmanager
    async def scope(
        self, caller: Caller, operation: str, request: Request | None = None, undo: bool = False
    ) -> AsyncIterator[Connection]:
        """One transaction as ``caller``; ``undo`` rolls it back at its end (to try a right out).

        Database errors leave as ``StorageError``.
        """
        headers = {k: v for k, v in request.headers.items() if k not in _PRIVATE_HEADERS} if request else {}
        parameters = {
            "role": caller.role,
            "sub": caller.owner or "",
            "claims": json.dumps(dict(caller.claims)),
            "headers": json.dumps(headers),
            "method": request.method if request else "",
            "path": request.url.path.replace("\x00", "") if request else "",
            "operation": operation,
        }
        try:
            async with self.pool.connection() as connection, connection.transaction(force_rollback=undo):
                await connection.execute(_ENTER_SCOPE, parameters)
                yield connection
        except PoolTimeout as error:
            raise errors.database_unavailable() from error
        except psycopg.Error as error:
            raise errors.from_postgres(error) from error

    async def is_ready(self) -> bool:
        try:
            async with self.scope(SERVICE, "health") as connection:
                await connection.execute("select 1 from storage.buckets limit 1")
        except errors.StorageError:
            return False
        return True


async def one(connection: Connection, sql: str, *values: Any) -> Row | None:
    """The first row of a query, or None."""
    return await (await connection.execute(sql, values)).fetchone()


async def rows(connection: Connection, sql: str, *values: Any) -> list[Row]:
    """All rows of a query."""
    return await (await connection.execute(sql, values)).fetchall()


async def find_bucket(database: Database, bucket: str, operation: str) -> Row:
    """The bucket's own row, whoever asks. Raises "Bucket not found"."""
    async with database.scope(SERVICE, operation) as connection:
        found = await one(connection, "select * from storage.buckets where id = %s", bucket)
    if found is None:
        raise errors.no_such_bucket()
    return found
