"""Stripe's transfers, and the instant payouts of connected accounts."""

from __future__ import annotations

from typing import Any

import stripe

from workers.core import logs
from workers.core.jobs import RetryJobError
from workers.core.stripe_client import outcome_is_unknown
from workers.payouts.domain import is_for

_log = logs.get("payouts.stripe")  # not "stripe": the SDK's own logger is quieter


class TransferUnknownError(Exception):
    """The call failed in a way that does not say whether it took effect."""


class TransferRefusedError(Exception):
    """Stripe said no, for good: nothing was moved under this idempotency key."""

    def __init__(self, error: stripe.StripeError) -> None:
        self.code = error.code or type(error).__name__
        self.message = error.user_message or str(error)
        super().__init__(f"{self.code}: {self.message}")


def _what_it_means(error: stripe.StripeError) -> Exception:
    if outcome_is_unknown(error):
        return TransferUnknownError(f"{type(error).__name__} {error.http_status}")
    return TransferRefusedError(error)


class StripeTransfers:
    def __init__(self, client: stripe.StripeClient) -> None:
        self._client = client

    async def transfer(self, request: dict[str, Any], idempotency_key: str) -> dict[str, Any]:
        """Makes the transfer, or gets the one that this key made before."""
        try:
            made = await self._client.v1.transfers.create_async(
                request,  # type: ignore[arg-type]  # frozen JSON, made by the database
                {"idempotency_key": idempotency_key},
            )
        except stripe.StripeError as error:
            raise _what_it_means(error) from error
        response = made.last_response
        _log.info(
            "transfer made",
            transfer=made.id,
            key=idempotency_key,
            stripe_request_id=getattr(response, "request_id", None),
        )
        return dict(made.to_dict())

    async def find(self, payout_id: str, group: str) -> dict[str, Any] | None:
        """The transfer that was made for a payout, if any."""
        try:
            page = await self._client.v1.transfers.list_async({"transfer_group": group, "limit": 100})
            async for transfer in page.auto_paging_iter():
                found = dict(transfer.to_dict())
                if is_for(payout_id, found):
                    return found
        except stripe.StripeError as error:
            raise RetryJobError(f"Stripe cannot say: {type(error).__name__}") from error
        return None

    async def reverse(self, transfer_id: str, request: dict[str, Any], idempotency_key: str) -> dict[str, Any]:
        """Takes a transfer back, or gets the reversal that this key made before."""
        try:
            made = await self._client.v1.transfers.reversals.create_async(
                transfer_id,
                request,  # type: ignore[arg-type]  # frozen JSON, made by the database
                {"idempotency_key": idempotency_key},
            )
        except stripe.StripeError as error:
            raise _what_it_means(error) from error
        _log.info("transfer taken back", transfer=transfer_id, reversal=made.id, key=idempotency_key)
        return dict(made.to_dict())

    async def reversals(self, transfer_id: str) -> list[dict[str, Any]]:
        try:
            page = await self._client.v1.transfers.reversals.list_async(transfer_id, {"limit": 100})
            return [dict(made.to_dict()) async for made in page.auto_paging_iter()]
        except stripe.StripeError as error:
            raise RetryJobError(f"Stripe cannot say: {type(error).__name__}") from error

    async def retrieve(self, transfer_id: str) -> dict[str, Any]:
        try:
            return dict((await self._client.v1.transfers.retrieve_async(transfer_id)).to_dict())
        except stripe.StripeError as error:
            raise RetryJobError(f"Stripe cannot say: {type(error).__name__}") from error


class StripeInstantPayouts:
    """Payouts of a partner's own account at Stripe, made for them by the platform."""

    def __init__(self, client: stripe.StripeClient) -> None:
        self._client = client

    async def externals(self, account: str) -> list[dict[str, Any]]:
        """The account's bank accounts and cards, masked by Stripe."""
        try:
            found = await self._client.v1.accounts.external_accounts.list_async(account, {"limit": 100})
        except stripe.StripeError as error:
            raise RetryJobError(f"Stripe cannot say: {type(error).__name__}") from error
        return [dict(item.to_dict()) for item in found.data]

    async def pay(self, account: str, request: dict[str, Any], idempotency_key: str) -> dict[str, Any]:
        """Makes the instant payout, or gets the one that this key made before."""
        try:
            made = await self._client.v1.payouts.create_async(
                request,  # type: ignore[arg-type]  # frozen JSON, made by the database
                {"stripe_account": account, "idempotency_key": idempotency_key},
            )
        except stripe.StripeError as error:
            raise _what_it_means(error) from error
        _log.info("instant payout made", stripe_payout=made.id, key=idempotency_key)
        return dict(made.to_dict())

    async def retrieve(self, account: str, stripe_payout: str) -> dict[str, Any]:
        try:
            found = await self._client.v1.payouts.retrieve_async(stripe_payout, {}, {"stripe_account": account})
        except stripe.StripeError as error:
            raise RetryJobError(f"Stripe cannot say: {type(error).__name__}") from error
        return dict(found.to_dict())

    async def find(self, account: str, payout_id: str) -> dict[str, Any] | None:
        """The payout of the account that was made for ours, if any."""
        try:
            page = await self._client.v1.payouts.list_async({"limit": 100}, {"stripe_account": account})
            async for made in page.auto_paging_iter():
                found = dict(made.to_dict())
                if is_for(payout_id, found):
                    return found
        except stripe.StripeError as error:
            raise RetryJobError(f"Stripe cannot say: {type(error).__name__}") from error
        return None
