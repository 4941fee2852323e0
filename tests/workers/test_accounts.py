"""Payout accounts: onboarding link, what becoming ready wakes, what a new bank account holds back, forged events."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import httpx
import psycopg
import pytest
from stripe import WebhookSignature

from siso_local.settings import Settings, state_dir
from tests.chaos.money import give_balance
from tests.database.harness import Person, acting, by_hand, call, expect_refusal, make_partner, rows, value
from tests.workers.payout_support import control
from tests.workers.support import wait_for


def ask_for_link(db: psycopg.Connection, partner: Person) -> dict[str, Any]:
    request = uuid.uuid4()
    with db.transaction(), acting(db, partner.actor("aal2")):
        call(db, "request_onboarding_link", request_id=request)
    query = "select to_jsonb(l) from payout_account_links as l where id = %s and (url is not null or error is not null)"
    link: dict[str, Any] = wait_for("the link", lambda: value(db, query, request))
    return link


def status_is(db: psycopg.Connection, partner: Person, status: str) -> None:
    query = "select true from payout_accounts where partner_id = %s and status::text = %s"
    wait_for(f"the account to be {status}", lambda: value(db, query, partner.id, status))


def calm(db: psycopg.Connection, partner: Person) -> None:
    """Returns when Stripe has had nothing to say of the account for two seconds."""
    seen, since = -1, time.monotonic()
    while time.monotonic() - since < 2:
        now = value(db, "select looks_saved from payout_accounts where partner_id = %s", partner.id)
        if now != seen:
            seen, since = now, time.monotonic()
        time.sleep(0.2)


def onboarded(settings: Settings, db: psycopg.Connection) -> tuple[Person, str]:
    with db.transaction():
        partner = make_partner(db)
    link = ask_for_link(db, partner)
    assert link["error"] is None
    assert link["url"].startswith(settings.url("stripe"))
    account: str = value(db, "select stripe_account_id from payout_accounts where partner_id = %s", partner.id)
    assert value(db, "select status::text from payout_accounts where partner_id = %s", partner.id) == "onboarding"
    control(settings, f"accounts/{account}/onboard", {"method": "bank"})
    status_is(db, partner, "ready")
    return partner, account


def test_from_link_to_dashboard(settings: Settings, live: psycopg.Connection) -> None:
    partner, account = onboarded(settings, live)
    kept = rows(
        live,
        "select destination_label ~ '•••• \\d{4}$', requirements_due, destination_changed_at"
        " from payout_accounts where partner_id = %s",
        partner.id,
    )
    assert kept == [(True, [], None)], "the first bank account is no change"
    again = ask_for_link(live, partner)
    assert "/express/" in again["url"], "a ready account gets the door to its dashboard"
    assert value(live, "select stripe_account_id from payout_accounts where partner_id = %s", partner.id) == account


def test_ready_wakes_parked_payouts(settings: Settings, live: psycopg.Connection) -> None:
    """Stripe restricts the account; the payout waits, and goes as soon as Stripe is content."""
    partner, account = onboarded(settings, live)
    control(settings, f"accounts/{account}/status", {"status": "restricted", "due": ["individual.id_number"]})
    status_is(live, partner, "restricted")
    with live.transaction():
        give_balance(live, partner, 150_000)
        with by_hand(live):
            live.execute("update payout_accounts set status = 'ready' where partner_id = %s", (partner.id,))
        with acting(live, partner.actor("aal2")):
            payout = call(live, "request_payout", currency="USD", request_id=uuid.uuid4())["id"]
        with by_hand(live):
            live.execute("update payout_accounts set status = 'restricted' where partner_id = %s", (partner.id,))
    state = "select true from payouts where id = %s and status::text = %s"
    wait_for("the payout to be parked", lambda: value(live, state, payout, "parked"))
    control(settings, f"accounts/{account}/status", {"status": "active"})
    wait_for("the payout to be paid", lambda: value(live, state, payout, "paid"), 40)
    assert value(live, "select attempt from payouts where id = %s", payout) == 1


def test_a_refused_attempt_gets_a_new_key(settings: Settings, live: psycopg.Connection) -> None:
    """We believe the account ready, Stripe knows better: the refusal parks; then a look, a new key, one transfer."""
    partner, account = onboarded(settings, live)
    control(settings, f"accounts/{account}/status", {"status": "restricted", "due": ["individual.id_number"]})
    status_is(live, partner, "restricted")
    with live.transaction():
        give_balance(live, partner, 150_000)
    calm(live, partner)
    with live.transaction():
        # As whoever changes an account: the partner's lock first, or a payout run could wait for this, and this for it.
        live.execute("select private.lock_partners(%s)", (partner.id,))
        with by_hand(live):
            live.execute("update payout_accounts set status = 'ready' where partner_id = %s", (partner.id,))
        with acting(live, partner.actor("aal2")):
            payout = call(live, "request_payout", currency="USD", request_id=uuid.uuid4())["id"]
    state = "select true from payouts where id = %s and status::text = %s"
    wait_for("the payout to be parked", lambda: value(live, state, payout, "parked"))
    assert value(live, "select failure_code from payouts where id = %s", payout) == (
        "insufficient_capabilities_for_transfer"
    )
    control(settings, f"accounts/{account}/status", {"status": "active"})
    wait_for("the payout to be paid", lambda: value(live, state, payout, "paid"), 40)
    assert rows(live, "select attempt, failure_code from payouts where id = %s", payout) == [(2, None)]
    made = httpx.get(f"{settings.url('stripe')}/_double/state").json()["objects"]["transfer"]
    assert len([t for t in made if t["metadata"].get("payout_id") == str(payout)]) == 1


def test_a_new_bank_account_holds_payouts_and_warns(settings: Settings, live: psycopg.Connection) -> None:
    partner, account = onboarded(settings, live)
    with live.transaction():
        give_balance(live, partner, 150_000)
    control(settings, f"accounts/{account}/onboard", {"method": "debit_card"})
    query = "select destination_changed_at from payout_accounts where partner_id = %s"
    wait_for("the change", lambda: value(live, query, partner.id))
    warned = "select count(*) from notifications where partner_id = %s and type = 'security'"
    assert value(live, warned, partner.id) >= 1
    with live.transaction(), acting(live, partner.actor("aal2")), expect_refusal(live, "PT409", "destination_hold"):
        call(live, "request_payout", currency="USD", request_id=uuid.uuid4())
    with live.transaction():  # a payout asked for before the change waits, too
        live.execute("update payout_accounts set destination_changed_at = null where partner_id = %s", (partner.id,))
        with acting(live, partner.actor("aal2")):
            payout = call(live, "request_payout", currency="USD", request_id=uuid.uuid4())["id"]
        live.execute(
            "update payout_accounts set destination_changed_at = private.now() where partner_id = %s", (partner.id,)
        )
    held = "select true from payouts where id = %s and status = 'parked' and failure_code = 'destination_hold'"
    wait_for("the payout to be held", lambda: value(live, held, payout))
    due = value(
        live,
        "select extract(epoch from run_at - private.now())::float / 3600 from ops.outbox"
        " where payload ->> 'payout_id' = %s and run_at > private.now()",
        str(payout),
    )
    assert 71.9 < due <= 72


def test_removing_a_bank_account_and_adding_another_is_a_change(db: psycopg.Connection) -> None:
    partner = make_partner(db)
    db.execute(
        "insert into payout_accounts (partner_id, stripe_account_id, status) values (%s, %s, 'onboarding')",
        (partner.id, f"acct_{partner.id.hex}"),
    )
    changed = "select destination_changed_at is not null from payout_accounts where partner_id = %s"
    for number, (fingerprint, expected) in enumerate([("one", False), (None, True), ("two", True)], start=1):
        db.execute("update payout_accounts set looks_begun = %s where partner_id = %s", (number, partner.id))
        if fingerprint == "two":  # long after
            db.execute(
                "update payout_accounts set destination_changed_at = private.now() - interval '90 days'"
                " where partner_id = %s",
                (partner.id,),
            )
        save(db, partner, number, fingerprint)
        assert value(db, changed, partner.id) is expected
    assert value(
        db, "select destination_changed_at = private.now() from payout_accounts where partner_id = %s", partner.id
    )
    save(db, partner, 2, "one")  # a slow look that began before
    assert value(db, "select destination_fingerprint from payout_accounts where partner_id = %s", partner.id) == "two"


def save(db: psycopg.Connection, partner: Person, look: int, fingerprint: str | None) -> None:
    db.execute(
        "select worker.save_account_state(%s, %s, 'ready', '{}', 'Bank •••• 0001', %s, 'complete')",
        (f"acct_{partner.id.hex}", look, fingerprint),
    )


@pytest.mark.parametrize(
    "path", ["payouts/hooks/stripe/platform", "accounts/hooks/stripe/connect", "accounts/hooks/stripe/thin"]
)
def test_forged_events_are_refused(settings: Settings, live: psycopg.Connection, path: str) -> None:
    kind = path.rsplit("/", 1)[1]
    event = f"evt_{uuid.uuid4().hex}"
    body = json.dumps({"id": event, "type": "account.updated", "account": "acct_nobody", "data": {"object": {}}})
    secrets = settings.stripe_webhook_secrets
    others = [
        WebhookSignature.generate_signature_header(body, secret) for name, secret in secrets.items() if name != kind
    ]
    old = WebhookSignature.generate_signature_header(body, secrets[kind], timestamp=int(time.time()) - 600)
    url = f"{settings.api_url}/workers/{path}"
    for header in ("", "t=1,v1=00", "nonsense", old, *others):
        answer = httpx.post(url, content=body, headers={"stripe-signature": header})
        assert (answer.status_code, answer.json()["rule"]) == (400, "stripe_signature"), header
    for wrong in ("{", "[]", '{"type": "x"}', '{"id": 7}'):
        good = WebhookSignature.generate_signature_header(wrong, secrets[kind])
        assert httpx.post(url, content=wrong, headers={"stripe-signature": good}).status_code == 400
    stored = "select count(*) from ops.inbound_events where source_id = %s"
    assert value(live, stored, event) == 0
    answers = [
        httpx.post(
            url,
            content=body,
            headers={"stripe-signature": WebhookSignature.generate_signature_header(body, secrets[kind])},
        )
        for _ in range(2)
    ]
    assert [(a.status_code, a.json()["duplicate"]) for a in answers] == [(200, False), (200, True)]
    assert value(live, stored, event) == 1


def log_lines(part: str, text: str) -> list[dict[str, Any]]:
    found = (state_dir() / "logs" / f"{part}.log").read_text().splitlines()
    return [json.loads(line) for line in found if text in line]


def test_a_payout_can_be_followed_to_stripe(settings: Settings, live: psycopg.Connection) -> None:
    """The request id of the first request stands in the worker's lines; Stripe's own request id leads on from there."""
    partner, _ = onboarded(settings, live)
    given = f"trace-{uuid.uuid4().hex}"
    with live.transaction():
        give_balance(live, partner, 150_000)
        live.execute("select set_config('siso.request_id', %s, true)", (given,))
        with acting(live, partner.actor("aal2")):
            payout = call(live, "request_payout", currency="USD", request_id=uuid.uuid4())["id"]
    state = "select true from payouts where id = %s and status = 'paid'"
    wait_for("the payout to be paid", lambda: value(live, state, payout), 40)
    lines = {line["event"]: line for line in log_lines("payouts", given)}
    assert {"job started", "transfer made", "transfer recorded", "job done"} <= lines.keys()
    made = lines["transfer made"]
    assert made["key"] == f"payout-{payout}-a1"
    [call_at_stripe] = log_lines("stripe", made["stripe_request_id"])
    assert (call_at_stripe["path"], call_at_stripe["status"]) == ("/v1/transfers", 200)


def test_a_bank_that_refuses_is_told_to_the_partner(settings: Settings, live: psycopg.Connection) -> None:
    """The daily payout of the partner's account fails: kept, told with the reason, and the next one is shown, too."""
    with live.transaction():
        partner = make_partner(live)
    ask_for_link(live, partner)
    account: str = value(live, "select stripe_account_id from payout_accounts where partner_id = %s", partner.id)
    control(settings, f"accounts/{account}/onboard", {"method": "failing_bank"})
    status_is(live, partner, "ready")
    with live.transaction():
        give_balance(live, partner, 150_000)
        with acting(live, partner.actor("aal2")):
            payout = call(live, "request_payout", currency="USD", request_id=uuid.uuid4())["id"]
    paid = "select true from payouts where id = %s and status = 'paid'"
    wait_for("the payout", lambda: value(live, paid, payout), 40)
    control(settings, "clock/advance", {"days": 4})
    refused = "select amount, reason from bank_payouts where partner_id = %s and status = 'failed'"
    wait_for("the refusal", lambda: rows(live, refused, partner.id))
    assert rows(live, refused, partner.id) == [(30_000, "The bank account has been closed.")]
    told = "select message from notifications where partner_id = %s and title = 'Your bank refused a payout'"
    assert len(rows(live, told, partner.id)) == 1
    assert value(live, "select status::text from payouts where id = %s", payout) == "paid", "for SISO it is paid"
    control(settings, f"accounts/{account}/onboard", {"method": "bank"})
    control(settings, "clock/advance", {"days": 4})
    arrived = "select true from bank_payouts where partner_id = %s and status = 'paid' and amount = 30000"
    wait_for("the money to arrive after all", lambda: value(live, arrived, partner.id))
