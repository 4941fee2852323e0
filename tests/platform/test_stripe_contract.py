"""The double against the SDK's own types: parameters in, objects out, and clear words about what is missing."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import stripe

from siso_local.stripe import app, contract
from siso_local.stripe.errors import StripeError
from siso_local.stripe.parameters import check, from_form
from siso_local.stripe.world import HANDLERS
from tests.platform.stripe_support import Double, new_account, pay, ready_account, running_double


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Double]:
    with running_double(tmp_path_factory.mktemp("stripe")) as running:
        yield running


@pytest.fixture(scope="module")
def built() -> dict[str, Any]:
    assert app.Double.__doc__  # importing the application registers the operations
    return contract.build(set(HANDLERS))


def test_the_sdk_has_several_hundred_operations_and_knows_all_of_ours(built: dict[str, Any]) -> None:
    assert len(built["operations"]) > 500
    assert {" ".join(operation) for operation in HANDLERS} <= set(built["operations"])


def test_nodes_of_a_known_type(built: dict[str, Any]) -> None:
    node = built["schemas"]["POST /v1/transfers"]
    assert node["required"] == ["currency", "destination"]
    assert node["fields"]["amount"] == {"kind": "integer"}
    assert node["fields"]["source_type"] == {"kind": "enum", "values": ["bank_account", "card", "fpx"]}
    assert node["fields"]["metadata"] == {"kind": "map", "item": {"kind": "string"}}
    assert "api_key" not in node["fields"]
    assert not any(schema["kind"] == "any" for schema in built["schemas"].values())


@pytest.mark.parametrize(
    ("operation", "form", "code", "param"),
    [
        ("POST /v1/transfers", "amount=1&currency=usd", "parameter_missing", "destination"),
        ("POST /v1/transfers", "amount=1.5&currency=usd&destination=a", "parameter_invalid_integer", "amount"),
        ("POST /v1/transfers", "amount=1&currency=&destination=a", "parameter_invalid_empty", "currency"),
        ("POST /v1/transfers", "currency=usd&destination=a&source_type=gold", None, "source_type"),
        (
            "POST /v1/transfers",
            "currency=usd&destination=a&metadata[" + "k" * 41 + "]=v",
            None,
            "metadata[" + "k" * 41 + "]",
        ),
        ("POST /v1/payouts", "amount=1&currency=usd&method=fast", None, "method"),
        ("GET /v1/transfers", "created[since]=4", "parameter_unknown", "created[since]"),
        ("GET /v2/core/accounts/{id}", "include[0]=gold", None, "include[0]"),
    ],
)
def test_parameters(built: dict[str, Any], operation: str, form: str, code: str | None, param: str) -> None:
    with pytest.raises(StripeError) as failure:
        check(built["schemas"][operation], from_form(form), "", strict=False)
    assert (failure.value.status, failure.value.code, failure.value.param) == (400, code, param)
    assert failure.value.stored is False


@pytest.mark.parametrize("form", ["expand[]=a&expand[]=b", "expand[0]=a&expand[1]=b"])
def test_both_forms_of_arrays(built: dict[str, Any], form: str) -> None:
    assert check(built["schemas"]["GET /v1/transfers"], from_form(form), "", strict=False) == {"expand": ["a", "b"]}


def fields_of(cls: Any) -> tuple[set[str], set[str]]:
    """Names of all fields of an SDK object, and of those that are never absent."""
    named = {
        name: text for name, text in cls.__annotations__.items() if not name.isupper() and name != "_inner_class_types"
    }
    needed = {name for name, text in named.items() if "Optional" not in str(text)}
    return set(named), needed


def assert_is(item: Any) -> None:
    """Every key is one that the SDK's type has, and none that it needs is missing."""
    known, needed = fields_of(type(item))
    present = set(item.to_dict())
    assert present <= known, (type(item).__name__, present - known)
    assert needed <= present | {"deleted"}, (type(item).__name__, needed - present)


