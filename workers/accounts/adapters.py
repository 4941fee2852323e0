"""Stripe's connected accounts: v2 accounts and links, and the v1 view for the masked destination."""

from __future__ import annotations

from typing import Any

import stripe

from workers.core import logs
from workers.core.jobs import DeadJobError, RetryJobError
from workers.core.stripe_client import outcome_is_unknown

_log = logs.get("accounts.stripe")
INCLUDE: list[Any] = ["configuration.recipient", "identity", "requirements"]


def _explain(error: stripe.StripeError) -> Exception:
    if outcome_is_unknown(error):
        return RetryJobError(f"Stripe did not answer: {type(error).__name__} {error.http_status}")
    return DeadJobError(f"Stripe refused: {error.code}: {error.user_message or error}")


class StripeAccounts:
    def __init__(self, client: stripe.StripeClient) -> None:
        self._client = client

    async def create(self, partner_id: str, email: str, name: str, country: str, before: int) -> str:
        """Makes the partner's account, or gets the one made before under the same key; its id. ``before`` is how many
        accounts they have left behind in other countries."""
        try:
            account = await self._client.v2.core.accounts.create_async(
                {
                    "contact_email": email,
                    "display_name": name,
                    "dashboard": "express",
                    "identity": {"country": country.lower(), "entity_type": "individual"},
                    "defaults": {
                        "responsibilities": {"fees_collector": "application", "losses_collector": "application"}
                    },
                    "configuration": {
                        "recipient": {"capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}}
                    },
                    "metadata": {"partner_id": partner_id},
                },
                {"idempotency_key": f"account-{partner_id}-{before}" if before else f"account-{partner_id}"},
            )
        except stripe.StripeError as error:
            raise _explain(error) from error
        _log.info("account made", account=account.id)
        return account.id

    async def onboarding_link(self, account: str, return_url: str, refresh_url: str) -> tuple[str, str]:
        """A page of Stripe's where the partner enters identity and bank account: address and end (ISO time)."""
        try:
            link = await self._client.v2.core.account_links.create_async(
                {
                    "account": account,
                    "use_case": {
                        "type": "account_onboarding",
                        "account_onboarding": {
                            "return_url": return_url,
                            "refresh_url": refresh_url,
                            "collection_options": {"fields": "eventually_due"},
                        },
                    },
                }
            )
        except stripe.StripeError as error:
            raise _explain(error) from error
        return link.url, str(link.expires_at)

    async def login_link(self, account: str) -> str:
        """A door into the partner's Express dashboard, once the onboarding is done."""
        try:
            return (await self._client.v1.accounts.login_links.create_async(account)).url
        except stripe.StripeError as error:
            raise _explain(error) from error

    async def fetch(self, account: str) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """The account as it is now, and its external account (masked by Stripe), if any."""
        try:
            current = await self._client.v2.core.accounts.retrieve_async(account, {"include": INCLUDE})
            externals = await self._client.v1.accounts.external_accounts.list_async(account, {"limit": 1})
        except stripe.StripeError as error:
            raise _explain(error) from error
        found = [dict(item.to_dict()) for item in externals.data]
        return dict(current.to_dict()), found[0] if found else None
