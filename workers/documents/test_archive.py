"""Archives: rows arrive whole, and memory does not grow with their number."""

import csv
import io
import json
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from workers.documents.archive import Page, add_table, write_books


def ledger_row(number: int) -> dict[str, Any]:
    return {
        "journal_id": number, "line_no": 1, "posted_at": "2026-03-01T00:00:00.000000Z", "amount": -number,
        "balance_after": None, "currency": "USD", "digits": 2, "note": "=1+1",
    }  # fmt: skip


async def pages(count: int, size: int = 1000) -> AsyncIterator[list[dict[str, Any]]]:
    for start in range(0, count, size):
        yield [ledger_row(number) for number in range(start, min(start + size, count))]


async def test_books_hold_every_row_as_decimals(tmp_path: Path) -> None:
    file = tmp_path / "books.zip"
    assert await write_books(file, "ledger", pages(2500)) == 2500
    with ZipFile(file) as archive:
        found = list(csv.DictReader(io.StringIO(archive.read("ledger.csv").decode())))
    assert [row["journal_id"] for row in found] == [str(number) for number in range(2500)]
    assert (found[1234]["amount"], found[1]["amount"], found[0]["amount"]) == ("-12.34", "-0.01", "0.00")
    assert (found[0]["note"], found[0]["balance_after"], "digits" in found[0]) == ("'=1+1", "", False)


async def test_an_empty_period_is_an_empty_file(tmp_path: Path) -> None:
    assert await write_books(tmp_path / "books.zip", "ledger", pages(0)) == 0


async def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    async def peak(count: int) -> int:
        tracemalloc.start()
        try:
            await write_books(tmp_path / f"{count}.zip", "ledger", pages(count))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert await peak(40_000) < 1.3 * await peak(4_000)


async def test_a_table_is_there_twice(tmp_path: Path) -> None:
    async def table() -> AsyncIterator[Page]:
        yield ["id", "data", "phone"], [{"id": "a", "data": {"x": [1]}, "phone": "+12025550100"}]
        yield ["id", "data", "phone"], [{"id": "b", "data": None, "phone": None}]

    async def nothing() -> AsyncIterator[Page]:
        yield ["id"], []

    with ZipFile(tmp_path / "x.zip", "w") as archive:
        assert await add_table(archive, "public.things", table()) == 2
        assert await add_table(archive, "public.nothing", nothing()) == 0
    with ZipFile(tmp_path / "x.zip") as archive:
        assert archive.testzip() is None
        told = json.loads(archive.read("public.things.json"))
        assert told == [
            {"id": "a", "data": {"x": [1]}, "phone": "+12025550100"},
            {"id": "b", "data": None, "phone": None},
        ]
        assert json.loads(archive.read("public.nothing.json")) == []
        assert archive.read("public.things.csv").decode() == (
            'id,data,phone\r\na,"{""x"": [1]}",\'+12025550100\r\nb,,\r\n'
        )
