"""What stops payouts: holds that only staff end, 72 hours after a change, a partnership that is not open; and who still
gets their money."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from psycopg import sql

from tests.database.harness import Person, acting, call, call_as, expect_refusal, make_staff, rows, value, worker
from tests.database.payout_support import Db, ask, balances, broken, decide_status_hold, earn, ready_partner


def begin(db: Db, payout: str) -> dict[str, Any]:
    with acting(db, worker("payouts")):
        begun: dict[str, Any] = call(db, "begin_payout", "worker", payout=uuid.UUID(payout))
    return begun


def wakes(db: Db, payout: str) -> int:
    query = "select count(*) from ops.outbox where payload ->> 'payout_id' = %s and dedupe_key like '%%:woken:%%'"
    return int(value(db, query, payout))


def test_a_hold_freezes_payouts_until_staff_end_it(db: Db, finance: Person) -> None:
    partner = ready_partner(db)
    earn(db, partner, 20_000)
    payout = ask(db, partner)
    earn(db, partner, 20_000)
    hold = call_as(db, finance, "hold_payouts", partner_id=partner.id, reason="Looks odd")
    with expect_refusal(db, "PT409", "payouts_frozen"):
        ask(db, partner)
    assert begin(db, payout["id"]) == {"action": "park", "why": "payouts_frozen"}
    db.execute("update public.payouts set updated_at = updated_at where id = %s", (payout["id"],))
    call(db, "wake_waiting_payouts", "private")
    assert wakes(db, payout["id"]) == 0, "time wakes nothing while the hold stands"
    with acting(db, finance.actor("aal2")), expect_refusal(db, "22023", "length"):
        call(db, "end_payout_hold", hold_id=uuid.UUID(hold["id"]), reason="")
    ended = call_as(db, finance, "end_payout_hold", hold_id=hold["id"], reason="Spoke to them")
    again = call_as(db, finance, "end_payout_hold", hold_id=hold["id"], reason="Twice")
    assert again == ended
    assert wakes(db, payout["id"]) == 1
    assert begin(db, payout["id"])["action"] == "send"
    assert ask(db, partner)["status"] == "approved"
    assert broken(db) == {}


def test_the_partner_sees_the_hold_and_cannot_end_it(db: Db, finance: Person) -> None:
    partner = ready_partner(db)
    call_as(db, finance, "hold_payouts", partner_id=partner.id, reason="Looks odd")
    with acting(db, partner.actor("aal2")):
        [(hold, reason)] = rows(db, "select id, reason from public.payout_holds")
        assert reason == "Looks odd"
        with expect_refusal(db, "42501", "staff_only"):
            call(db, "end_payout_hold", hold_id=hold, reason="it is fine")
        with expect_refusal(db, "42501"):
            db.execute("update public.payout_holds set ended_at = now()")


def test_what_is_on_its_way_is_followed_up_in_spite_of_a_hold(db: Db, finance: Person) -> None:
    """A transfer may exist: forgetting it would pay twice later."""
    partner = ready_partner(db)
    earn(db, partner, 20_000)
    payout = ask(db, partner)["id"]
    begin(db, payout)
    call_as(db, finance, "hold_payouts", partner_id=partner.id, reason="Looks odd")
    assert begin(db, payout)["action"] == "send", "the same request and key again"


@pytest.mark.parametrize("column", ["destination_changed_at", "security_changed_at"])
def test_72_hours_after_a_change(db: Db, column: str) -> None:
    partner = ready_partner(db)
    earn(db, partner, 20_000)
    payout = ask(db, partner)["id"]
    earn(db, partner, 20_000)

    def changed(ago: str) -> None:
        moment = value(db, "select private.now() - %s::interval", ago)
        query = sql.SQL("update public.payout_accounts set {} = %s where partner_id = %s").format(
            sql.Identifier(column)
        )
        db.execute(query, (moment, partner.id))

    changed("71 hours 59 minutes")
    with expect_refusal(db, "PT409", "destination_hold"):
        ask(db, partner)
    assert begin(db, payout) == {"action": "park", "why": "destination_hold"}
    due = (
        "select min(run_at - private.now()) from ops.outbox"
        " where payload ->> 'payout_id' = %s and run_at > private.now()"
    )
    assert value(db, due, payout).total_seconds() == 60, "it wakes by itself when the wait ends"
    changed("72 hours")
    assert begin(db, payout)["action"] == "send"
    assert ask(db, partner)["status"] == "approved"


@pytest.mark.parametrize("function", ["suspend_partner", "terminate_partner"])
def test_a_suspended_or_former_partner_keeps_the_money(db: Db, finance: Person, admin: Person, function: str) -> None:
    partner = ready_partner(db)
    earn(db, partner, 20_000)
    payout = ask(db, partner)["id"]
    earn(db, partner, 3_000)
    call_as(db, admin, function, partner_id=partner.id, reason="test")
    assert begin(db, payout) == {"action": "park", "why": "partner_not_active"}
    assert balances(db, partner) == {"partner_pending": 3_000}, "it waits for a decision, and is theirs"
    with acting(db, finance.actor("aal2")), expect_refusal(db, "PT409", "nothing_available"):
        call(db, "final_payout", partner_id=partner.id, currency="USD", request_id=uuid.uuid4())
    decide_status_hold(db, partner)
    assert balances(db, partner) == {"partner_payable": 3_000}, "below the minimum, too"
    with acting(db, partner.actor("aal2")):
        with expect_refusal(db, "42501", "partner_not_active"):
            call(db, "request_payout", currency="USD", request_id=uuid.uuid4())
        assert call(db, "earnings_summary")[0]["available"] == 3_000
    request = uuid.uuid4()
    final = call_as(db, finance, "final_payout", partner_id=partner.id, currency="USD", request_id=request)
    assert (final["amount"], final["status"], final["kind"]) == (3_000, "draft", "final")
    again = call_as(db, finance, "final_payout", partner_id=partner.id, currency="USD", request_id=request)
    assert again["id"] == final["id"]
    with acting(db, finance.actor("aal2")), expect_refusal(db, "42501", "four_eyes"):
        call(db, "approve_payout", payout_id=uuid.UUID(final["id"]))
    assert call_as(db, admin, "approve_payout", payout_id=final["id"])["status"] == "approved"
    assert begin(db, final["id"])["action"] == "send"
    assert broken(db) == {}


def test_a_parked_payout_of_a_suspended_partner_can_be_given_back_and_paid_finally(
    db: Db, finance: Person, admin: Person
) -> None:
    partner = ready_partner(db)
    earn(db, partner, 20_000)
    payout = ask(db, partner)["id"]
    call_as(db, admin, "suspend_partner", partner_id=partner.id, reason="test")
    begin(db, payout)
    decide_status_hold(db, partner)
    call_as(db, finance, "reject_payout", payout_id=payout, reason="Paid with the final payout")
    final = call_as(db, finance, "final_payout", partner_id=partner.id, currency="USD", request_id=uuid.uuid4())
    assert final["amount"] == 20_000
    assert broken(db) == {}


def test_a_final_payout_is_not_for_open_partnerships(db: Db, finance: Person) -> None:
    partner = ready_partner(db)
    earn(db, partner, 20_000)
    with acting(db, finance.actor("aal2")), expect_refusal(db, "PT409", "wrong_state"):
        call(db, "final_payout", partner_id=partner.id, currency="USD", request_id=uuid.uuid4())


STAFF_CALLS: list[tuple[str, dict[str, Any]]] = [
    ("approve_payout", {"payout_id": uuid.uuid4()}),
    ("reject_payout", {"payout_id": uuid.uuid4(), "reason": "x"}),
    ("final_payout", {"partner_id": uuid.uuid4(), "currency": "USD", "request_id": uuid.uuid4()}),
    ("hold_payouts", {"partner_id": uuid.uuid4(), "reason": "x"}),
    ("end_payout_hold", {"hold_id": uuid.uuid4(), "reason": "x"}),
    ("approve_payout_run", {"run_id": uuid.uuid4()}),
    ("execute_payout_run", {"run_id": uuid.uuid4()}),
    ("reconcile_payout_run", {"run_id": uuid.uuid4()}),
    ("propose_payout_reversal", {"payout_id": uuid.uuid4(), "reason": "x", "request_id": uuid.uuid4()}),
    ("decide_payout_reversal", {"reversal_id": uuid.uuid4(), "decision": "approved"}),
]


@pytest.mark.parametrize(("function", "arguments"), STAFF_CALLS, ids=[name for name, _ in STAFF_CALLS])
def test_staff_move_money_only_with_a_fresh_factor(db: Db, function: str, arguments: dict[str, Any]) -> None:
    """No second factor, one that is too old, one that another issuer claims, and no role: nothing gets through."""
    person, support = make_staff(db, "finance", "admin"), make_staff(db, "moderator")
    for actor, rule in (
        (person.actor(), "mfa_not_enrolled"),
        (person.actor("aal2").with_mfa(601), "mfa_stale"),
        (support.actor("aal2"), "role"),
        (ready_partner(db, tier="elite").actor("aal2"), "staff_only"),
    ):
        with acting(db, actor), expect_refusal(db, "42501" if rule in ("role", "staff_only") else "PT403", rule):
            call(db, function, **arguments)
    with acting(db, person.actor("aal2").with_mfa(599)), expect_refusal(db, "PT404", "not_found"):
        call(db, function, **arguments)


PARTNER_CALLS: list[tuple[str, dict[str, Any]]] = [
    ("request_payout", {"currency": "USD", "request_id": uuid.uuid4()}),
    ("request_instant_payout", {"currency": "USD", "fee": 300, "request_id": uuid.uuid4()}),
    ("request_onboarding_link", {"request_id": uuid.uuid4()}),
]


@pytest.mark.parametrize(("function", "arguments"), PARTNER_CALLS, ids=[name for name, _ in PARTNER_CALLS])
def test_partners_move_money_only_with_a_fresh_factor(db: Db, function: str, arguments: dict[str, Any]) -> None:
    partner = ready_partner(db, tier="elite")
    earn(db, partner, 20_000)
    db.execute(
        "insert into private.auth_identities (issuer, subject, partner_id)"
        " values ('https://login.example.com', %s, %s)",
        (f"third|{partner.id}", partner.id),
    )
    third = partner.actor("aal2")
    third = type(third)(subject=f"third|{partner.id}", aal="aal2", issuer="https://login.example.com")
    for actor, rule in (
        (partner.actor(), "mfa_not_enrolled"),
        (partner.actor("aal2").with_mfa(601), "mfa_stale"),
        (third, "mfa_not_enrolled"),
    ):
        with acting(db, actor), expect_refusal(db, "PT403", rule):
            call(db, function, **arguments)
    with acting(db, partner.actor("aal2").with_mfa(599)):
        assert call(db, function, **arguments)