def test_what_comes_back_has_the_shape_of_the_sdk(double: Double) -> None:
    client, account = double.client(), ready_account(double, "debit_card")
    transfer = pay(client, account, 1_000, metadata={"payout_id": "1"})
    on_account: Any = {"stripe_account": account}
    assert_is(transfer)
    assert_is(client.v1.transfers.reversals.create(transfer.id, {"amount": 10}))
    assert_is(client.v1.payouts.create({"amount": 10, "currency": "usd"}, on_account))
    assert_is(client.v1.topups.create({"amount": 10, "currency": "usd"}))
    assert_is(client.v1.balance.retrieve())
    assert_is(client.v1.balance.retrieve({}, on_account))
    assert_is(client.v1.balance_settings.retrieve({}, on_account))
    assert_is(client.v1.accounts.retrieve(account))
    assert_is(client.v1.accounts.login_links.create(account))
    assert_is(client.v1.events.list().data[0])
    include: Any = ["configuration.recipient", "defaults", "identity", "requirements", "future_requirements"]
    assert_is(client.v2.core.accounts.retrieve(account, {"include": include}))
    for entry in client.v1.balance_transactions.list().data:
        assert_is(entry)


def test_what_is_not_there_says_so(double: Double) -> None:
    client = double.client()
    with pytest.raises(stripe.InvalidRequestError) as failure:
        client.v1.customers.create({"email": "client-17@example.com"})
    assert failure.value.http_status == 404
    assert "not part of the local Stripe double" in str(failure.value)
    with pytest.raises(stripe.InvalidRequestError) as failure:
        client.raw_request("get", "/v1/nothing")
    assert "Unrecognized request URL" in str(failure.value)
    with pytest.raises(stripe.InvalidRequestError) as failure:
        client.v1.transfers.retrieve("tr_nothing")
    assert (failure.value.http_status, failure.value.code) == (404, "resource_missing")
    with pytest.raises(stripe.InvalidRequestError) as failure:
        pay(client, ready_account(double), 10, source_transaction="ch_1")
    assert failure.value.param == "source_transaction"
    with pytest.raises(stripe.PermissionError):
        client.v1.balance.retrieve({}, {"stripe_account": "acct_other"})


def test_preview_capabilities_are_refused_as_unknown(double: Double) -> None:
    configuration = {"recipient": {"capabilities": {"crypto_wallets": {"requested": True}}}}
    with pytest.raises(stripe.InvalidRequestError) as failure:
        new_account(double.client(), configuration=configuration)
    assert failure.value.code == "parameter_unknown"


def test_headers_and_key_check(double: Double) -> None:
    answer = httpx.get(f"{double.url}/v1/balance", headers={"x-request-id": "mine-1"})
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "invalid_request_error"
    assert answer.headers["request-id"].startswith("req_")
    assert answer.headers["x-request-id"] == "mine-1"
    seen = double.client().v1.balance.retrieve()
    assert seen.last_response and seen.last_response.headers["stripe-version"] == "2026-10-28.endive"


def test_control_takes_json_only_and_strictly(double: Double) -> None:
    url = f"{double.url}/_double/clock/advance"
    assert httpx.post(url, data={"days": "1"}).status_code == 415
    assert httpx.post(url, json={"day": 1}).status_code == 400
    assert httpx.post(f"{double.url}/_double/faults", json={"kind": "earthquake"}).status_code == 400


def test_metadata_keys_can_be_unset(double: Double) -> None:
    client = double.client()
    transfer = pay(client, ready_account(double), 10, metadata={"a": "1", "b": "2"})
    changed = client.v1.transfers.update(transfer.id, {"metadata": {"a": "", "c": "3"}})
    assert changed.metadata.to_dict() == {"b": "2", "c": "3"}
    assert typing.cast(Any, client.v1.transfers.retrieve(transfer.id)).metadata["c"] == "3"
