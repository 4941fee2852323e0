"""What the policies on ``realtime.messages`` allow, found out by trying it in the user's role and rolling back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import psycopg
from psycopg import errors
from psycopg_pool import PoolTimeout

from siso_local.realtime.access import Identity, RefusedError
from siso_local.realtime.database import Connection, Database
from siso_local.realtime.logs import log
from siso_local.realtime.messages import dump_json

_BECOME = """
    select
        set_config('role', %(role)s, true),
        set_config('realtime.topic', %(topic)s, true),
        set_config('request.jwt.claims', %(claims)s, true),
        set_config('request.jwt.claim.sub', %(sub)s, true),
        set_config('request.jwt.claim.role', %(role)s, true),
        set_config('request.headers', %(headers)s, true)
"""
_PROBE = "insert into realtime.messages (topic, extension) select %s, unnest(%s::text[]) returning id, inserted_at"
_VISIBLE = """
    select extension from realtime.messages
    where id = any(%s::uuid[]) and inserted_at = any(%s::timestamp[])
"""


class Authorisation:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def readable(
        self, identity: Identity, topic: str, extensions: Sequence[str], headers: dict[str, str]
    ) -> frozenset[str]:
        """Which of ``extensions`` the identity may read on a private topic. Raises ``RefusedError``."""
        async with self._rolled_back() as connection:
            # The probe rows are the server's own; whether the user's role can see them is the answer.
            cursor = await connection.execute(_PROBE, (topic, list(extensions)))
            rows = await cursor.fetchall()
            try:
                await self._become(connection, identity, topic, headers)
                cursor = await connection.execute(_VISIBLE, ([row[0] for row in rows], [row[1] for row in rows]))
                return frozenset(row[0] for row in await cursor.fetchall())
            except _POLICY_ERRORS as error:
                self._log_policy_error(topic, error)
                return frozenset()

    async def may_write(self, identity: Identity, topic: str, extension: str, headers: dict[str, str]) -> bool:
        """Whether the identity may send on a private topic. Raises ``RefusedError``."""
        async with self._rolled_back() as connection:
            try:
                await self._become(connection, identity, topic, headers)
                await connection.execute(
                    "insert into realtime.messages (topic, extension) values (%s, %s)", (topic, extension)
                )
            except errors.InsufficientPrivilege:
                return False
            except _POLICY_ERRORS as error:
                self._log_policy_error(topic, error)
                return False
            return True

    @staticmethod
    async def _become(connection: Connection, identity: Identity, topic: str, headers: dict[str, str]) -> None:
        await connection.execute(
            _BECOME,
            {
                "role": identity.role,
                "topic": topic,
                "claims": dump_json(identity.claims),
                "sub": str(identity.claims.get("sub") or ""),
                "headers": dump_json(headers),
            },
        )

    @asynccontextmanager
    async def _rolled_back(self) -> AsyncIterator[Connection]:
        try:
            async with (
                self._database.probes.connection() as connection,
                connection.transaction(force_rollback=True),
            ):
                yield connection
        except PoolTimeout as error:
            raise _unreachable() from error
        except errors.CheckViolation as error:  # 23514: no partition takes a row of today
            raise RefusedError(
                "MissingPartition", "Realtime was unable to find the expected messages partition"
            ) from error
        except errors.QueryCanceled as error:
            raise RefusedError("QueryCanceled", "Query was cancelled, please try again") from error
        except psycopg.OperationalError as error:
            raise _unreachable() from error
        except psycopg.Error as error:
            log("probe failed", "error", sqlstate=error.sqlstate)
            raise RefusedError(
                "UnableToSetPolicies", "Realtime was unable to connect to the project database"
            ) from error

    @staticmethod
    def _log_policy_error(topic: str, error: psycopg.Error) -> None:
        log("policy error", "warning", topic=topic, sqlstate=error.sqlstate, reason=str(error).splitlines()[0])


# What a policy, or a role that does not exist, can raise; the user learns only that it has no permission.
_POLICY_ERRORS = (errors.ProgrammingError, errors.DataError, errors.RaiseException, errors.InvalidParameterValue)


def _unreachable() -> RefusedError:
    return RefusedError("UnableToConnectToProject", "Realtime was unable to connect to the project database")
