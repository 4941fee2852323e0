"""What the double remembers: one SQLite file.

Objects are kept as the JSON that Stripe would show; fields whose names begin with an underscore are the double's own
and are never shown. Every request that writes is one transaction, committed before its answer is sent.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Row = dict[str, Any]

SCHEMA = """
create table if not exists objects (
    seq integer primary key autoincrement,
    id text not null unique,
    kind text not null,
    owner text not null,
    due integer,
    body text not null
);
create index if not exists objects_by_kind on objects (kind, owner, seq);
create index if not exists objects_by_group on objects (kind, json_extract(body, '$.transfer_group'));
create index if not exists objects_by_destination on objects (kind, json_extract(body, '$.destination'));
create index if not exists objects_due on objects (due) where due is not null;
create table if not exists balances (
    account text not null,
    currency text not null,
    bucket text not null,
    amount integer not null check (amount >= 0),
    primary key (account, currency, bucket)
);
create table if not exists idempotency_keys (
    scope text not null,
    key text not null,
    fingerprint text not null,
    path text not null,
    status integer not null,
    body text not null,
    request_id text not null,
    created integer not null,
    primary key (scope, key)
);
create table if not exists deliveries (
    id integer primary key autoincrement,
    event_id text not null,
    endpoint text not null,
    body text not null,
    attempts integer not null default 0,
    next_at real not null,
    delivered_at real,
    dead_at real,
    last_result text
);
create index if not exists deliveries_open on deliveries (next_at) where delivered_at is null and dead_at is null;
create table if not exists meta (name text primary key, value text not null);
"""
_COMPARE = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
TABLES = ("objects", "balances", "idempotency_keys", "deliveries", "meta")


class Store:
    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.connection.row_factory = sqlite3.Row
        # WAL with synchronous=normal survives the death of the process, which is what the double promises.
        self.connection.executescript("pragma journal_mode=wal; pragma synchronous=normal; pragma busy_timeout=5000;")
        self.connection.executescript(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. May be nested: the inner one is then part of the outer one's fate, as a savepoint."""
        nested = self.connection.in_transaction
        begin, commit = ("savepoint step", "release step") if nested else ("begin immediate", "commit")
        self.connection.execute(begin)
        try:
            yield
        except BaseException:
            self.connection.execute("rollback to step" if nested else "rollback")
            if nested:
                self.connection.execute("release step")
            raise
        self.connection.execute(commit)

    def execute(self, sql: str, *values: Any) -> list[Row]:
        return [dict(row) for row in self.connection.execute(sql, values)]

    # -- objects ---------------------------------------------------------------------------------------------------

    def put(self, kind: str, body: Row, owner: str = "") -> Row:
        """Writes an object, new or changed. ``_due`` is the virtual time at which ``schedule`` looks at it again."""
        self.execute(
            "insert into objects (id, kind, owner, due, body) values (?, ?, ?, ?, ?)"
            " on conflict (id) do update set due = excluded.due, body = excluded.body",
            body["id"],
            kind,
            owner,
            body.get("_due"),
            json.dumps(body),
        )
        return body

    def get(self, kind: str, identifier: str, owner: str | None = None) -> Row | None:
        rows = self.execute("select body, owner from objects where id = ? and kind = ?", identifier, kind)
        if not rows or (owner is not None and rows[0]["owner"] != owner):
            return None
        found: Row = json.loads(rows[0]["body"])
        return found

    def any_object(self, identifier: str) -> tuple[str, str, Row] | None:
        """Kind, owner and body of whatever has this id."""
        rows = self.execute("select kind, owner, body from objects where id = ?", identifier)
        return (rows[0]["kind"], rows[0]["owner"], json.loads(rows[0]["body"])) if rows else None

    def find(self, kind: str, owner: str | None = None, **equal: Any) -> list[Row]:
        """Objects of a kind, newest first, whose top-level fields equal the values given."""
        sql = "select body from objects where kind = ?"
        values: list[Any] = [kind]
        if owner is not None:
            sql += " and owner = ?"
            values.append(owner)
        for field, value in equal.items():
            # The path is written into the text (fields are our own words) so that the expression indexes apply.
            sql += f" and json_extract(body, '$.{field}') = ?"
            values.append(value)
        return [json.loads(row["body"]) for row in self.execute(sql + " order by seq desc", *values)]

    def cut(
        self,
        kind: str,
        owner: str | None,
        equal: dict[str, Any],
        created: dict[str, int],
        cursor: str | None,
        newer: bool,
        limit: int,
    ) -> list[Row] | None:
        """Up to ``limit`` objects from ``cursor`` on (without it), going older or newer; None for an unknown cursor.

        ``created`` holds limits by Stripe's words (gt, gte, lt, lte).
        """
        sql = "select body from objects where kind = ?"
        values: list[Any] = [kind]
        if owner is not None:
            sql += " and owner = ?"
            values.append(owner)
        for field, value in equal.items():
            sql += f" and json_extract(body, '$.{field}') = ?"
            values.append(value)
        for word, moment in created.items():
            sql += f" and json_extract(body, '$.created') {_COMPARE[word]} ?"
            values.append(moment)
        if cursor is not None:
            place = self.execute("select seq from objects where id = ? and kind = ?", cursor, kind)
            if not place:
                return None
            sql += f" and seq {'>' if newer else '<'} ?"
            values.append(place[0]["seq"])
        sql += f" order by seq {'asc' if newer else 'desc'} limit ?"
        return [json.loads(row["body"]) for row in self.execute(sql, *values, limit)]

    def next_due(self, until: int) -> tuple[str, str, Row] | None:
        rows = self.execute("select kind, owner, body from objects where due <= ? order by due, seq limit 1", until)
        return (rows[0]["kind"], rows[0]["owner"], json.loads(rows[0]["body"])) if rows else None

    # -- balances --------------------------------------------------------------------------------------------------

    def amount(self, account: str, currency: str, bucket: str) -> int:
        rows = self.execute(
            "select amount from balances where account = ? and currency = ? and bucket = ?", account, currency, bucket
        )
        return int(rows[0]["amount"]) if rows else 0

    def add(self, account: str, currency: str, bucket: str, delta: int) -> None:
        """Changes a balance; the table itself refuses one below zero."""
        self.execute(
            "insert into balances values (?, ?, ?, 0) on conflict do nothing",
            account,
            currency,
            bucket,
        )
        self.execute(
            "update balances set amount = amount + ? where account = ? and currency = ? and bucket = ?",
            delta,
            account,
            currency,
            bucket,
        )

    # -- meta ------------------------------------------------------------------------------------------------------

    def meta(self, name: str, default: Any = None) -> Any:
        rows = self.execute("select value from meta where name = ?", name)
        return json.loads(rows[0]["value"]) if rows else default

    def set_meta(self, name: str, value: Any) -> None:
        self.execute("insert or replace into meta values (?, ?)", name, json.dumps(value))

    def clear(self) -> None:
        for table in TABLES:
            self.execute(f"delete from {table}")  # noqa: S608  (our own table names)
