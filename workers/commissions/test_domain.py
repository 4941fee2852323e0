"""The figures of the product's rules, and properties that must hold for any figures."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.commissions.domain import line_amount, share_of

RATES = st.integers(0, 10_000)
AMOUNTS = st.integers(-(10**14), 10**14)


@pytest.mark.parametrize(
    ("amount", "rate", "expected"),
    [
        (150_000, 2000, 30_000),
        (150_000, 2200, 33_000),
        (150_000, 2500, 37_500),
        (150_000, 3000, 45_000),
        (75, 2200, 17),  # 16.5: banker's rounding would give 16
        (175, 2200, 39),  # 38.5
        (-75, 2200, -17),
        (-70, 2200, -15),  # floor division would give -16
        (1500, 3330, 500),  # floats give 499
        (2, 2000, 0),
        (900_000_000_000, 3000, 270_000_000_000),
    ],
)
def test_known_figures(amount: int, rate: int, expected: int) -> None:
    assert share_of(amount, rate) == expected


@given(AMOUNTS, RATES)
def test_agrees_with_decimal_arithmetic(amount: int, rate: int) -> None:
    exact = (Decimal(amount) * rate / 10_000).quantize(Decimal(1), ROUND_HALF_UP)
    assert share_of(amount, rate) == int(exact)


@given(AMOUNTS, RATES)
def test_refunding_all_gives_nothing(amount: int, rate: int) -> None:
    first = line_amount(0, amount, rate, 0)
    assert first + line_amount(amount, -amount, rate, first) == 0


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=20), RATES)
def test_instalments_never_drift(payments: list[int], rate: int) -> None:
    cash = booked = 0
    for payment in payments:
        booked += line_amount(cash, payment, rate, booked)
        cash += payment
    assert booked == share_of(sum(payments), rate)


@pytest.mark.parametrize("rate", [-1, 10_001])
def test_refuses_a_rate_outside_its_range(rate: int) -> None:
    with pytest.raises(ValueError, match="basis points"):
        share_of(100, rate)
