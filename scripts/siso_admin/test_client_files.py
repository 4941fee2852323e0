"""Reading a file of finance's: what goes through, and what each mistake is told."""

from pathlib import Path

import pytest

from siso_admin.client_files import minor_units, read_rows

DIGITS = {"USD": 2, "JPY": 0}
HEADINGS = "type,source_id,deal_reference,instalment,amount,currency,date"


def write(folder: Path, text: str) -> Path:
    path = folder / "bank.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_rows_in_minor_units_whatever_spreadsheet_wrote_them(tmp_path: Path) -> None:
    plain = (
        f"{HEADINGS}\npayment.cleared,b-1,D-1,1,1500.50,USD,2026-01-31\npayment.cleared,b-2,D-2,,15000,JPY,2026-02-01\n"
    )
    first, second = read_rows(write(tmp_path, plain), DIGITS)
    assert first["amount"] == "150050"
    assert second == {
        "type": "payment.cleared", "source_id": "b-2", "deal_reference": "D-2", "amount": "15000", "currency": "JPY",
        "date": "2026-02-01",
    }  # fmt: skip
    semicolons = "\ufeff" + plain.replace(",", ";").replace("\n", "\r\n")
    assert read_rows(write(tmp_path, semicolons), DIGITS) == [first, second]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("type,amount\n", "the column source_id is missing"),
        (f"{HEADINGS},colour\n", "there is no column 'colour'"),
        (f"{HEADINGS}\n", "no rows"),
        (f"{HEADINGS}\npayment.cleared,b,D,1,1.5,EUR,2026-01-31\n", "Row 1, currency"),
        (f"{HEADINGS}\npayment.cleared,b,D,1,1.005,USD,2026-01-31\n", "Row 1, amount"),
        (f"{HEADINGS}\npayment.cleared,b,D,1,1.5,JPY,2026-01-31\n", "Row 1, amount"),
        (f'{HEADINGS}\npayment.cleared,b,D,1,"1,500.00",USD,2026-01-31\n', "Row 1, amount"),
        (f"{HEADINGS}\npayment.cleared,b,D,1,NaN,USD,2026-01-31\n", "Row 1, amount"),
        (f"{HEADINGS}\npayment.cleared,b,D,1,10,USD,2026-01-31,more\n", "Row 1: more cells"),
        (f'{HEADINGS}\npayment.cleared,"b,D,1,10,USD,2026-01-31\n', "unexpected end"),
    ],
)
def test_a_mistake_is_told_with_row_and_column(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(LookupError, match=told):
        read_rows(write(tmp_path, text), DIGITS)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bank.xlsx"
    path.write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(LookupError, match="UTF-8"):
        read_rows(path, DIGITS)


def test_amounts_are_exact() -> None:
    assert minor_units(1, "0.01", "USD", DIGITS) == "1"
    assert minor_units(1, "9000000000", "USD", DIGITS) == "900000000000"
    assert minor_units(1, "-5.00", "USD", DIGITS) == "-500"  # the database says that it is to be above zero
