"""The figures of the product's rules, and properties that must hold for any figures."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.commissions.domain import Kind, OpenLine, Posting, Terms, entitlements, postings, share_of

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


@pytest.mark.parametrize("rate", [-1, 10_001])
def test_refuses_a_rate_outside_its_range(rate: int) -> None:
    with pytest.raises(ValueError, match="basis points"):
        share_of(100, rate)


SELLER = Terms("seller", 2200)
WHOLE = Terms(
    "seller", 3000, leader="leader", override_bp=1000, recruiter="recruiter", referral_bp=500, cap_bp=4500
)  # fmt: skip


def test_a_whole_deal() -> None:
    assert entitlements(150_000, WHOLE) == {
        ("seller", "base"): 45_000,
        ("leader", "team_override"): 15_000,
        ("recruiter", "referral"): 2_250,
    }


def test_an_override_of_the_members_commission() -> None:
    terms = Terms("member", 2200, leader="leader", override_bp=1000, override_basis="member_commission")
    assert entitlements(150_000, terms) == {("member", "base"): 33_000, ("leader", "team_override"): 3_300}


@pytest.mark.parametrize(
    ("rate", "override", "referral"),
    [
        (3300, 15_000, 2_475),  # 33 + 10 + 1.65 = 44.65 %: under the cap
        (3400, 15_000, 1_500),  # the referral shrinks first
        (3500, 15_000, 0),
        (4000, 7_500, 0),  # then the override
        (4500, 0, 0),
        (6000, 0, 0),  # the base never
    ],
)
def test_the_cap(rate: int, override: int, referral: int) -> None:
    terms = Terms("s", rate, leader="l", override_bp=1000, recruiter="r", referral_bp=500, cap_bp=4500)
    assert entitlements(150_000, terms) == {
        ("s", "base"): share_of(150_000, rate),
        ("l", "team_override"): override,
        ("r", "referral"): referral,
    }


def test_one_person_gets_the_higher_of_two() -> None:
    both = Terms("s", 2000, leader="x", override_bp=1000, recruiter="x", referral_bp=500)
    assert entitlements(100_000, both) == {("s", "base"): 20_000, ("x", "team_override"): 10_000}
    low = Terms("s", 2000, leader="x", override_bp=50, recruiter="x", referral_bp=500)
    assert entitlements(100_000, low) == {("s", "base"): 20_000, ("x", "referral"): 1_000}
    equal = Terms("s", 2000, leader="x", override_bp=100, recruiter="x", referral_bp=500)
    assert ("x", "team_override") in entitlements(7, equal)


def test_nobody_leads_or_recruits_themselves() -> None:
    terms = Terms("s", 2000, leader="s", override_bp=1000, recruiter="s", referral_bp=500)
    assert entitlements(100_000, terms) == {("s", "base"): 20_000}


def test_closed_deals_and_forfeited_shares_are_worth_nothing() -> None:
    closed = Terms("s", 2000, leader="l", override_bp=1000, closed=True)
    assert set(entitlements(100_000, closed).values()) == {0}
    taken = Terms("s", 2000, leader="l", override_bp=1000, forfeited=frozenset({"s"}))
    assert entitlements(100_000, taken) == {("s", "base"): 0, ("l", "team_override"): 10_000}


def test_a_currency_without_minor_units_is_counted_in_whole_ones() -> None:
    assert entitlements(150_025, SELLER) == {("seller", "base"): 33_006}  # 33,005.5 yen


def test_nothing_is_no_line() -> None:
    assert postings(entitlements(2, Terms("s", 2000)), {}, []) == []


def test_a_negative_deal_is_refused() -> None:
    with pytest.raises(ValueError, match="get back more"):
        entitlements(-1, SELLER)


def test_a_refund_takes_from_its_own_payment_first_then_from_the_newest() -> None:
    lines = [
        OpenLine("a", "s", "base", "p1", 1, 100),
        OpenLine("b", "s", "base", "p2", 2, 100),
        OpenLine("c", "s", "base", "p3", 3, 100),
    ]
    made = postings({("s", "base"): 50}, {("s", "base"): 300}, lines, "p1")
    assert {(line.corrects, line.amount) for line in made} == {("a", -100), ("c", -100), ("b", -50)}


def test_more_than_there_is_cannot_be_taken_back() -> None:
    with pytest.raises(ValueError, match="more to take back"):
        postings({}, {("s", "base"): 300}, [OpenLine("a", "s", "base", "p", 1, 299)])


class Book:
    """Lines of one deal as the database keeps them."""

    def __init__(self) -> None:
        self.lines: list[tuple[OpenLine, int]] = []  # with what was booked at first
        self.booked: dict[tuple[str, Kind], int] = defaultdict(int)

    def book(self, cash: int, terms: Terms, payment: str) -> list[Posting]:
        made = postings(entitlements(cash, terms), self.booked, (line for line, _ in self.lines), payment)
        booking = 1 + max((line.booking for line, _ in self.lines), default=0)
        for posting in made:
            self.booked[posting.partner, posting.kind] += posting.amount
            if posting.corrects is None:
                name = f"{booking:04}{posting.kind}"
                line = OpenLine(name, posting.partner, posting.kind, payment, booking, posting.amount)
                self.lines.append((line, posting.amount))
            else:
                self.lines = [
                    (line, first)
                    if line.id != posting.corrects
                    else (OpenLine(**line.__dict__ | {"left": line.left + posting.amount}), first)
                    for line, first in self.lines
                ]
        return made


@st.composite
def any_terms(draw: st.DrawFn) -> Terms:
    people = st.sampled_from(["seller", "x", "y"]) | st.none()
    return Terms(
        "seller",
        draw(RATES),
        leader=draw(people),
        override_bp=draw(RATES),
        override_basis=draw(st.sampled_from(["deal_amount", "member_commission"])),
        recruiter=draw(people),
        referral_bp=draw(RATES),
        cap_bp=draw(RATES),
    )


HISTORY = st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 100)), min_size=1, max_size=12)


@given(any_terms(), HISTORY)
def test_any_history_books_what_the_cash_is_worth(terms: Terms, history: list[tuple[int, int]]) -> None:
    book, cash, paid = Book(), 0, []
    for number, (amount, refund_percent) in enumerate(history):
        cash += amount
        paid.append(amount)
        book.book(cash, terms, f"p{number}")
        back = amount * refund_percent // 100
        if back:
            cash -= back
            paid[-1] -= back
            book.book(cash, terms, f"p{number}")
        assert {key: worth for key, worth in book.booked.items() if worth} == {
            key: worth for key, worth in entitlements(cash, terms).items() if worth
        }
        assert all(0 <= line.left <= first for line, first in book.lines)
    for number, amount in enumerate(paid):
        cash -= amount
        book.book(cash, terms, f"p{number}")
    assert not any(book.booked.values())
    assert not any(line.left for line, _ in book.lines)


@given(any_terms(), st.integers(0, 10**12))
def test_the_program_never_pays_more_than_its_cap_beyond_the_base(terms: Terms, cash: int) -> None:
    worth = entitlements(cash, terms)
    base = worth[terms.seller, "base"]
    assert all(amount >= 0 for amount in worth.values())
    assert sum(worth.values()) <= max(base, cash * terms.cap_bp // 10_000)
