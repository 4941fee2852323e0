"""A statement as PDF, for people; the figures are those of its JSON, none is computed here."""

from __future__ import annotations

from typing import Any

from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from workers.documents.domain import accounts_of, grouped, month_name, reason_text
from workers.documents.paper import FAMILY, GREY, Paper

TITLES = {"pending": "Clearing", "payable": "Balance", "receivable": "Owed to SISO"}


def statement_pdf(statement: dict[str, Any], name: str, digest: str, made_at: str) -> bytes:
    """``digest``: SHA-256 of the JSON file, printed on every page."""
    digits, period, currency = statement["currency_digits"], statement["period"], statement["currency"]
    title = f"Statement of {month_name(period['month'])}"
    paper = Paper(f"{title}, {currency}", made_at, f"SHA-256 of the JSON file: {digest}", landscape=True)
    paper.line_of("SISO Partnerships", 9, GREY)
    paper.line_of(title, 20)
    paper.ln(2)
    paper.line_of(name, 12)
    paper.line_of(f"Partner {statement['partner_id']} · Statement {statement['statement_id']} · {currency}", 8, GREY)
    paper.line_of(
        f"The month is that of UTC: {period['from'][:10]} to {period['to'][:10]}, the last day not included."
        f" In {period['time_zone']}: {period['local_from']} to {period['local_to']}.",
        8,
        GREY,
    )
    paper.ln(4)
    accounts = accounts_of(statement)
    columns = [*accounts, "total"]

    def amounts(by_account: dict[str, int]) -> list[str]:
        return [grouped(by_account.get(account, 0), digits) for account in columns]

    headings = [
        *(TITLES.get(account, account.replace("_", " ").capitalize()) for account in accounts),
        f"Total {currency}",
    ]
    plain = FontFace(family=FAMILY)

    def table(first: list[str], rows: list[list[str]], widths: tuple[int, ...], size: float) -> None:
        paper.set_font(FAMILY, size=size)
        alignments = ("LEFT",) * len(first) + ("RIGHT",) * len(columns)
        with paper.table(
            col_widths=(*widths, *(24,) * len(columns)),
            text_align=alignments,
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(family=FAMILY, color=GREY),
            line_height=size * 0.55,
            padding=1,
        ) as grid:
            for cells in [[*first, *headings], *rows]:
                row = grid.row()
                for cell in cells:
                    row.cell(cell, style=None if cells[0] == first[0] else plain)

    summary = [["Opening balance", "", *amounts(statement["opening"])]]
    summary += [[total["words"], str(total["count"]), *amounts(total["changes"])] for total in statement["totals"]]
    summary += [["Closing balance", "", *amounts(statement["closing"])]]
    table(["Summary", "Entries"], summary, (90, 16), 9)
    paper.ln(6)
    if statement["entries"]:
        entries = [
            [entry["at"][:19].replace("T", " "), entry["words"], reason_text(entry, digits), *amounts(entry["changes"])]
            for entry in statement["entries"]
        ]
        table(["Time (UTC)", "What", "Why"], entries, (28, 42, 84), 7)
    else:
        paper.line_of("Nothing was posted in this month.", 9)
    return bytes(paper.output())
