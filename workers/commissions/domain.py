"""The rules of commissions: pure functions over integers. Amounts are minor units, rates are basis points.

Everything is counted from the total: a kind of commission of a deal is worth what its frozen terms give for the cash
that the client has paid and not got back, and an event books the difference to what had been booked. So instalments
never drift by rounding, and a full refund comes to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

FULL = 10_000  # basis points of one whole
Kind = Literal["base", "team_override", "referral"]
Entitled = dict[tuple[str, Kind], int]  # (partner, kind) → minor units


def share_of(amount: int, rate_bp: int) -> int:
    """``rate_bp`` of ``amount``, rounded once, half away from zero. ``share_of(75, 2200) == 17``."""
    if not 0 <= rate_bp <= FULL:
        raise ValueError(f"a rate is between 0 and {FULL} basis points, not {rate_bp}")
    whole, rest = divmod(abs(amount) * rate_bp, FULL)
    rounded = whole + (1 if rest * 2 >= FULL else 0)
    return rounded if amount >= 0 else -rounded


@dataclass(frozen=True)
class Terms:
    """What the win froze on a deal, and whom it no longer pays."""

    seller: str
    rate_bp: int
    leader: str | None = None
    override_bp: int = 0
    override_basis: Literal["deal_amount", "member_commission"] = "deal_amount"
    recruiter: str | None = None
    referral_bp: int = 0
    cap_bp: int = FULL  # of net cash, for all kinds together
    closed: bool = False  # rejected or cancelled: worth nothing
    forfeited: frozenset[str] = frozenset()  # whose share was taken by a decision


def entitlements(net_cash: int, terms: Terms) -> Entitled:
    """What each kind is worth for ``net_cash`` (minor units, not negative), zero amounts included.

    Nobody gets an override or a referral of their own sale, and one person gets the higher of the two, by rate. Above
    the cap the referral shrinks first, then the override, the base never; the cap itself is rounded down.
    """
    if net_cash < 0:
        raise ValueError("a client cannot get back more than was paid")
    base = share_of(net_cash, terms.rate_bp)
    on_cash = terms.override_basis == "deal_amount"
    leader = terms.leader if terms.leader != terms.seller else None
    recruiter = terms.recruiter if terms.recruiter != terms.seller else None
    if leader is not None and leader == recruiter:
        override_weight = terms.override_bp * (FULL if on_cash else terms.rate_bp)
        if override_weight >= terms.rate_bp * terms.referral_bp:
            recruiter = None
        else:
            leader = None
    override = share_of(net_cash if on_cash else base, terms.override_bp) if leader else 0
    referral = share_of(base, terms.referral_bp) if recruiter else 0
    over = max(0, base + override + referral - net_cash * terms.cap_bp // FULL)
    cut = min(over, referral)
    referral, override = referral - cut, override - min(over - cut, override)
    found: Entitled = {(terms.seller, "base"): base}
    if leader:
        found[leader, "team_override"] = override
    if recruiter:
        found[recruiter, "referral"] = referral
    return {
        (partner, kind): 0 if terms.closed or partner in terms.forfeited else amount
        for (partner, kind), amount in found.items()
    }


@dataclass(frozen=True)
class OpenLine:
    """A line of which reversals have left something. ``booking`` counts the deal's events that booked lines."""

    id: str
    partner: str
    kind: Kind
    payment: str | None
    booking: int
    left: int


@dataclass(frozen=True, order=True)
class Posting:
    """A line to post: new money, or a reversal (negative) of the line ``corrects``."""

    partner: str
    kind: Kind
    corrects: str | None
    amount: int


def postings(
    entitled: Entitled,
    booked: Mapping[tuple[str, Kind], int],
    open_lines: Iterable[OpenLine],
    refunded_payment: str | None = None,
) -> list[Posting]:
    """The lines that take every kind from what is booked to what it is worth, sorted.

    Too much is taken back from the lines of the refunded payment first, then from the newest, never more than is left
    of one.
    """
    newest_first = sorted(
        open_lines, key=lambda line: (line.payment == refunded_payment, line.booking, line.id), reverse=True
    )
    made: list[Posting] = []
    for partner, kind in sorted({*entitled, *booked}):
        change = entitled.get((partner, kind), 0) - booked.get((partner, kind), 0)
        if change > 0:
            made.append(Posting(partner, kind, None, change))
        for line in newest_first:
            if change >= 0:
                break
            if (line.partner, line.kind) == (partner, kind) and line.left > 0:
                taken = min(line.left, -change)
                made.append(Posting(partner, kind, line.id, -taken))
                change += taken
        if change < 0:
            raise ValueError(f"{kind} of {partner}: {-change} more to take back than its lines have left")
    return sorted(made, key=lambda line: (line.partner, line.kind, line.corrects or ""))
