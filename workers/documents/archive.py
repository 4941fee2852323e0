"""Rows into files on disk, a page at a time: memory holds one page, however many rows there are."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from workers.documents.domain import csv_lines, decimal

Page = tuple[Sequence[str], list[dict[str, Any]]]  # columns, rows
# What is an amount in the exports of finance; the rows carry `digits`, the decimal places of their currency.
AMOUNTS = frozenset(
    {"amount", "balance_after", "base_amount", "booked_before", "paid", "taken_back", "total", "threshold"}
)


def cell(value: Any) -> object:
    """A value of a row as a CSV cell: what is nested stays JSON."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


async def add_table(archive: ZipFile, name: str, pages: AsyncIterator[Page]) -> int:
    """Adds ``<name>.json`` and ``<name>.csv``; returns how many rows they have."""
    count = 0
    header: Sequence[str] = ()
    with tempfile.TemporaryFile() as table, archive.open(f"{name}.json", "w", force_zip64=True) as entry:
        entry.write(b"[")
        async for columns, rows in pages:
            if not header:
                header = columns
                table.writelines(csv_lines([header]))
            for row in rows:
                entry.write(b",\n" if count else b"\n")
                entry.write(json.dumps(row, ensure_ascii=False).encode())
                count += 1
            table.writelines(csv_lines([cell(row.get(column)) for column in header] for row in rows))
        entry.write(b"\n]\n")
        entry.close()  # a zip file takes one entry after the other
        table.seek(0)
        with archive.open(f"{name}.csv", "w", force_zip64=True) as copy:
            while piece := table.read(1 << 18):
                copy.write(piece)
    return count


async def write_books(path: Path, name: str, pages: AsyncIterator[list[dict[str, Any]]]) -> int:
    """A zip file with one CSV file of finance; returns how many rows it has."""
    count = 0
    with ZipFile(path, "w", ZIP_DEFLATED) as archive, archive.open(f"{name}.csv", "w", force_zip64=True) as entry:
        async for rows in pages:
            if not rows:
                continue
            columns = [column for column in rows[0] if column != "digits"]
            if count == 0:
                entry.writelines(csv_lines([columns]))
            entry.writelines(csv_lines(_money_row(row, columns) for row in rows))
            count += len(rows)
    return count


def _money_row(row: dict[str, Any], columns: list[str]) -> list[object]:
    return [
        decimal(row[column], row["digits"]) if column in AMOUNTS and row[column] is not None else cell(row[column])
        for column in columns
    ]


def digest_of(path: Path) -> tuple[str, int]:
    """SHA-256 in hex, and how many bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
