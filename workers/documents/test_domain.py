"""Figures as text: exact, and harmless in a spreadsheet."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.documents.domain import csv_lines, decimal, grouped, month_name, percent, reason_text, safe_cell


@pytest.mark.parametrize(
    ("amount", "digits", "plain", "shown"),
    [
        (0, 2, "0.00", "0.00"),
        (5, 2, "0.05", "0.05"),
        (-5, 2, "-0.05", "-0.05"),
        (-1_234_567, 2, "-12345.67", "-12,345.67"),
        (1500, 0, "1500", "1,500"),
        (-1500, 0, "-1500", "-1,500"),
        (1_234_567, 3, "1234.567", "1,234.567"),
        (900_000_000_000_00, 2, "900000000000.00", "900,000,000,000.00"),
    ],
)
def test_amounts(amount: int, digits: int, plain: str, shown: str) -> None:
    assert (decimal(amount, digits), grouped(amount, digits)) == (plain, shown)


@given(st.integers(-(10**18), 10**18), st.sampled_from([0, 2, 3]))
def test_a_decimal_says_every_unit(amount: int, digits: int) -> None:
    assert int(decimal(amount, digits).replace(".", "")) == amount


@pytest.mark.parametrize(("points", "text"), [(2000, "20 %"), (2250, "22.5 %"), (2205, "22.05 %"), (5, "0.05 %")])
def test_rates(points: int, text: str) -> None:
    assert percent(points) == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1 202 555 0100", "'+1 202 555 0100"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("\r=1", "'\r=1"),
        ("-12.34", "-12.34"),
        ("12", "12"),
        ("-12.34.5", "'-12.34.5"),
        (None, ""),
        ("Client 01", "Client 01"),
        (-7, "-7"),
    ],
)
def test_no_cell_is_a_formula(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


@given(st.lists(st.lists(st.text(), min_size=1, max_size=4), max_size=5))
def test_csv_is_read_back(rows: list[list[str]]) -> None:
    text = b"".join(csv_lines(rows)).decode("utf-8", "surrogatepass")
    found = list(csv.reader(io.StringIO(text, newline="")))
    assert [cell.lstrip("'") for row in found for cell in row] == [
        safe_cell(cell).lstrip("'") for row in rows for cell in row
    ]
    assert not any(cell[:1] in ("=", "+", "@") for row in found for cell in row)


def test_months() -> None:
    assert month_name("2026-02") == "February 2026"


LINE = {
    "commission_id": "c",
    "type": "team_override",
    "deal_reference": "D-1",
    "payment": {"instalment": 2, "amount": 7501},
    "tier": "active",
    "plan_version": 3,
    "rate_bp": 2200,
    "base_amount": 17_501,
    "booked_before": 2200,
    "amount": 1650,
    "calculation": {"unrounded": "3850.22", "rounded": 3850},
    "corrects": "b",
}


def test_a_reason_is_a_sentence_with_every_input() -> None:
    told = reason_text({"reason": LINE, "journal_id": 9, "late": True, "reverses_journal_id": 8}, 2)
    assert told == (
        "Team override of deal D-1, instalment 2: client paid 75.01. Tier active, plan 3, rate 22 %."
        " 22 % of 175.01 = 38.50 (rounded half away from zero from 3850.22 minor units),"
        " less 22.00 booked before = 16.50."
        " Corrects line b. Reverses journal 8. Belongs to an earlier month; posted after its statement. Journal 9."
    )


def test_a_reversal_says_what_it_takes_back() -> None:
    refunded = LINE | {
        "type": "reversal", "reverses_type": "base", "refund": {"kind": "refund", "amount": 5000}, "entitled": 3000,
        "amount": -800, "booked_before": 3800,
    }  # fmt: skip
    told = reason_text({"reason": refunded, "journal_id": 9, "late": False}, 2)
    assert told == (
        "Reversal of a base line of deal D-1, instalment 2: client paid 75.01, 50.00 refunded."
        " Tier active, plan 3, rate 22 %."
        " 22 % of 175.01 = 38.50 (rounded half away from zero from 3850.22 minor units), capped to 30.00,"
        " less 38.00 booked before = -8.00. Corrects line b. Journal 9."
    )


def test_a_bonus_says_what_it_is_for() -> None:
    bonus = {
        "commission_id": "c",
        "type": "bonus",
        "amount": 5000,
        "booked_before": 0,
        "inputs": {"note": "First place"},
    }
    assert reason_text({"reason": bonus, "journal_id": 9, "late": False}, 2) == (
        "Bonus. First place. Amount 50.00. Journal 9."
    )


def test_a_reason_that_is_not_known_still_names_its_journal() -> None:
    assert reason_text({"reason": {}, "journal_id": 9, "late": False}, 2) == "Journal 9."
