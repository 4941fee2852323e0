"""Retries that would lose or double money if Stripe's rules were not known (payouts rely on each of them)."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import stripe

from tests.platform.stripe_support import Double, available, new_account, pay, ready_account, running_double


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Double]:
    with running_double(tmp_path_factory.mktemp("stripe")) as running:
        yield running
        running.assert_conserved()


def transfers_to(double: Double, account: str) -> list[stripe.Transfer]:
    return double.client().v1.transfers.list({"destination": account, "limit": 100}).data


def test_timeout_after_commit_then_the_same_key_finds_the_transfer(double: Double) -> None:
    account, key = ready_account(double), f"payout-{uuid4()}-a1"
    double.fault("timeout", path="/v1/transfers", when="after", contains=key, seconds=5)
    with pytest.raises(stripe.APIConnectionError):
        pay(double.client(retries=0, timeout=1), account, 700, key)
    assert len(transfers_to(double, account)) == 1
    again = pay(double.client(), account, 700, key)
    assert again.last_response and again.last_response.headers["idempotent-replayed"] == "true"
    assert [transfer.id for transfer in transfers_to(double, account)] == [again.id]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("kind", ["reset", "500", "503", "409", "lock_timeout"])
def test_the_sdk_itself_recovers_and_pays_once(double: Double, kind: str, when: str) -> None:
    account, key = ready_account(double), f"payout-{uuid4()}-a1"
    double.fault(kind, path="/v1/transfers", when=when, contains=key)
    transfer = pay(double.client(), account, 700, key)
    assert [found.id for found in transfers_to(double, account)] == [transfer.id]


def test_rate_limit_is_not_retried_by_the_sdk_and_leaves_the_key_unused(double: Double) -> None:
    account, key = ready_account(double), f"payout-{uuid4()}-a1"
    double.fault("429", contains=key)
    with pytest.raises(stripe.RateLimitError):
        pay(double.client(), account, 700, key)
    assert transfers_to(double, account) == []
    pay(double.client(), account, 700, key)
    assert len(transfers_to(double, account)) == 1


def test_a_stored_500_is_replayed_under_its_key(double: Double) -> None:
    account, key = ready_account(double), f"payout-{uuid4()}-a1"
    double.fault("500", contains=key, stored=True)
    for _ in range(2):
        with pytest.raises(stripe.APIError) as failure:
            pay(double.client(retries=0), account, 700, key)
        assert failure.value.http_status == 500
    assert transfers_to(double, account) == []
    pay(double.client(), account, 700, f"{key}2")


def test_same_key_with_another_amount_is_refused(double: Double) -> None:
    account, key = ready_account(double), f"payout-{uuid4()}-a1"
    pay(double.client(), account, 700, key)
    with pytest.raises(stripe.IdempotencyError) as failure:
        pay(double.client(), account, 701, key)
    assert failure.value.http_status == 400
    assert available(double.client(), account) == 700


def test_a_failure_is_replayed_under_its_key_although_the_cause_is_gone(double: Double) -> None:
    client, account, key = double.client(), new_account(double.client()), f"payout-{uuid4()}"
    with pytest.raises(stripe.InvalidRequestError) as failure:
        pay(client, account, 700, f"{key}-a1")
    assert failure.value.code == "insufficient_capabilities_for_transfer"
    double.control(f"accounts/{account}/onboard", {"method": "bank"})
    with pytest.raises(stripe.InvalidRequestError):
        pay(client, account, 700, f"{key}-a1")
    assert pay(client, account, 700, f"{key}-a2").amount == 700


def test_too_little_balance_is_replayed_too(double: Double) -> None:
    client, account, key = double.client(), ready_account(double), f"payout-{uuid4()}"
    with pytest.raises(stripe.InvalidRequestError) as failure:
        pay(client, account, 99_999_999, f"{key}-a1", currency="nok")
    assert failure.value.code == "balance_insufficient"
    double.control("fund", {"amount": 99_999_999, "currency": "nok"})
    with pytest.raises(stripe.InvalidRequestError):
        pay(client, account, 99_999_999, f"{key}-a1", currency="nok")
    assert pay(client, account, 99_999_999, f"{key}-a2", currency="nok").currency == "nok"


def test_validation_failures_do_not_use_up_a_key(double: Double) -> None:
    client, account, key = double.client(), ready_account(double), f"payout-{uuid4()}-a1"
    with pytest.raises(stripe.InvalidRequestError) as failure:
        pay(client, account, 700, key, colour="red")
    assert failure.value.code == "parameter_unknown"
    assert pay(client, account, 700, key).amount == 700


def test_the_same_key_pays_again_after_a_day(double: Double) -> None:
    client, account, key = double.client(), ready_account(double), f"payout-{uuid4()}-a1"
    first = pay(client, account, 700, key, transfer_group=key)
    double.control("clock/advance", {"hours": 23})
    assert pay(client, account, 700, key, transfer_group=key).id == first.id
    double.control("clock/advance", {"hours": 2})
    assert pay(client, account, 700, key, transfer_group=key).id != first.id
    assert len(client.v1.transfers.list({"transfer_group": key}).data) == 2


def test_fifty_callers_with_one_key_make_one_transfer(double: Double) -> None:
    account, key = ready_account(double), f"payout-{uuid4()}-a1"

    together = threading.Barrier(50)

    def call(_: int) -> tuple[str, str]:
        client = double.client(retries=0)
        together.wait(30)
        try:
            transfer = pay(client, account, 700, key)
        except stripe.APIError as error:
            return str(error.http_status), ""
        assert transfer.last_response
        headers = transfer.last_response.headers
        return ("replayed" if headers.get("idempotent-replayed") else "made"), transfer.id

    with ThreadPoolExecutor(50) as pool:
        results = list(pool.map(call, range(50)))
    counts = Counter(kind for kind, _ in results)
    assert counts["made"] == 1, counts
    assert counts["409"] > 0, counts
    assert set(counts) <= {"made", "replayed", "409"}
    assert len({identifier for _, identifier in results if identifier}) == 1
    assert len(transfers_to(double, account)) == 1
    assert available(double.client(), account) == 700


async def test_many_async_callers_with_one_key_make_one_transfer(double: Double) -> None:
    account, key = ready_account(double), f"payout-{uuid4()}-a1"
    client = stripe.StripeClient(
        double.settings.stripe_secret_key,
        base_addresses={"api": double.url},
        max_network_retries=3,
        http_client=stripe.HTTPXClient(timeout=20),
    )

    async def call() -> str:
        params: stripe.params.TransferCreateParams = {"amount": 700, "currency": "usd", "destination": account}
        return (await client.v1.transfers.create_async(params, {"idempotency_key": key})).id

    made = await asyncio.gather(*(call() for _ in range(20)))
    assert len(set(made)) == 1
    assert len(transfers_to(double, account)) == 1


def test_v2_runs_a_failed_request_again_under_its_key(double: Double) -> None:
    client, key = double.client(), f"acct-{uuid4()}"
    double.fault("500", path="/v2/core/accounts", contains=key, stored=True)
    with pytest.raises(stripe.APIError):
        double.client(retries=0).v2.core.accounts.create({"display_name": "Starter 07"}, {"idempotency_key": key})
    made = client.v2.core.accounts.create({"display_name": "Starter 07"}, {"idempotency_key": key})
    again = client.v2.core.accounts.create({"display_name": "Starter 07"}, {"idempotency_key": key})
    assert made.id == again.id


def test_no_reversal_once_the_partner_was_paid_out(double: Double) -> None:
    client, account = double.client(), ready_account(double)
    transfer = pay(client, account, 700)
    double.control("clock/advance", {"days": 1})
    assert available(client, account) == 0
    with pytest.raises(stripe.InvalidRequestError) as failure:
        client.v1.transfers.reversals.create(transfer.id, {"amount": 700})
    assert failure.value.code == "balance_insufficient"
