"""The partner's statement: what was earned and why, what was paid out, read with the partner's own client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from supabase import Client

from tests.e2e.demo.narrator import money

OUT = ("sending", "sent", "paid")
EARNED = ("pending", "approved", "payable", "processing", "paid", "held", "disputed", "reversed")


@dataclass(frozen=True)
class Entry:
    day: str
    text: str
    why: str
    amount: int


@dataclass(frozen=True)
class Statement:
    entries: list[Entry]
    currency: str
    lines: list[str]  # ids of the commission lines

    @property
    def closing(self) -> int:
        return sum(entry.amount for entry in self.entries)

    def show(self) -> list[str]:
        cells = [("date", "entry", "why", "amount"), ("", "Opening balance", "", money(0, self.currency))]
        cells += [(e.day, e.text, e.why, money(e.amount, self.currency)) for e in self.entries]
        cells += [("", "Closing balance", "", money(self.closing, self.currency))]
        widths = [max(len(row[column]) for row in cells) for column in range(4)]
        rule = "─" * (sum(widths) + 6)
        shown = []
        for row in cells:
            left = [cell.ljust(width) for cell, width in zip(row[:3], widths[:3], strict=True)]
            shown.append("  ".join([*left, row[3].rjust(widths[3])]))
        return [shown[0], rule, *shown[1:-1], rule, shown[-1]]


def _because(trace: dict[str, Any]) -> str:
    """Deal, base and rate of one amount, from ``why_this_amount``."""
    base = money(trace["base_amount"], trace["currency"])
    before = f" less {money(trace['booked_before'], trace['currency'])}" if trace["booked_before"] else ""
    return f"{base} paid × {trace['rate'] / 100:g} % ({trace['tier']}, plan {trace['plan_version']}){before}"


def _entry(trace: dict[str, Any], line: dict[str, Any]) -> Entry:
    text = f"{line['company_name']}, deal {line['deal_reference']}, payment {line['instalment']}"
    return Entry(line["created_at"][:10], text, _because(trace), line["amount"])


def read(client: Client, currency: str) -> Statement:
    """Builds the statement of the signed-in partner. Raises ``ValueError`` when an amount differs from its trace."""
    query = client.table("commission_lines").select("*").eq("currency", currency)
    found: Any = query.order("created_at").execute().data
    entries = []
    for line in found:
        if line["status"] not in EARNED:
            continue
        trace: Any = client.rpc("why_this_amount", {"commission_id": line["id"]}).execute().data
        if trace["recomputed"] != line["amount"]:
            raise ValueError(f"line {line['id']} says {line['amount']}, its trace gives {trace['recomputed']}")
        entries.append((line["created_at"], _entry(trace, line)))
    columns = "amount, status, requested_at"
    payouts: Any = client.table("payouts").select(columns).eq("currency", currency).execute().data
    for payout in payouts:
        if payout["status"] in OUT:
            why = f"{payout['status']}, to your account"
            entry = Entry(payout["requested_at"][:10], "Payout", why, -payout["amount"])
            entries.append((payout["requested_at"], entry))
    ordered = [entry for _, entry in sorted(entries, key=lambda pair: pair[0])]
    return Statement(ordered, currency, [line["id"] for line in found])
