"""Balances, payouts, top-ups and lists; money is conserved whatever happens, a killed double included."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
import stripe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.platform.stripe_support import Double, available, pay, ready_account, running_double

DAYS = 86_400


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Double]:
    with running_double(tmp_path_factory.mktemp("stripe")) as running:
        yield running
        running.assert_conserved()


def payouts_of(double: Double, account: str) -> list[stripe.Payout]:
    return double.client().v1.payouts.list({}, {"stripe_account": account}).data


def test_the_whole_path_from_account_to_instant_payout(double: Double) -> None:
    client = double.client()
    account = client.v2.core.accounts.create(
        {
            "contact_email": "starter-03@example.com",
            "display_name": "Starter 03",
            "dashboard": "express",
            "identity": {"country": "us", "entity_type": "individual"},
            "defaults": {"responsibilities": {"fees_collector": "application", "losses_collector": "application"}},
            "configuration": {
                "recipient": {"capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}}
            },
            "metadata": {"partner_id": "p-3"},
        },
        {"idempotency_key": "acct-p-3"},
    )
    link = client.v2.core.account_links.create(
        {
            "account": account.id,
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
    session = httpx.get(link.url).headers["location"]
    httpx.post(double.url + session, data={"method": "debit_card", "terms": "yes"})
    transfer = client.v1.transfers.create(
        {
            "amount": 33_000,
            "currency": "usd",
            "destination": account.id,
            "transfer_group": "batch-2026-11",
            "description": "Commissions 2026-11",
            "metadata": {"payout_id": "9"},
        },
        {"idempotency_key": "payout-9-a1"},
    )
    client.v1.transfers.reversals.create(
        transfer.id, {"amount": 3_000, "metadata": {"reason": "fraud"}}, {"idempotency_key": "rev-9"}
    )
    balance = client.v1.balance.retrieve({}, {"stripe_account": account.id})
    assert balance.instant_available and balance.instant_available[0].net_available
    payout = client.v1.payouts.create(
        {
            "amount": 30_000,
            "currency": "usd",
            "method": "instant",
            "destination": balance.instant_available[0].net_available[0].destination,
        },
        {"stripe_account": account.id, "idempotency_key": "instant-9"},
    )
    assert payout.amount == 30_000
    assert available(client, account.id) == 0


def test_automatic_payout_arrives(double: Double) -> None:
    account = ready_account(double)
    pay(double.client(), account, 33_000)
    double.control("clock/advance", {"days": 1})
    [payout] = payouts_of(double, account)
    assert (payout.amount, payout.automatic, payout.method) == (33_000, True, "standard")
    assert payout.status in ("pending", "in_transit")
    double.control("clock/advance", {"days": 3})
    assert payouts_of(double, account)[0].status == "paid"
    assert available(double.client(), account) == 0


def test_failed_payout_returns_the_money_and_waits_for_another_bank(double: Double) -> None:
    client, account = double.client(), ready_account(double, "failing_bank")
    pay(client, account, 5_000)
    double.control("clock/advance", {"days": 4})
    [payout] = payouts_of(double, account)
    assert (payout.status, payout.failure_code) == ("failed", "account_closed")
    assert payout.failure_balance_transaction
    assert available(client, account) == 5_000
    seen = client.v1.accounts.retrieve(account)
    assert seen.payouts_enabled is False
    assert seen.external_accounts
    assert isinstance(bank := seen.external_accounts.data[0], stripe.BankAccount)
    assert bank.status == "errored"
    double.control("clock/advance", {"days": 7})
    assert len(payouts_of(double, account)) == 1, "no further payouts to a bank account that failed"
    with pytest.raises(stripe.InvalidRequestError) as failure:
        client.v1.payouts.create({"amount": 100, "currency": "usd"}, {"stripe_account": account})
    assert failure.value.code == "bank_account_unusable"
    double.control(f"accounts/{account}/onboard", {"method": "bank"})
    double.control("clock/advance", {"days": 4})
    assert [found.status for found in payouts_of(double, account)] == ["paid", "failed"]
    double.assert_conserved()


def test_instant_payout_to_a_debit_card(double: Double) -> None:
    client, account = double.client(), ready_account(double, "debit_card")
    pay(client, account, 9_000)
    balance = client.v1.balance.retrieve({}, {"stripe_account": account})
    assert balance.instant_available and balance.instant_available[0].net_available
    net = balance.instant_available[0].net_available[0]
    payout = client.v1.payouts.create(
        {"amount": net.amount, "currency": "usd", "method": "instant", "destination": net.destination},
        {"stripe_account": account},
    )
    assert (payout.amount, payout.type, payout.status) == (9_000, "card", "pending")
    double.control("clock/advance", {"seconds": 60})
    assert payouts_of(double, account)[0].status == "paid"


def test_instant_payout_needs_an_account_that_takes_it(double: Double) -> None:
    client, account = double.client(), ready_account(double, "bank")
    pay(client, account, 9_000)
    with pytest.raises(stripe.InvalidRequestError) as failure:
        client.v1.payouts.create({"amount": 100, "currency": "usd", "method": "instant"}, {"stripe_account": account})
    assert failure.value.code == "instant_payouts_unsupported"
    with pytest.raises(stripe.InvalidRequestError) as failure:
        client.v1.payouts.create({"amount": 9_001, "currency": "usd"}, {"stripe_account": account})
    assert failure.value.code == "balance_insufficient"


def test_manual_schedule_keeps_the_money_and_a_pending_payout_can_be_cancelled(double: Double) -> None:
    client, account = double.client(), ready_account(double)
    client.v1.balance_settings.update(
        {"payments": {"payouts": {"schedule": {"interval": "manual"}}}}, {"stripe_account": account}
    )
    pay(client, account, 4_000)
    double.control("clock/advance", {"days": 10})
    assert available(client, account) == 4_000
    payout = client.v1.payouts.create({"amount": 4_000, "currency": "usd"}, {"stripe_account": account})
    cancelled = client.v1.payouts.cancel(payout.id, {}, {"stripe_account": account})
    assert cancelled.status == "canceled"
    assert available(client, account) == 4_000


def test_reversal_is_bounded_by_transfer_and_by_balance(double: Double) -> None:
    client, account = double.client(), ready_account(double)
    transfer = pay(client, account, 1_000)
    client.v1.transfers.reversals.create(transfer.id, {"amount": 400})
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.transfers.reversals.create(transfer.id, {"amount": 601})
    rest = client.v1.transfers.reversals.create(transfer.id)
    assert rest.amount == 600
    seen = client.v1.transfers.retrieve(transfer.id, {"expand": ["balance_transaction"]})
    assert (seen.reversed, seen.amount_reversed, len(seen.reversals.data)) == (True, 1_000, 2)
    assert isinstance(seen.balance_transaction, stripe.BalanceTransaction)
    assert seen.balance_transaction.amount == -1_000
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.transfers.reversals.create(transfer.id)


def test_topup_is_pending_for_a_day(double: Double) -> None:
    client = double.client()
    before = client.v1.balance.retrieve()
    topup = client.v1.topups.create({"amount": 12_345, "currency": "chf", "description": "Client payments"})
    assert topup.status == "pending"
    pending = {entry.currency: entry.amount for entry in client.v1.balance.retrieve().pending}
    assert pending["chf"] == 12_345
    double.control("clock/advance", {"days": 1, "seconds": 5})
    assert client.v1.topups.retrieve(topup.id).status == "succeeded"
    after = {entry.currency: entry.amount for entry in client.v1.balance.retrieve().available}
    assert after["chf"] == 12_345 + sum(entry.amount for entry in before.available if entry.currency == "chf")


def test_lists_filter_and_page(double: Double) -> None:
    client, account = double.client(), ready_account(double)
    made = [pay(client, account, 100 + number, transfer_group="pages").id for number in range(7)]
    first = client.v1.transfers.list({"destination": account, "limit": 3})
    assert [item.id for item in first.data] == made[::-1][:3]
    assert first.has_more
    assert [item.id for item in first.auto_paging_iter()] == made[::-1]
    back = client.v1.transfers.list({"destination": account, "ending_before": made[3], "limit": 2})
    assert [item.id for item in back.data] == [made[5], made[4]]
    newest = client.v1.transfers.retrieve(made[-1]).created
    assert client.v1.transfers.list({"transfer_group": "pages", "created": {"gt": newest}}).data == []
    assert len(client.v1.transfers.list({"transfer_group": "pages", "created": {"lte": newest}}).data) == 7
    accounts = client.v2.core.accounts.list({"limit": 2})
    assert len({item.id for item in accounts.auto_paging_iter()}) >= 3


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("transfer"), st.integers(0, 2), st.integers(1, 60_000)),
        st.tuples(st.just("reverse"), st.integers(0, 20), st.integers(1, 60_000)),
        st.tuples(st.just("payout"), st.integers(0, 2), st.integers(1, 60_000)),
        st.tuples(st.just("advance"), st.integers(0, 0), st.integers(1, 3 * DAYS)),
        st.tuples(st.just("topup"), st.integers(0, 0), st.integers(1, 60_000)),
        st.tuples(st.just("bank"), st.integers(0, 2), st.integers(0, 2)),
    ),
    max_size=12,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_money_is_conserved_by_any_sequence(double: Double, steps: list[tuple[str, int, int]]) -> None:
    client = double.client(retries=0)
    accounts = [ready_account(double, method) for method in ("bank", "failing_bank", "debit_card")]
    sent: list[str] = []
    for kind, which, amount in steps:
        try:
            if kind == "transfer":
                sent.append(pay(client, accounts[which], amount).id)
            elif kind == "reverse" and sent:
                client.v1.transfers.reversals.create(sent[which % len(sent)], {"amount": amount})
            elif kind == "payout":
                client.v1.payouts.create({"amount": amount, "currency": "usd"}, {"stripe_account": accounts[which]})
            elif kind == "advance":
                double.control("clock/advance", {"seconds": amount})
            elif kind == "topup":
                client.v1.topups.create({"amount": amount, "currency": "usd"})
            elif kind == "bank":
                method = ("bank", "failing_bank", "debit_card")[amount]
                double.control(f"accounts/{accounts[which]}/onboard", {"method": method})
        except stripe.InvalidRequestError as refused:
            assert refused.http_status == 400, refused
        double.assert_conserved()


def test_a_killed_double_forgets_nothing(tmp_path: Path) -> None:
    with running_double(tmp_path) as double:
        account = ready_account(double)
        transfer = pay(double.client(), account, 1_500, "payout-17-a1", transfer_group="november")
        before: Any = double.control("totals")
        double.kill()
        double.start()
        again = pay(double.client(), account, 1_500, "payout-17-a1", transfer_group="november")
        assert again.id == transfer.id
        assert available(double.client(), account) == 1_500
        assert double.control("totals") == before


def test_killed_in_a_storm_and_every_key_pays_once(tmp_path: Path) -> None:
    with running_double(tmp_path) as double:
        account = ready_account(double)
        keys = [f"payout-{number}-a1" for number in range(40)]

        def call(key: str) -> bool:
            try:
                pay(double.client(retries=0), account, 100, key)
            except stripe.StripeError:
                return False
            return True

        with ThreadPoolExecutor(8) as pool:
            first = [pool.submit(call, key) for key in keys]
            while sum(future.done() for future in first) < 10:
                time.sleep(0.005)
            double.kill()
            answered = [future.result() for future in first]
        assert any(answered) and not all(answered), "the double was to die in the middle"
        double.start()
        assert all(call(key) for key in keys)
        assert available(double.client(), account) == 100 * len(keys)
        assert len(double.client().v1.transfers.list({"destination": account, "limit": 100}).data) == len(keys)
        double.assert_conserved()


def test_killed_between_commit_and_answer(tmp_path: Path) -> None:
    with running_double(tmp_path) as double:
        account = ready_account(double)
        double.fault("timeout", path="/v1/transfers", when="after", seconds=30)
        with pytest.raises(stripe.APIConnectionError):
            pay(double.client(retries=0, timeout=1), account, 1_500, "payout-18-a1")
        double.kill()
        double.start()
        assert len(double.client().v1.transfers.list({"destination": account}).data) == 1
        pay(double.client(), account, 1_500, "payout-18-a1")
        assert available(double.client(), account) == 1_500
        double.assert_conserved()
