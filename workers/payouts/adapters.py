"""Stripe's transfers."""

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
            if outcome_is_unknown(error):
                raise TransferUnknownError(f"{type(error).__name__} {error.http_status}") from error
            raise TransferRefusedError(error) from error
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

    async def retrieve(self, transfer_id: str) -> dict[str, Any]:
        try:
            return dict((await self._client.v1.transfers.retrieve_async(transfer_id)).to_dict())
        except stripe.StripeError as error:
            raise RetryJobError(f"Stripe cannot say: {type(error).__name__}") from error
