"""Webhooks of the double: signed as Stripe signs, retried, twice and in disorder where that is asked for."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import stripe
from stripe.events import V2CoreAccountIncludingConfigurationRecipientCapabilityStatusUpdatedEventNotification

from tests.platform.stripe_support import Double, Receiver, new_account, pay, ready_account, running_double

CAPABILITY = "v2.core.account[configuration.recipient].capability_status_updated"


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    running = Receiver()
    yield running
    running.close()


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory, receiver: Receiver) -> Iterator[Double]:
    with running_double(tmp_path_factory.mktemp("stripe")) as running:
        running.control("webhooks", {"endpoints": receiver.endpoints(running.settings)})
        yield running


def test_snapshot_event_of_the_platform(double: Double, receiver: Receiver) -> None:
    secret = double.settings.stripe_webhook_secrets["platform"]
    transfer = pay(double.client(), ready_account(double), 4_200, "hook-1", metadata={"payout_id": "17"})
    signature, body = receiver.wait_for("platform", "transfer.created", transfer.id)[0]
    event = stripe.Webhook.construct_event(body, signature, secret)
    assert event.type == "transfer.created"
    assert event.data.object["id"] == transfer.id
    assert event.data.object["metadata"]["payout_id"] == "17"
    assert "account" not in event.to_dict(), "an event of the platform itself"
    assert event.request and event.request.idempotency_key == "hook-1"
    assert double.client().v1.events.retrieve(event.id).data.object["id"] == transfer.id
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body.replace(b"4200", b"9900"), signature, secret)
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body, signature, double.settings.stripe_webhook_secrets["connect"])


def test_snapshot_events_of_a_connected_account(double: Double, receiver: Receiver) -> None:
    account = ready_account(double, "failing_bank")
    pay(double.client(), account, 4_200)
    double.control("clock/advance", {"days": 4})
    secret = double.settings.stripe_webhook_secrets["connect"]
    signature, body = receiver.wait_for("connect", "payout.failed", account)[0]
    event = stripe.Webhook.construct_event(body, signature, secret)
    assert event.account == account
    assert event.data.object["failure_code"] == "account_closed"
    assert event.data.previous_attributes
    for kind in ("account.external_account.created", "account.external_account.updated", "capability.updated"):
        receiver.wait_for("connect", kind, account)


def test_thin_event_names_the_account_only(double: Double, receiver: Receiver) -> None:
    client, account = double.client(), ready_account(double)
    [(signature, body)] = receiver.wait_for("thin", CAPABILITY, account)
    secret = double.settings.stripe_webhook_secrets["thin"]
    notice = client.parse_event_notification(body, signature, secret)
    assert isinstance(notice, V2CoreAccountIncludingConfigurationRecipientCapabilityStatusUpdatedEventNotification)
    assert notice.related_object.id == account
    assert "data" not in json.loads(body)
    assert notice.fetch_related_object().id == account
    assert notice.fetch_event().data.updated_capability == "stripe_balance.stripe_transfers"
    with pytest.raises(ValueError, match="thin"):
        stripe.Webhook.construct_event(body, signature, secret)
    seen = [event.type for event in client.v2.core.events.list({"object_id": account}).data]
    assert seen[-1] == "v2.core.account.created"
    assert CAPABILITY in seen


def test_duplicates_and_disorder(double: Double, receiver: Receiver) -> None:
    account = ready_account(double)
    double.control("webhooks", {"duplicates": True, "shuffle": True})
    try:
        made = [pay(double.client(), account, 100 + number).id for number in range(8)]
        until = time.monotonic() + 10
        arrived: list[str] = []
        while len(arrived) < 16 and time.monotonic() < until:
            bodies = [json.loads(body) for _, body in receiver.wait_for("platform", "transfer.created")]
            arrived = [body["data"]["object"]["id"] for body in bodies if body["data"]["object"]["id"] in made]
            time.sleep(0.05)
    finally:
        double.control("webhooks", {"duplicates": False, "shuffle": False})
    assert sorted(arrived) == sorted(made * 2)
    assert arrived[::2] != made or arrived[1::2] != made


def test_retries_until_the_receiver_answers(tmp_path: Path) -> None:
    receiver = Receiver(failures=2)
    try:
        with running_double(tmp_path) as double:
            double.control("webhooks", {"endpoints": receiver.endpoints(double.settings)})
            new_account(double.client())
            receiver.wait_for("thin", "v2.core.account.created")
            [delivery] = double.control("deliveries")["deliveries"]
            assert delivery["attempts"] == 3
            double.control(f"events/{delivery['event_id']}/resend", {})
            receiver.wait_for("thin", "v2.core.account.created", count=2)
    finally:
        receiver.close()


def test_what_was_queued_before_a_kill_is_sent_after_it(tmp_path: Path) -> None:
    receiver = Receiver()
    double = Double(tmp_path)
    double.environment["STRIPE_WEBHOOKS"] = json.dumps(receiver.endpoints(double.settings))
    try:
        double.start()
        double.control("webhooks", {"paused": True})
        account = new_account(double.client())
        double.kill()
        double.start()
        assert not receiver.received
        double.control("webhooks", {"paused": False})
        [(_, body)] = receiver.wait_for("thin", "v2.core.account.created")
        assert json.loads(body)["related_object"]["id"] == account
        assert double.settings.stripe_webhook_secrets["thin"] not in (tmp_path / "stripe.log").read_text()
        assert double.settings.stripe_secret_key not in (tmp_path / "stripe.log").read_text()
    finally:
        double.stop()
        receiver.close()
