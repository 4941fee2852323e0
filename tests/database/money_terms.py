"""Terms and things of the money model (money_model.py), with rates, limits and rounding of its own."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal

Kind = Literal["base", "team_override", "referral"]
State = Literal["pending", "held", "payable", "processing", "paid", "reversed"]
TIERS = ("starter", "active", "performer", "elite")
RATE = {"starter": Fraction(20, 100), "active": Fraction(22, 100), "performer": Fraction(25, 100)}
RATE["elite"] = Fraction(30, 100)
CLEARING = {"starter": 30, "active": 30, "performer": 14, "elite": 7}  # days
OVERRIDE, REFERRAL, CAP = Fraction(10, 100), Fraction(5, 100), Fraction(45, 100)
LEADER_SELLS_WITHIN, REFERRAL_FOR, TEAM_RESTS = timedelta(days=90), timedelta(days=365), timedelta(days=30)
MINIMUM = {"USD": 5_000, "EUR": 5_000, "JPY": 7_500}
ONE_PERSON = {"USD": 100_000, "EUR": 100_000, "JPY": 150_000}
TWO_PEOPLE = {"USD": 500_000, "EUR": 500_000, "JPY": 750_000}
INSTANT_FEE, INSTANT_LEAST, INSTANT_A_DAY = Fraction(1, 100), {"USD": 50, "EUR": 40}, 200_000
OPEN = ("pending", "held", "payable")


def part(amount: int, share: Fraction) -> int:
    """A share of an amount, half a unit away from zero."""
    exact = abs(amount) * share
    whole = math.floor(exact)
    up = exact - whole >= Fraction(1, 2)
    return (whole + up) * (1 if amount >= 0 else -1)


@dataclass(eq=False)
class Partner:
    name: str
    tier: str
    home: str = "USD"  # the currency of the country where the payout account is
    status: str = "active"
    leader: Partner | None = None
    recruiter: Partner | None = None
    frozen: bool = False


@dataclass(eq=False)
class Payment:
    amount: int
    cleared_at: datetime
    told: int = 0  # refunds that were reported, those that took nothing any more left out
    back: int = 0  # what the client has back, by refund or lost dispute

    @property
    def left(self) -> int:
        return self.amount - self.back


@dataclass(eq=False)
class Deal:
    owner: Partner
    currency: str
    value: int
    won_at: datetime
    rate: Fraction
    clearing: timedelta
    leader: Partner | None
    recruiter: Partner | None
    status: str = "claimed"
    payments: list[Payment] = field(default_factory=list)
    forfeited: set[Partner] = field(default_factory=set)
    bookings: int = 0

    @property
    def cash(self) -> int:
        return sum(payment.left for payment in self.payments)

    @property
    def closed(self) -> bool:
        return self.status in ("rejected", "cancelled")

    @property
    def counts(self) -> bool:
        """For tier and leadership."""
        return self.status == "verified" and not (self.payments and self.cash == 0)

    def worth(self) -> dict[tuple[Partner, Kind], int]:
        """What everybody's share of the client's cash is now."""
        base, override, referral = part(self.cash, self.rate), 0, 0
        leader, recruiter = self.leader, self.recruiter
        if leader is not None and leader is recruiter:  # the higher of the two, by rate
            leader, recruiter = (leader, None) if self.rate * REFERRAL <= OVERRIDE else (None, recruiter)
        if leader is not None:
            override = part(self.cash, OVERRIDE)
        if recruiter is not None:
            referral = part(base, REFERRAL)
        too_much = max(0, base + override + referral - math.floor(self.cash * CAP))
        cut = min(too_much, referral)
        shares: dict[tuple[Partner, Kind], int] = {(self.owner, "base"): base}
        if leader is not None:
            shares[leader, "team_override"] = override - min(too_much - cut, override)
        if recruiter is not None:
            shares[recruiter, "referral"] = referral - cut
        return {key: 0 if self.closed or key[0] in self.forfeited else amount for key, amount in shares.items()}


@dataclass(eq=False)
class Line:
    deal: Deal
    owner: Partner
    kind: Kind
    amount: int
    state: State
    booking: int
    payment: Payment
    due: datetime
    corrects: Line | None = None
    payout: Payout | None = None


@dataclass(eq=False)
class Payout:
    owner: Partner
    currency: str
    amount: int
    needs: int  # approvals
    fee: int = 0
    state: Literal["draft", "approved", "parked", "sending", "paid", "ended"] = "approved"
    asked: bool = False  # Stripe was asked at least once
    refused: bool = False  # … and said no to the last attempt
    instant: bool = False
    requested_at: datetime | None = None
    items: list[Line] = field(default_factory=list)
    kind: Literal["usual", "final", "fee_refund"] = "usual"
    signed: int = 0  # people who approved
    key_from: datetime | None = None  # when the key of the last attempt was made
    instant_ended: bool = False


@dataclass(eq=False)
class Hold:
    owner: Partner
    deal: Deal | None
    dispute: bool = False
