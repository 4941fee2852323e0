"""Vault: what goes in comes out for those who may, and lies encrypted on disk."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from siso_local.postgres import Cluster
from tests.platform.database_support import connect, rows, value


@pytest.fixture
def db(fresh_cluster: Cluster) -> Iterator[psycopg.Connection]:
    with connect(fresh_cluster.settings) as connection:
        yield connection


def read(db: psycopg.Connection, name: str) -> str:
    text: str = value(db, "select decrypted_secret from vault.decrypted_secrets where name = %s", name)
    return text


def test_a_secret_comes_back(db: psycopg.Connection) -> None:
    name, secret = f"name {uuid.uuid4()}", "whsec_ü€ " + "x" * 5000
    secret_id = value(db, "select vault.create_secret(%s, %s, 'for a test')", secret, name)
    assert read(db, name) == secret
    assert rows(db, "select id, description from vault.secrets where name = %s", name) == [(secret_id, "for a test")]


def test_a_secret_can_be_changed(db: psycopg.Connection) -> None:
    name = f"name {uuid.uuid4()}"
    secret_id = value(db, "select vault.create_secret('one', %s)", name)
    db.execute("select vault.update_secret(%s, 'two')", [secret_id])
    assert read(db, name) == "two"
    db.execute("select vault.update_secret(%s, new_description := 'described')", [secret_id])
    assert read(db, name) == "two"


def test_a_name_is_taken_once(db: psycopg.Connection) -> None:
    name = f"name {uuid.uuid4()}"
    value(db, "select vault.create_secret('one', %s)", name)
    with pytest.raises(psycopg.errors.UniqueViolation):
        value(db, "select vault.create_secret('two', %s)", name)


def test_equal_secrets_look_different(db: psycopg.Connection) -> None:
    ids = [value(db, "select vault.create_secret('the same')") for _ in range(2)]
    one, two = rows(db, "select secret from vault.secrets where id = any (%s)", ids)
    assert one != two


def test_the_clear_text_is_nowhere_in_the_data_folder(fresh_cluster: Cluster, db: psycopg.Connection) -> None:
    marker = f"clear-text-{uuid.uuid4()}"
    value(db, "select vault.create_secret(%s, %s)", marker + "-secret", marker + "-name")
    with connect(fresh_cluster.settings, "supabase_admin") as admin:
        admin.execute("checkpoint")

    def holds(text: str) -> list[Path]:
        files = [path for path in fresh_cluster.data.rglob("*") if path.is_file()]
        return [path for path in files if text.encode() in path.read_bytes()]

    assert holds(marker + "-name"), "the search itself works"
    assert holds(marker + "-secret") == []
    assert marker not in fresh_cluster.log_file.read_text()


@pytest.mark.parametrize("role", ["anon", "authenticated", "authenticator", "supabase_storage_admin"])
def test_others_read_nothing(fresh_cluster: Cluster, role: str) -> None:
    for statement in (
        "select * from vault.decrypted_secrets",
        "select * from vault.secrets",
        "select vault.create_secret('x')",
    ):
        with connect(fresh_cluster.settings, "supabase_admin") as admin:
            admin.execute(f"set role {role}".encode())
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                admin.execute(statement.encode())


def test_service_role_may_as_on_hosted(fresh_cluster: Cluster) -> None:
    with connect(fresh_cluster.settings, "supabase_admin") as admin:
        admin.execute("set role service_role")
        secret_id = value(admin, "select vault.create_secret('x')")
        assert value(admin, "select decrypted_secret from vault.decrypted_secrets where id = %s", secret_id) == "x"


@pytest.mark.parametrize("call", ["vault._root_key()", "vault._encrypt('x')"])
def test_the_key_stays_with_the_superuser(db: psycopg.Connection, call: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        value(db, f"select {call}")


def test_postgres_cannot_write_clear_text(db: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute("insert into vault.secrets (name, secret) values ('clear', 'text')")
