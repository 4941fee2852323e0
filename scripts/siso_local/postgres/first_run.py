"""What a new cluster gets before any migration: roles, extensions, schemas of Auth, Storage and Realtime, guards."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from siso_local.postgres.binaries import ClusterError

_PARTS = Path(__file__).resolve().parents[1]
FILES = (
    _PARTS / "postgres/bootstrap/10_roles.sql",
    _PARTS / "postgres/bootstrap/20_extensions.sql",
    _PARTS / "auth/schema.sql",
    _PARTS / "storage/schema.sql",
    _PARTS / "realtime/schema.sql",
    _PARTS / "postgres/bootstrap/90_guards.sql",
)

_log = logging.getLogger(__name__)


def run(connection: psycopg.Connection, passwords: Mapping[str, str]) -> None:
    """Sets the cluster up unless that was done. All in one transaction, which the caller commits.

    The mark that says "done" is the comment on the role `supabase_admin`; it holds a checksum of the files.
    """
    texts = [path.read_text() for path in FILES]
    mark = "bootstrap " + hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    row = connection.execute(
        "select shobj_description(oid, 'pg_authid') from pg_roles where rolname = 'supabase_admin'"
    ).fetchone()
    if row is not None and row[0] is not None:
        if row[0] != mark:
            _log.warning("This database was set up by other bootstrap files; ./scripts/reset makes a new one.")
        return
    connection.execute("set local statement_timeout = 0")
    connection.execute("set local client_min_messages = warning")
    for path, text in zip(FILES, texts, strict=True):
        try:
            connection.execute(text.encode())
        except psycopg.Error as error:
            raise ClusterError(f"{path.relative_to(_PARTS)}: {error}") from error
        connection.execute("reset role")
        connection.execute("reset search_path")
    for role, password in passwords.items():
        connection.execute(
            sql.SQL("alter role {} login password {}").format(sql.Identifier(role), sql.Literal(password))
        )
    connection.execute(sql.SQL("comment on role supabase_admin is {}").format(sql.Literal(mark)))
