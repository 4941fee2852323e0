"""Clients' money from a spreadsheet: finance writes what the bank shows, one row an event."""

from __future__ import annotations

import argparse
import csv
from decimal import Decimal, InvalidOperation
from pathlib import Path

from supabase import Client

from siso_admin.actions import Action, Rows, call, rows_of

REQUIRED = ("type", "source_id", "deal_reference", "amount", "currency", "date")
OPTIONAL = ("source", "instalment", "payment_source_id", "payer")


def read_rows(path: Path, digits: dict[str, int]) -> list[dict[str, str]]:
    """The file's rows as ``import_client_events`` takes them: amounts in minor units.

    ``digits`` says per currency how many digits stand behind the point.

    Raises ``LookupError`` with the row (counted from 1, below the headings) and the column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LookupError(f"{path} cannot be read as a UTF-8 text file: {error}") from error
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(
        text.splitlines(), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True
    )
    names = [name.strip() for name in reader.fieldnames or []]
    missing, unknown = [n for n in REQUIRED if n not in names], [n for n in names if n not in (*REQUIRED, *OPTIONAL)]
    if missing or unknown:
        told = [f"the column {name} is missing" for name in missing] + [
            f"there is no column {name!r}" for name in unknown
        ]
        raise LookupError(f"{path}: {', '.join(told)}; known are {', '.join((*REQUIRED, *OPTIONAL))}.")
    rows = []
    try:
        for number, cells in enumerate(reader, 1):
            row = {str(name).strip(): str(cell or "").strip() for name, cell in cells.items() if name is not None}
            if None in cells:
                raise LookupError(f"Row {number}: more cells than headings.")
            row["amount"] = minor_units(number, row["amount"], row["currency"], digits)
            rows.append({name: cell for name, cell in row.items() if cell})
    except csv.Error as error:
        raise LookupError(f"{path}: {error}.") from error
    if not rows:
        raise LookupError(f"{path} has no rows below its headings.")
    return rows


def minor_units(number: int, amount: str, currency: str, digits: dict[str, int]) -> str:
    """``"1500.50"`` USD is ``"150050"``. No thousands' separators: whether they are commas or points is a guess."""
    if currency not in digits:
        raise LookupError(f"Row {number}, currency: {currency!r} is not supported ({', '.join(sorted(digits))}).")
    try:
        exact = Decimal(amount).scaleb(digits[currency])
    except InvalidOperation:
        raise LookupError(f"Row {number}, amount: {amount!r} is no amount such as 1500.00.") from None
    if not exact.is_finite() or exact != exact.to_integral_value():
        raise LookupError(
            f"Row {number}, amount: {currency} has {digits[currency]} digits behind the point, not {amount!r}."
        )
    return str(int(exact))


def _import(client: Client, options: argparse.Namespace) -> Rows:
    known = rows_of(client.table("payout_minimums").select("currency, minor_digits"))
    rows = read_rows(Path(options.file), {row["currency"]: row["minor_digits"] for row in known})
    return call(client, "import_client_events", events=rows, only_check=options.check)


CLIENT_FILES = (
    Action(
        "import-payments",
        "store clients' payments, refunds and disputes from a CSV file, all of it or nothing",
        (
            ("file", {"help": f"headings: {', '.join(REQUIRED)}; where they apply {', '.join(OPTIONAL)}"}),
            ("--check", {"action": "store_true", "help": "say what would happen, store nothing"}),
        ),
        _import,
    ),
)
