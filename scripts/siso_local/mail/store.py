"""The last thousand mails, in one SQLite file of the state folder."""

from __future__ import annotations

import datetime
import json
import sqlite3
from pathlib import Path
from typing import Any

from siso_local.mail.parse import parse

KEPT = 1000
_SCHEMA = """
create table if not exists messages (
    id integer primary key autoincrement,
    sender text not null,
    recipients text not null,
    subject text not null,
    body_text text not null,
    body_html text not null,
    links text not null,
    attachments text not null,
    raw blob not null,
    received_at text not null
);
"""
_COLUMNS = "id, sender, recipients, subject, body_text, body_html, links, attachments, received_at"
_TO = "exists (select 1 from json_each(recipients) where lower(value) = lower(:to))"
_SEARCH = (
    "instr(lower(subject || char(10) || recipients || char(10) || sender || char(10) || body_text), lower(:q)) > 0"
)


class Store:
    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # for its owner alone: mails hold links that sign in
        self._db = sqlite3.connect(path, isolation_level=None)
        # A power cut may lose the last mail; a mail catcher need not wait for the disk.
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = off")
        self._db.executescript(_SCHEMA)

    def add(self, sender: str, recipients: list[str], raw: bytes) -> int:
        """Keeps a mail as it went over the wire. ``recipients`` are those of the envelope, blind copies included."""
        mail = parse(raw)
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
        row = (sender, json.dumps(recipients), mail.subject, mail.text, mail.html)
        row_end = (json.dumps(mail.links), json.dumps(mail.attachments), raw, now)
        new = self._db.execute(
            "insert into messages (sender, recipients, subject, body_text, body_html, links, attachments, raw, "
            "received_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row + row_end,
        ).lastrowid
        assert new is not None
        self._db.execute("delete from messages where id <= ?", (new - KEPT,))
        return new

    def find(
        self, to: str | None = None, subject: str | None = None, q: str | None = None, after: int = 0, limit: int = 50
    ) -> list[dict[str, Any]]:
        """Newest first. ``to`` is a whole address, ``subject`` a part of it, ``q`` a part of anything readable."""
        conditions = ["id > :after"]
        if to:
            conditions.append(_TO)
        if subject:
            conditions.append("instr(lower(subject), lower(:subject)) > 0")
        if q:
            conditions.append(_SEARCH)
        query = f"select {_COLUMNS} from messages where {' and '.join(conditions)} order by id desc limit :limit"  # noqa: S608
        values = {"to": to, "subject": subject, "q": q, "after": after, "limit": limit}
        return [_row(row) for row in self._db.execute(query, values)]

    def get(self, number: int) -> dict[str, Any] | None:
        query = f"select {_COLUMNS} from messages where id = ?"  # noqa: S608
        row = self._db.execute(query, (number,)).fetchone()
        return _row(row) if row else None

    def raw(self, number: int) -> bytes | None:
        row = self._db.execute("select raw from messages where id = ?", (number,)).fetchone()
        return bytes(row[0]) if row else None

    def clear(self) -> None:
        self._db.execute("delete from messages")

    def close(self) -> None:
        self._db.close()


def _row(row: tuple[Any, ...]) -> dict[str, Any]:
    number, sender, recipients, subject, text, html, links, attachments, received_at = row
    return {
        "id": number,
        "from": sender,
        "to": json.loads(recipients),
        "subject": subject,
        "text": text,
        "html": html,
        "links": json.loads(links),
        "attachments": json.loads(attachments),
        "received_at": received_at,
    }
