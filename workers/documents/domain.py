"""How figures become text: decimals, spreadsheet cells, sentences. Pure, integers only."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
# What spreadsheets take for the beginning of a formula, white space before it included.
_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")


def decimal(amount: int, digits: int) -> str:
    """Minor units as a plain decimal: -1234 with two digits is -12.34."""
    if digits == 0:
        return str(amount)
    whole, rest = divmod(abs(amount), 10**digits)
    return f"{'-' if amount < 0 else ''}{whole}.{rest:0{digits}d}"


def grouped(amount: int, digits: int) -> str:
    """The same for people: -1234567 with two digits is -12,345.67."""
    whole, point, rest = decimal(abs(amount), digits).partition(".")
    return f"{'-' if amount < 0 else ''}{int(whole):,}{point}{rest}"


def percent(basis_points: int) -> str:
    """2250 is 22.5 %."""
    whole, rest = divmod(abs(basis_points), 100)
    fraction = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{'-' if basis_points < 0 else ''}{whole}{fraction} %"


def safe_cell(value: object) -> str:
    """Text that no spreadsheet takes for a formula; numbers stay as they are."""
    text = "" if value is None else str(value)
    if _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if _FORMULA.match(text) else text


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Each row as one CSV line (RFC 4180), UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def month_name(month: str) -> str:
    """2026-10 is October 2026."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def day_name(moment: str) -> str:
    """2026-10-05T… is 5 October 2026."""
    year, month, day = moment[:10].split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def accounts_of(statement: dict[str, Any]) -> list[str]:
    """The names of the accounts in a statement, in a reader's order, without the total."""
    usual = ["pending", "payable", "receivable"]
    names = {*statement["opening"], *statement["closing"]} - {"total"}
    return [name for name in usual if name in names] + sorted(names - set(usual))


def statement_rows(statement: dict[str, Any]) -> Iterator[list[object]]:
    """The rows of the CSV file: opening, entries, closing."""
    digits, accounts = statement["currency_digits"], accounts_of(statement)

    def amounts(by_account: dict[str, int]) -> list[object]:
        return [decimal(by_account.get(name, 0), digits) for name in [*accounts, "total"]]

    yield [
        "time_utc", "kind", "description", "deal", "instalment", "client_payment", "type", "tier", "plan_version",
        "rate_percent", "base", "booked_before", *accounts, "total", "late", "journal", "source_kind",
        "source_id", "corrects", "currency",
    ]  # fmt: skip
    currency = statement["currency"]
    yield [
        statement["period"]["from"],
        "opening",
        "Opening balance",
        *[""] * 9,
        *amounts(statement["opening"]),
        *[""] * 5,
        currency,
    ]
    for entry in statement["entries"]:
        reason = entry["reason"]
        payment = reason.get("payment", {})
        money = {key: decimal(reason[key], digits) for key in ("base_amount", "booked_before") if key in reason}
        yield [
            entry["at"], entry["kind"], entry["words"], reason.get("deal_reference"), payment.get("instalment"),
            decimal(payment["amount"], digits) if payment else None, reason.get("type"), reason.get("tier"),
            reason.get("plan_version"), decimal(reason["rate_bp"], 2) if "rate_bp" in reason else None,
            money.get("base_amount"), money.get("booked_before"), *amounts(entry["changes"]),
            "yes" if entry["late"] else "no", entry["journal_id"], entry["source_kind"],
            entry["source_id"], reason.get("corrects"), currency,
        ]  # fmt: skip
    yield [
        statement["period"]["to"],
        "closing",
        "Closing balance",
        *[""] * 9,
        *amounts(statement["closing"]),
        *[""] * 5,
        currency,
    ]


def reason_text(entry: dict[str, Any], digits: int) -> str:
    """Why an entry is there, as sentences for the PDF."""
    reason = entry["reason"]
    parts: list[str] = []
    if "commission_id" in reason:
        parts.append(_line(reason, digits))
        parts.append(_calculation(reason, digits))
    if "payout_id" in reason:
        count = len(reason["items"])
        parts.append(f"Payout {reason['payout_id']} of {grouped(reason['amount'], digits)} for {count} lines.")
    if "corrects" in reason:
        parts.append(f"Corrects line {reason['corrects']}.")
    if "reverses_journal_id" in entry:
        parts.append(f"Reverses journal {entry['reverses_journal_id']}.")
    if entry["late"]:
        parts.append("Belongs to an earlier month; posted after its statement.")
    parts.append(f"Journal {entry['journal_id']}.")
    return " ".join(parts)


def _line(reason: dict[str, Any], digits: int) -> str:
    """What kind of line it is, of which deal, and what the client paid or got back."""
    told = str(reason["type"]).replace("_", " ").capitalize()
    if "reverses_type" in reason:
        told += f" of a {str(reason['reverses_type']).replace('_', ' ')} line"
    if "deal_reference" in reason:
        told += f" of deal {reason['deal_reference']}"
    if "payment" in reason:
        payment = reason["payment"]
        told += f", instalment {payment['instalment']}: client paid {grouped(payment['amount'], digits)}"
    if "refund" in reason:
        refund = reason["refund"]
        word = "lost to a dispute" if refund["kind"] == "dispute_lost" else "refunded"
        told += f", {grouped(refund['amount'], digits)} {word}"
    terms = [f"tier {reason['tier']}"] if "tier" in reason else []
    terms += [f"plan {reason['plan_version']}"] if "plan_version" in reason else []
    terms += [f"rate {percent(reason['rate_bp'])}"] if "rate_bp" in reason else []
    note = reason.get("inputs", {}).get("note")
    return ". ".join(part for part in (told, ", ".join(terms).capitalize(), note) if part) + "."


def _calculation(reason: dict[str, Any], digits: int) -> str:
    amount = grouped(reason["amount"], digits)
    if "calculation" not in reason:
        return f"Amount {amount}."
    rounded, exact = reason["calculation"]["rounded"], reason["calculation"]["unrounded"]
    told = f"{percent(reason['rate_bp'])} of {grouped(reason['base_amount'], digits)} = {grouped(rounded, digits)}"
    if exact != str(rounded):
        told += f" (rounded half away from zero from {exact} minor units)"
    if reason.get("entitled", rounded) != rounded:
        told += f", capped to {grouped(reason['entitled'], digits)}"
    if reason["booked_before"]:
        told += f", less {grouped(reason['booked_before'], digits)} booked before"
    return f"{told} = {amount}."
