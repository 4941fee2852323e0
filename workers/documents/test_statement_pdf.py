"""The PDF of a statement: the same bytes every time, and no name is too strange for it."""

import json

import pytest

from workers.documents.statement_pdf import statement_pdf
from workers.documents.statements import render

MADE_AT = "2026-11-01T00:20:00.000000Z"
STATEMENT = {
    "statement_id": "00000000-0000-4000-8000-000000000001",
    "partner_id": "00000000-0000-4000-8000-000000000002",
    "currency": "USD",
    "currency_digits": 2,
    "period": {
        "month": "2026-10",
        "from": "2026-10-01T00:00:00.000000Z",
        "to": "2026-11-01T00:00:00.000000Z",
        "time_zone": "America/New_York",
        "local_from": "2026-09-30 20:00",
        "local_to": "2026-10-31 20:00",
    },
    "opening": {"pending": 0, "payable": 0, "total": 0},
    "entries": [
        {
            "journal_id": number,
            "at": "2026-10-05T10:00:00.000000Z",
            "kind": "accrue",
            "words": "Commission earned",
            "source_kind": "commission",
            "source_id": "c",
            "changes": {"pending": 100, "total": 100},
            "late": False,
            "reason": {},
        }
        for number in range(60)
    ],
    "totals": [
        {"kind": "accrue", "words": "Commission earned", "count": 60, "changes": {"pending": 6000, "total": 6000}}
    ],
    "closing": {"pending": 6000, "payable": 0, "total": 6000},
}


def test_rendering_again_gives_the_same_bytes() -> None:
    first = statement_pdf(STATEMENT, "Starter 01", "0" * 64, MADE_AT)
    assert first == statement_pdf(STATEMENT, "Starter 01", "0" * 64, MADE_AT)
    assert first.startswith(b"%PDF-")
    assert first != statement_pdf(STATEMENT, "Starter 02", "0" * 64, MADE_AT)


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Łukasz Ștefan Ğ Ø ß Nguyễn",
        "Ελλάδα Україна",
        "€ £ ¥ ₹ ₺ ₴ ₫ ₦ ₱ ₩",
        "مرحبا بالعالم 12",
        "שלום 34",
        "日本語 한국어 ไทย हिन्दी",
        "😀 \u200f\u202e\u0301",
        "\x00\x07\ud800",
        "x" * 120,
    ],
)
def test_every_name_can_be_printed(name: str) -> None:
    assert statement_pdf(STATEMENT | {"entries": []}, name, "0" * 64, MADE_AT).startswith(b"%PDF-")


def test_the_csv_holds_every_entry_and_plain_decimals() -> None:
    text = json.dumps(STATEMENT).encode()
    lines = render(text, "Starter 01", MADE_AT)["csv"].decode().splitlines()
    assert len(lines) == 1 + 1 + 60 + 1
    header, closing = lines[0].split(","), lines[-1].split(",")
    assert len({len(line.split(",")) for line in lines}) == 1
    assert closing[header.index("total")] == "60.00"
