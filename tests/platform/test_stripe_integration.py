"""What our code relies on, asked of the double and, where ``STRIPE_SANDBOX_KEY`` is set, of Stripe's own sandbox.

The sandbox cannot onboard an account without a person. ``STRIPE_SANDBOX_ACCOUNT`` names one whose onboarding is done;
the platform's sandbox balance in USD must hold a few dollars.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple
from uuid import uuid4

import pytest
import stripe

from tests.platform.stripe_support import API_VERSION, new_account, pay, ready_account, running_double


class Target(NamedTuple):
    client: stripe.StripeClient
    account: str | None  # an onboarded account, where there is one


@pytest.fixture(scope="module", params=["double", "sandbox"])
def target(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    if request.param == "sandbox":
        key = os.environ.get("STRIPE_SANDBOX_KEY")
        if not key:
            pytest.skip("STRIPE_SANDBOX_KEY is not set: not compared with Stripe's own sandbox (do it before launch)")
        assert key.startswith("sk_test_"), "STRIPE_SANDBOX_KEY must be a sandbox key, never a live one"
        client = stripe.StripeClient(key, stripe_version=API_VERSION, max_network_retries=2)
        yield Target(client, os.environ.get("STRIPE_SANDBOX_ACCOUNT"))
        return
    with running_double(tmp_path_factory.mktemp("stripe")) as double:
        yield Target(double.client(), ready_account(double))


@pytest.fixture
def ready(target: Target) -> str:
    if not target.account:
        pytest.skip("STRIPE_SANDBOX_ACCOUNT is not set: no onboarded account to send money to")
    return target.account


def test_configuration_and_requirements_need_include(target: Target) -> None:
    account = new_account(target.client)
    plain = target.client.v2.core.accounts.retrieve(account)
    assert plain.configuration is None
    assert plain.requirements is None
    full = target.client.v2.core.accounts.retrieve(
        account, {"include": ["configuration.recipient", "requirements", "identity"]}
    )
    assert full.configuration and full.configuration.recipient and full.configuration.recipient.capabilities
    balance = full.configuration.recipient.capabilities.stripe_balance
    assert balance and balance.stripe_transfers
    assert balance.stripe_transfers.status in ("restricted", "pending")
    assert full.requirements and full.requirements.entries
    assert full.identity and str(full.identity.country).lower() == "us"


def test_v1_sees_an_account_made_by_v2(target: Target) -> None:
    account = new_account(target.client, metadata={"partner_id": "p-1"})
    seen = target.client.v1.accounts.retrieve(account)
    assert seen.country == "US"
    assert seen.payouts_enabled is False
    assert seen.details_submitted is False


def test_onboarding_link(target: Target) -> None:
    link = target.client.v2.core.account_links.create(
        {
            "account": new_account(target.client),
            "use_case": {
                "type": "account_onboarding",
                "account_onboarding": {
                    "refresh_url": "https://app.example.com/refresh",
                    "return_url": "https://app.example.com/back",
                    "collection_options": {"fields": "eventually_due"},
                },
            },
        }
    )
    assert link.url.startswith("http")
    assert link.expires_at > link.created


def test_no_transfer_to_an_account_that_is_not_ready_and_the_failure_stays_with_its_key(target: Target) -> None:
    account, key = new_account(target.client), f"test-{uuid4()}"
    with pytest.raises(stripe.InvalidRequestError) as first:
        pay(target.client, account, 1000, key)
    assert first.value.code == "insufficient_capabilities_for_transfer"
    with pytest.raises(stripe.InvalidRequestError) as second:
        pay(target.client, account, 1000, key)
    assert second.value.headers is not None
    assert second.value.headers.get("idempotent-replayed") == "true"


def test_unknown_destination(target: Target) -> None:
    with pytest.raises(stripe.InvalidRequestError) as failure:
        pay(target.client, "acct_1Nothing0000000", 1000)
    assert (failure.value.code, failure.value.param) == ("resource_missing", "destination")


@pytest.mark.parametrize(
    ("params", "code", "param"),
    [
        ({"currency": "usd"}, "parameter_missing", "destination"),
        ({"amount": "ten", "currency": "usd", "destination": "acct_x"}, "parameter_invalid_integer", "amount"),
        ({"amount": 1, "currency": "usd", "destination": "acct_x", "colour": "red"}, "parameter_unknown", "colour"),
    ],
)
def test_parameters_are_checked(target: Target, params: dict[str, object], code: str, param: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as failure:
        target.client.v1.transfers.create(params)  # type: ignore[arg-type]
    assert (failure.value.code, failure.value.param) == (code, param)


def test_transfer_replay_mismatch_and_list(target: Target, ready: str) -> None:
    group, key = f"batch-{uuid4()}", f"payout-{uuid4()}-a1"
    fields = {"transfer_group": group, "metadata": {"payout_id": "17"}, "description": "Commissions 2026-11"}
    first = pay(target.client, ready, 330, key, **fields)
    again = pay(target.client, ready, 330, key, **fields)
    assert first.id == again.id
    assert again.last_response and again.last_response.headers["idempotent-replayed"] == "true"
    with pytest.raises(stripe.IdempotencyError) as failure:
        pay(target.client, ready, 331, key, **fields)
    assert failure.value.http_status == 400
    found = target.client.v1.transfers.list({"transfer_group": group})
    assert [(item.id, item.amount, item.metadata["payout_id"]) for item in found.data] == [(first.id, 330, "17")]


def test_reversal_never_takes_more_than_was_sent(target: Target, ready: str) -> None:
    transfer = pay(target.client, ready, 500)
    reversal = target.client.v1.transfers.reversals.create(
        transfer.id, {"amount": 200, "metadata": {"reason": "fraud"}}, {"idempotency_key": f"rev-{uuid4()}"}
    )
    assert (reversal.amount, reversal.transfer) == (200, transfer.id)
    with pytest.raises(stripe.InvalidRequestError):
        target.client.v1.transfers.reversals.create(transfer.id, {"amount": 301})
    assert target.client.v1.transfers.retrieve(transfer.id).amount_reversed == 200


def test_a_wrong_key_is_refused(target: Target) -> None:
    with pytest.raises(stripe.AuthenticationError):
        target.client.v1.balance.retrieve({}, {"api_key": "sk_test_wrong"})
