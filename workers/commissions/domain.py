"""The rules of commissions: pure functions over integers. Amounts are minor units, rates are basis points."""

from __future__ import annotations

FULL = 10_000  # basis points of one whole


def share_of(amount: int, rate_bp: int) -> int:
    """``rate_bp`` of ``amount``, rounded once, half away from zero. ``share_of(75, 2200) == 17``."""
    if not 0 <= rate_bp <= FULL:
        raise ValueError(f"a rate is between 0 and {FULL} basis points, not {rate_bp}")
    whole, rest = divmod(abs(amount) * rate_bp, FULL)
    rounded = whole + (1 if rest * 2 >= FULL else 0)
    return rounded if amount >= 0 else -rounded


def line_amount(cash_before: int, cash_now: int, rate_bp: int, booked_before: int) -> int:
    """What one payment adds: the commission on all cash so far, less what has been booked.

    Counting from the total keeps instalments from drifting by rounding, and makes a full refund come to nothing.
    """
    return share_of(cash_before + cash_now, rate_bp) - booked_before
