"""Use cases of the accounts worker."""

from __future__ import annotations

from typing import Any

from workers.accounts.adapters import StripeAccounts
from workers.accounts.domain import read_state
from workers.core import logs
from workers.core.database import Database
from workers.core.jobs import DeadJobError, Job

_log = logs.get("accounts")


class Accounts:
    def __init__(self, database: Database, stripe: StripeAccounts, pwa_url: str) -> None:
        self._database = database
        self._stripe = stripe
        self._pwa_url = pwa_url.rstrip("/")

    async def link(self, job: Job) -> None:
        """Gives a partner the page to go to: onboarding first, the Express dashboard once that is done."""
        partner = await self._database.call("account_inputs", partner=job.payload["partner_id"])
        if partner is None:
            raise DeadJobError("there is no such partner")
        account = partner["stripe_account_id"]
        try:
            if account is None:
                made = await self._stripe.create(
                    partner["partner_id"],
                    partner["email"],
                    partner["name"],
                    partner["country"],
                    partner["accounts_before"],
                )
                account = await self._database.call(
                    "save_account", partner=partner["partner_id"], account=made, account_country=partner["country"]
                )
            if partner["account_status"] == "ready":
                url, ends = await self._stripe.login_link(account), None
            else:
                earnings = f"{self._pwa_url}/partner/earnings"
                url, ends = await self._stripe.onboarding_link(
                    account, f"{earnings}?onboarding=done", f"{earnings}?onboarding=again"
                )
        except DeadJobError as error:
            # The partner is waiting: tell them, too.
            await self._save_link(job, None, None, "The payout account could not be set up. Contact support.")
            raise DeadJobError(str(error)) from error
        await self._save_link(job, url, ends, None)

    async def _save_link(self, job: Job, url: str | None, ends: str | None, problem: str | None) -> None:
        await self._database.call(
            "save_account_link",
            link=job.payload["link_id"],
            link_url=url,
            link_expires_at=ends,
            link_error=problem,
        )

    async def event(self, job: Job) -> None:
        """Something happened to an account: fetch it, keep what it says now. Order and duplicates do not matter."""
        stored = await self._database.call("stripe_event", inbound_event_id=job.payload["inbound_event_id"])
        if stored is None:
            raise DeadJobError("there is no such stored event")
        account = account_of(stored["event"])
        if account:
            look = await self._database.call("begin_account_look", account=account)
            if look is not None:  # else it is not an account of ours
                await self._keep_state(account, look)
        await self._database.call("stripe_event_done", inbound_event_id=job.payload["inbound_event_id"])

    async def _keep_state(self, account: str, look: int) -> None:
        current, external = await self._stripe.fetch(account)
        state = read_state(current, external)
        await self._database.call(
            "save_account_state",
            account=account,
            look=look,
            new_status=state.status,
            due=state.requirements_due,
            label=state.destination_label,
            fingerprint=state.destination_fingerprint,
            tax=state.tax_status,
        )
        _log.info("account state kept", account=account, status=state.status)


def account_of(event: dict[str, Any]) -> str | None:
    """The connected account that an event (thin or snapshot) is about; None where it says nothing about its state."""
    related = event.get("related_object")
    if related and related.get("type") == "v2.core.account":
        return str(related["id"])
    if event.get("type", "").startswith(("account.", "capability.")):
        return event.get("account")
    return None
