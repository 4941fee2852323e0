"""What a database gets after the bootstrap: the project's migrations, and the values that only this machine knows."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from siso_local import toolchain
from siso_local.settings import ROOT, Settings, state_dir

SUPABASE = ROOT / "supabase"
READ_BY_PUSH = ("config.toml", "migrations", "seed.sql", "seeds", "content")
# The function that hosted's PostgREST is told to call before each request, where the migrations define it.
PRE_REQUEST = "private.check_request"


def api_settings() -> dict[str, Any]:
    """The section ``[api]`` of supabase/config.toml, which hosted gets by `supabase config push`."""
    with (SUPABASE / "config.toml").open("rb") as file:
        given: dict[str, Any] = tomllib.load(file).get("api", {})
    return {"schemas": ["public"], "extra_search_path": ["public", "extensions"], "max_rows": 1000} | given


def _stamp() -> Path:
    return state_dir() / "migrated"


def _digest() -> str:
    digest = hashlib.sha256()
    for name in READ_BY_PUSH:
        path = SUPABASE / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(str(file.relative_to(SUPABASE)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def has_migrations() -> bool:
    return any((SUPABASE / "migrations").glob("*.sql"))


def is_seeded() -> bool:
    return (state_dir() / "seeded").exists()


def is_migrated(demo: bool) -> bool:
    """Whether the CLI has brought this database to the present files already; saves asking it at every start."""
    try:
        return _stamp().read_text() == _digest() and (is_seeded() or not demo)
    except FileNotFoundError:
        return False


def note_migrated(demo: bool) -> None:
    _stamp().write_text(_digest())
    if demo:
        (state_dir() / "seeded").touch()


def push_arguments(settings: Settings, demo: bool) -> list[str]:
    arguments = ["db", "push", toolchain.cli_target(settings), *(["--include-seed"] if demo else []), "--yes"]
    return [*arguments, "--workdir", str(ROOT), "--agent", "no"]


def write_local_values(settings: Settings) -> None:
    """Tells the database where the workers are and gives it the doorbell's secret (Vault), and configures PostgREST."""
    values = {"doorbell_secret": settings.doorbell_secret}
    with psycopg.connect(settings.dsn("postgres"), connect_timeout=5) as connection:
        public = {"auth_issuer": settings.issuer, "workers_base_url": f"{settings.api_url}/workers"}
        for name, value in public.items():
            connection.execute(
                "insert into private.settings (key, value) values (%s, %s)"
                " on conflict (key) do update set value = excluded.value where settings.value <> excluded.value",
                (name, value),
            )
        for name, value in values.items():
            row = connection.execute(
                "select id, decrypted_secret from vault.decrypted_secrets where name = %s", (name,)
            ).fetchone()
            if row is None:
                connection.execute("select vault.create_secret(%s, %s)", (value, name))
            elif row[1] != value:
                connection.execute("select vault.update_secret(%s, %s)", (row[0], value))
    with psycopg.connect(settings.dsn("supabase_admin"), connect_timeout=5, autocommit=True) as connection:
        _configure_postgrest(connection)


def _configure_postgrest(connection: psycopg.Connection) -> None:
    wanted = {"pgrst.db_schemas": ", ".join(api_settings()["schemas"])}
    found = connection.execute("select to_regproc(%s)", (PRE_REQUEST,)).fetchone()
    if found and found[0]:
        wanted["pgrst.db_pre_request"] = PRE_REQUEST
    row = connection.execute(
        "select setconfig from pg_db_role_setting where setrole = 'authenticator'::regrole and setdatabase = 0"
    ).fetchone()
    present = set(row[0]) if row else set()
    changed = {name: value for name, value in wanted.items() if f"{name}={value}" not in present}
    for name, value in changed.items():
        statement = "alter role authenticator set {} = {}"
        connection.execute(sql.SQL(statement).format(sql.Identifier(*name.split(".")), sql.Literal(value)))
    if changed:
        connection.execute("notify pgrst, 'reload config'")
