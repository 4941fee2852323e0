"""Hosted onboarding and dashboard, filled in as a browser without scripts would do it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
import stripe

from tests.platform.stripe_support import Double, new_account, pay, ready_account, running_double

BACK, REFRESH = "https://app.example.com/back", "https://app.example.com/refresh"


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Double]:
    with running_double(tmp_path_factory.mktemp("stripe")) as running:
        yield running


def link_for(double: Double, account: str, kind: str = "account_onboarding") -> str:
    details = {"refresh_url": REFRESH, "return_url": BACK}
    params = {"account": account, "use_case": {"type": kind, kind: details}}
    return double.client().v2.core.account_links.create(params).url  # type: ignore[arg-type]


def open_page(double: Double, link: str) -> httpx.Response:
    answer = httpx.get(link, follow_redirects=False)
    assert answer.status_code == 303
    return httpx.get(double.url + answer.headers["location"])


def status_of(double: Double, account: str) -> str:
    seen = double.client().v2.core.accounts.retrieve(account, {"include": ["configuration.recipient"]})
    assert seen.configuration and seen.configuration.recipient and seen.configuration.recipient.capabilities
    balance = seen.configuration.recipient.capabilities.stripe_balance
    assert balance and balance.stripe_transfers
    return balance.stripe_transfers.status


@pytest.mark.parametrize(
    ("country", "currency", "choices"),
    [
        ("us", "USD", ["bank", "failing_bank", "debit_card", "shared_bank"]),
        ("de", "EUR", ["bank", "failing_bank", "debit_card", "shared_bank"]),
        ("GB", "GBP", ["bank", "failing_bank", "debit_card", "shared_bank"]),
        ("ch", "CHF", ["bank", "failing_bank", "shared_bank"]),
    ],
)
def test_onboarding_is_completed_by_a_plain_form(
    double: Double, country: str, currency: str, choices: list[str]
) -> None:
    account = new_account(double.client(), country)
    assert status_of(double, account) == "restricted"
    page = open_page(double, link_for(double, account))
    assert page.status_code == 200
    assert "Stand-in for Stripe" in page.text
    assert currency in page.text
    assert re.findall(r'name="method" value="(\w+)"', page.text) == choices
    done = httpx.post(page.url, data={"method": "bank", "terms": "yes", "action": "finish"})
    assert (done.status_code, done.headers["location"]) == (303, BACK)
    assert status_of(double, account) == "active"
    seen = double.client().v1.accounts.retrieve(account)
    assert (seen.details_submitted, seen.payouts_enabled) == (True, True)
    assert seen.external_accounts and seen.external_accounts.data[0].currency == currency.lower()
    assert httpx.get(page.url).status_code == 410


def test_link_works_once_and_not_for_long(double: Double) -> None:
    account = new_account(double.client())
    link = link_for(double, account)
    open_page(double, link)
    assert httpx.get(link).headers["location"] == REFRESH
    late = link_for(double, account)
    double.control("clock/advance", {"seconds": 301})
    assert httpx.get(late).headers["location"] == REFRESH


def test_leaving_and_mistakes_change_nothing(double: Double) -> None:
    account = new_account(double.client())
    page = open_page(double, link_for(double, account))
    for wrong in ({"method": "bank"}, {"method": "gold", "terms": "yes"}, {"terms": "yes"}):
        answer = httpx.post(page.url, data=wrong)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    assert status_of(double, account) == "restricted"
    left = httpx.post(page.url, data={"action": "leave"})
    assert left.headers["location"] == BACK
    assert status_of(double, account) == "restricted"


def test_texts_of_others_are_escaped(double: Double) -> None:
    account = new_account(double.client(), display_name="<script>alert(1)</script>")
    page = open_page(double, link_for(double, account))
    assert "<script>" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_dashboard_shows_transfers_and_changes_the_bank(double: Double) -> None:
    client, account = double.client(), ready_account(double, "failing_bank")
    pay(client, account, 1_234_567, description="Commissions 2026-11")
    double.control("clock/advance", {"days": 4})
    page = open_page(double, client.v1.accounts.login_links.create(account).url)
    for text in ("12,345.67 USD", "Commissions 2026-11", "failed", "The bank account has been closed."):
        assert text in page.text
    before = client.v1.accounts.external_accounts.list(account).data[0]
    changed = httpx.post(f"{page.url}/bank", data={"method": "debit_card"}, follow_redirects=True)
    assert "Visa" in changed.text
    after = client.v1.accounts.external_accounts.list(account).data[0]
    assert (before.object, after.object) == ("bank_account", "card")
    assert before["fingerprint"] != after["fingerprint"]
    assert client.v1.accounts.retrieve(account).payouts_enabled is True


@pytest.mark.parametrize(("method", "different"), [("shared_bank", 1), ("bank", 2), ("debit_card", 2)])
def test_equal_numbers_have_equal_fingerprints(double: Double, method: str, different: int) -> None:
    listed = double.client().v1.accounts.external_accounts
    owned = [listed.list(ready_account(double, method)).data[0] for _ in range(2)]
    assert len({bank.id for bank in owned}) == 2
    assert len({bank["fingerprint"] for bank in owned}) == different


def test_no_login_link_before_onboarding_and_no_update_link(double: Double) -> None:
    account = new_account(double.client())
    with pytest.raises(stripe.InvalidRequestError):
        double.client().v1.accounts.login_links.create(account)
    with pytest.raises(stripe.InvalidRequestError) as failure:
        link_for(double, account, "account_update")
    assert failure.value.code == "account_link_not_supported"


def test_a_country_outside_is_refused(double: Double) -> None:
    with pytest.raises(stripe.InvalidRequestError) as failure:
        new_account(double.client(), "br")
    assert failure.value.code == "country_unsupported"
