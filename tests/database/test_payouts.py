"""Making payouts: debts are netted, what was undone is as it was, approvals by the frozen plan, no self-dealing."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from siso_local.settings import Settings
from tests.database.harness import (
    OWN_ISSUER,
    Person,
    acting,
    by_hand,
    call,
    call_as,
    expect_refusal,
    make_staff,
    rows,
    value,
    worker,
)
from tests.database.payout_support import Db, ask, balances, broken, earn, owe, ready_partner


def status(db: Db, payout: dict[str, Any]) -> str:
    found: str = value(db, "select status::text from public.payouts where id = %s", payout["id"])
    return found


def begin(db: Db, payout: dict[str, Any]) -> dict[str, Any]:
    with acting(db, worker("payouts")):
        begun: dict[str, Any] = call(db, "begin_payout", "worker", payout=uuid.UUID(str(payout["id"])))
    return begun


def pay(db: Db, payout: dict[str, Any], transfer: str) -> None:
    """The worker's steps and Stripe's confirmation."""
    begun = begin(db, payout)
    assert begun["action"] == "send", begun
    arguments = {
        "payout": uuid.UUID(str(payout["id"])),
        "transfer": transfer,
        "transfer_amount": begun["request"]["amount"],
        "transfer_currency": begun["request"]["currency"],
    }
    with acting(db, worker("payouts")):
        call(db, "record_transfer", "worker", **arguments)
        call(db, "confirm_transfer", "worker", **arguments)


def test_debts_are_netted(db: Db) -> None:
    partner = ready_partner(db)
    earn(db, partner, 33_000)
    owe(db, partner, 8_000)
    payout = ask(db, partner)
    assert (payout["amount"], payout["status"]) == (25_000, "approved")
    items = "select amount from public.payout_items where payout_id = %s order by 1"
    assert rows(db, items, payout["id"]) == [(-8_000,), (33_000,)]
    assert balances(db, partner) == {}, "nothing is owed either way once the money is on its way"
    assert broken(db) == {}
    pay(db, payout, "tr_netted")
    lines = (
        "select amount, status::text from public.commissions where partner_id = %s and client_payment_id is not null"
    )
    assert sorted(rows(db, lines, partner.id)) == [(-8_000, "paid"), (33_000, "paid")]
    assert broken(db) == {}


def test_a_negative_balance_is_carried_forward(db: Db) -> None:
    """A paid line is clawed back: −33,000; two times 22,000 later 11,000 are payable."""
    partner = ready_partner(db)
    earn(db, partner, 33_000)
    pay(db, ask(db, partner), "tr_paid")
    owe(db, partner, 33_000)
    with expect_refusal(db, "PT409", "balance_negative"):
        ask(db, partner)
    with acting(db, partner.actor()):
        assert call(db, "earnings_summary")[0]["available"] == -33_000
    earn(db, partner, 22_000)
    with expect_refusal(db, "PT409", "balance_negative"):
        ask(db, partner)
    assert balances(db, partner) == {"partner_receivable": -33_000, "partner_payable": 22_000}
    earn(db, partner, 22_000)
    assert ask(db, partner)["amount"] == 11_000
    assert balances(db, partner) == {}
    assert broken(db) == {}


@pytest.mark.parametrize(("cents", "rule"), [(4_999, "below_minimum"), (5_000, None)])
def test_the_minimum_is_of_the_net_sum(db: Db, cents: int, rule: str | None) -> None:
    partner = ready_partner(db)
    earn(db, partner, 20_000 + cents)
    owe(db, partner, 20_000)
    if rule:
        with expect_refusal(db, "PT409", rule):
            ask(db, partner)
    else:
        assert ask(db, partner)["amount"] == cents


def test_currencies_are_never_summed(db: Db) -> None:
    partner = ready_partner(db)
    earn(db, partner, 30_000)
    with expect_refusal(db, "PT409", "nothing_available"):
        ask(db, partner, "EUR")
    with expect_refusal(db, "22023", "unknown_currency"):
        ask(db, partner, "XXX")
    assert ask(db, partner)["currency"] == "USD"


def test_two_jobs_that_wake_a_refused_payout_do_not_park_it_again(db: Db) -> None:
    """Several events say at once that the account is ready: none of their jobs may send the key that was refused."""
    partner = ready_partner(db)
    earn(db, partner, 10_000)
    payout = ask(db, partner)
    first = begin(db, payout)
    which = {"payout": uuid.UUID(payout["id"]), "seen_attempt": first["attempt"]}
    with acting(db, worker("payouts")):
        call(db, "payout_refused", "worker", **which, code="not_ready", message="Not ready.", next="park")
    assert (begin(db, payout)["action"], begin(db, payout)["action"]) == ("reconcile", "reconcile")
    with acting(db, worker("payouts")):
        again = call(db, "restart_payout_attempt", "worker", **which)
        assert (again["action"], again["attempt"]) == ("send", 2)
        assert call(db, "restart_payout_attempt", "worker", **which)["action"] == "skip"
    assert begin(db, payout)["action"] == "send"


def test_a_failed_payout_leaves_everything_as_it_was(db: Db) -> None:
    partner = ready_partner(db)
    earn(db, partner, 33_000)
    owe(db, partner, 8_000)
    before = balances(db, partner)
    payout = ask(db, partner)
    begun = begin(db, payout)
    with acting(db, worker("payouts")):
        arguments = {"payout": uuid.UUID(payout["id"]), "code": "account_closed", "message": "closed", "next": "fail"}
        call(db, "payout_refused", "worker", seen_attempt=begun["attempt"] + 1, **arguments)
    assert balances(db, partner) == {}, "a word about an attempt that never was changes nothing"
    with acting(db, worker("payouts")):
        call(db, "payout_refused", "worker", seen_attempt=begun["attempt"], **arguments)
        call(db, "payout_refused", "worker", seen_attempt=begun["attempt"], **arguments)
    assert balances(db, partner) == before
    assert broken(db) == {}
    again = ask(db, partner)
    assert (again["amount"], again["id"] != payout["id"]) == (25_000, True)
    assert broken(db) == {}
    with pytest.raises(psycopg.Error, match="never changes"), db.transaction(), by_hand(db):
        db.execute("update public.payouts set status = 'approved' where id = %s", (payout["id"],))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["earn", "owe", "ask", "pay", "fail"]), st.integers(1, 60_000)), max_size=14))
def test_any_history_adds_up(db: Db, steps: list[tuple[str, int]]) -> None:
    """Whatever happens in whatever order: earned − owed = paid + under way + balance, and no invariant is broken."""
    with db.transaction(force_rollback=True):
        partner = ready_partner(db)
        balance = paid = 0
        waiting: list[dict[str, Any]] = []
        for number, (step, cents) in enumerate([("earn", 10_000), *steps]):
            if step == "earn":
                earn(db, partner, cents)
                balance += cents
            elif step == "owe":
                owe(db, partner, cents)
                balance -= cents
            elif step == "ask":
                if balance >= 5_000:
                    waiting.append(ask(db, partner))
                    assert waiting[-1]["amount"] == balance
                    balance = 0
                else:
                    with expect_refusal(db, "PT409"):
                        ask(db, partner)
            elif waiting and (found := [p for p in waiting if p["status"] == "approved"]):
                waiting.remove(found[0])
                if step == "pay":
                    pay(db, found[0], f"tr_{number}")
                    paid += found[0]["amount"]
                else:
                    attempt = begin(db, found[0])["attempt"]
                    with acting(db, worker("payouts")):
                        call(
                            db, "payout_refused", "worker", payout=uuid.UUID(found[0]["id"]), seen_attempt=attempt,
                            code="x", message="x", next="fail",
                        )  # fmt: skip
                    balance += found[0]["amount"]
            assert broken(db) == {}, (number, step)
        assert value(db, "select private.payable_balance(%s, 'USD')", partner.id) == balance
        query = "select coalesce(sum(amount), 0) from public.payouts where partner_id = %s and status = 'paid'"
        assert value(db, query, partner.id) == paid


# -- approvals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cents", "needed"), [(5_000, 0), (99_999, 0), (100_000, 1), (499_999, 1), (500_000, 2), (900_000, 2)]
)
def test_approvals_by_amount(db: Db, finance: Person, admin: Person, cents: int, needed: int) -> None:
    partner = ready_partner(db)
    earn(db, partner, cents)
    payout = ask(db, partner)
    assert payout["status"] == ("approved" if needed == 0 else "draft")
    sends = "select count(*) from ops.outbox where topic = 'payout.send' and payload ->> 'payout_id' = %s"
    assert value(db, sends, payout["id"]) == (1 if needed == 0 else 0)
    people = [finance, admin][:needed]
    for number, person in enumerate(people):
        for _ in range(2):  # one person who says yes twice is one person
            answer = call_as(db, person, "approve_payout", payout_id=payout["id"])
        assert answer["status"] == ("approved" if number == needed - 1 else "draft")
    assert value(db, sends, payout["id"]) == 1
    assert begin(db, payout)["action"] == "send"
    assert broken(db) == {}


def test_a_flag_asks_for_two(db: Db, finance: Person, admin: Person) -> None:
    """One line stands under a risk hold: the others are paid, when two people agree."""
    partner = ready_partner(db)
    earn(db, partner, 20_000)
    earn(db, partner, 7_000)
    query = "select id from public.commissions where partner_id = %s and amount = 7000 and status = 'payable'"
    db.execute(
        "select private.place_hold(%s, 'test', 'test', private.now(), 'rule', null, %s, 'looks odd')",
        (partner.id, value(db, query, partner.id)),
    )
    payout = ask(db, partner)
    assert payout["status"] == "draft"
    with acting(db, finance.actor("aal2")):
        [listed] = rows(db, "select approvals_needed, flags from payouts_to_approve() where id = %s", payout["id"])
    assert listed == (2, ["risk_hold"])
    assert call_as(db, finance, "approve_payout", payout_id=payout["id"])["status"] == "draft"
    assert call_as(db, admin, "approve_payout", payout_id=payout["id"])["status"] == "approved"


def test_a_flag_that_comes_later_stops_what_is_not_yet_sent(db: Db, finance: Person, admin: Person) -> None:
    partner, other = ready_partner(db), ready_partner(db)
    earn(db, partner, 20_000)
    payout = ask(db, partner)
    assert payout["status"] == "approved"
    db.execute(
        "update public.payout_accounts set destination_fingerprint = 'same' where partner_id = any (%s)",
        ([partner.id, other.id],),
    )
    assert begin(db, payout) == {"action": "park", "why": "needs_approval"}
    assert status(db, payout) == "draft"
    call_as(db, finance, "approve_payout", payout_id=payout["id"])
    assert status(db, payout) == "draft"
    call_as(db, admin, "approve_payout", payout_id=payout["id"])
    assert begin(db, payout)["action"] == "send"
    assert broken(db) == {}


def test_who_has_left_does_not_count(db: Db, finance: Person, admin: Person) -> None:
    partner = ready_partner(db)
    earn(db, partner, 600_000)
    payout = ask(db, partner)
    call_as(db, finance, "approve_payout", payout_id=payout["id"])
    with by_hand(db):
        db.execute("delete from public.staff_roles where staff_id = %s", (finance.id,))
    assert call_as(db, admin, "approve_payout", payout_id=payout["id"])["status"] == "draft"
    third = make_staff(db, "owner")
    assert call_as(db, third, "approve_payout", payout_id=payout["id"])["status"] == "approved"


def test_later_limits_and_minimums_change_nothing(db: Db, finance: Person) -> None:
    """Approvals are by the plan of the request; a minimum that rises leaves payouts under way alone."""
    small, large = ready_partner(db), ready_partner(db)
    earn(db, small, 6_000)
    earn(db, large, 150_000)
    sent, waiting = ask(db, small), ask(db, large)
    owner = make_staff(db, "owner")
    with acting(db, owner.actor("aal2")):
        terms = {"terms": {"one_approval_from": 1_000, "two_approvals_from": 2_000}}
        call(db, "publish_plan", changes=terms, reason="test", request_id=uuid.uuid4())
    call_as(db, finance, "set_payout_minimum", currency="USD", amount=50_000, reason="a test")
    assert begin(db, sent)["action"] == "send"
    assert call_as(db, finance, "approve_payout", payout_id=waiting["id"])["status"] == "approved"
    earn(db, small, 40_000)
    with expect_refusal(db, "PT409", "below_minimum"):
        ask(db, small)
    call_as(db, finance, "set_payout_minimum", currency="USD", amount=5_000, reason="a test")
    assert ask(db, small)["status"] == "draft"
    assert value(db, "select approvals_needed from payouts where partner_id = %s and status = 'draft'", small.id) == 2


@pytest.mark.parametrize(
    ("currency", "digits", "yardstick", "limit"),
    [("USD", 2, 5_000, 100_000), ("EUR", 2, 5_000, 100_000), ("JPY", 0, 7_500, 150_000), ("KWD", 3, 1_535, 30_700)],
)
def test_limits_in_other_currencies_keep_the_proportion(
    db: Db, finance: Person, currency: str, digits: int, yardstick: int, limit: int
) -> None:
    """Whatever the smallest payouts become."""
    for minimum in (yardstick, 10 * yardstick):
        terms = {"currency": currency, "amount": minimum, "minor_digits": digits, "yardstick": yardstick}
        made = call_as(db, finance, "set_payout_minimum", **terms, reason="a test")
        assert (made["amount"], made["one_approval_from"]) == (minimum, limit)
        call_as(db, finance, "set_payout_minimum", currency="USD", amount=minimum, reason="a test")
    assert value(db, "select private.limit_in(100000, %s)", currency) == limit


def test_nobody_approves_their_own(db: Db, admin: Person) -> None:
    partner = ready_partner(db)
    earn(db, partner, 150_000)
    payout = ask(db, partner)
    with by_hand(db):
        db.execute("update public.staff_members set email = %s where id = %s", (partner.email.upper(), admin.id))
    for function, more in (("approve_payout", {}), ("reject_payout", {"reason": "mine"})):
        with acting(db, admin.actor("aal2")), expect_refusal(db, "42501", "self_dealing"):
            call(db, function, payout_id=uuid.UUID(payout["id"]), **more)
    # The same log-in for both, with different addresses.
    both = make_staff(db, "finance")
    with by_hand(db):
        db.execute(
            "update private.auth_identities set staff_id = %s where partner_id = %s and issuer = %s",
            (both.id, partner.id, OWN_ISSUER),
        )
    for person in (partner, both):
        with acting(db, person.actor("aal2")), expect_refusal(db, "42501", "self_dealing"):
            call(db, "approve_payout", payout_id=uuid.UUID(payout["id"]))
    assert status(db, payout) == "draft"


def test_rejected_with_a_reason_the_money_is_back(db: Db, finance: Person) -> None:
    partner = ready_partner(db)
    earn(db, partner, 150_000)
    owe(db, partner, 10_000)
    before = balances(db, partner)
    payout = ask(db, partner)
    with acting(db, finance.actor("aal2")), expect_refusal(db, "22023", "length"):
        call(db, "reject_payout", payout_id=uuid.UUID(payout["id"]), reason=" ")
    assert call_as(db, finance, "reject_payout", payout_id=payout["id"], reason="Wrong deal")["status"] == "cancelled"
    assert call_as(db, finance, "reject_payout", payout_id=payout["id"], reason="Wrong deal")["status"] == "cancelled"
    assert balances(db, partner) == before
    assert call_as(db, finance, "approve_payout", payout_id=payout["id"])["status"] == "cancelled"
    assert begin(db, payout)["action"] == "skip"
    told = "select message from public.notifications where partner_id = %s and title = 'Payout not approved'"
    assert "Wrong deal" in value(db, told, partner.id)
    assert ask(db, partner)["amount"] == 140_000
    assert broken(db) == {}


def test_what_stripe_was_asked_for_is_not_rejected(db: Db, finance: Person) -> None:
    partner = ready_partner(db)
    earn(db, partner, 20_000)
    payout = ask(db, partner)
    begin(db, payout)
    with acting(db, finance.actor("aal2")), expect_refusal(db, "PT409", "wrong_state"):
        call(db, "reject_payout", payout_id=uuid.UUID(payout["id"]), reason="too late")


def test_decisions_are_never_changed(db: Db, finance: Person) -> None:
    partner = ready_partner(db)
    earn(db, partner, 600_000)
    payout = ask(db, partner)
    call_as(db, finance, "approve_payout", payout_id=payout["id"])
    for statement in ("delete from", "truncate"):
        with expect_refusal(db, "42501", "append_only"):
            db.execute(f"{statement} public.payout_approvals".encode())
    with expect_refusal(db, "42501", "append_only"):
        db.execute("update public.payout_approvals set staff_id = staff_id")
    # Somebody with the database's own rights skips the approval: the invariant shows it.
    with by_hand(db):
        db.execute("update public.payouts set status = 'approved' where id = %s", (payout["id"],))
    assert list(broken(db, but=("check_stuck_payouts",))) == ["check_payout_approvals"]


def test_two_at_once_make_one_transition(settings: Settings) -> None:
    """Two people approve at the same moment, many times over: each payout goes out by one job."""

    def approve(person: Person, payout: str) -> None:
        with psycopg.connect(settings.dsn("postgres")) as own:
            call_as(own, person, "approve_payout", payout_id=payout)

    with psycopg.connect(settings.dsn("postgres")) as db:
        people = [make_staff(db, "finance") for _ in range(4)]
        partner = ready_partner(db, status="active")
        # Parked, so that the platform's own worker sends nothing anywhere.
        db.execute("insert into public.payout_holds (partner_id, reason) values (%s, 'test')", (partner.id,))
        payouts = []
        for _ in range(6):
            earn(db, partner, 510_000)
            payouts.append(
                str(value(db, "select (private.make_payout(%s, 'USD', %s, 'on_request')).id", partner.id, uuid.uuid4()))
            )
        db.commit()
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda pair: approve(*pair), [(person, payout) for payout in payouts for person in people]))
        sends = "select count(*) from ops.outbox where topic = 'payout.send' and payload ->> 'payout_id' = any (%s)"
        approvals = "select count(*) from ops.events where subject_id = any (%s::uuid[]) and type = 'payout.approved'"
        assert value(db, sends, payouts) == value(db, approvals, payouts) == 6
