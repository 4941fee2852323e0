"""Money made through the real functions at times of the test's choosing, in one transaction.

The connection is that of the platform's owner (``supabase_admin``), who alone may move the clock.
"""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from tests.database.harness import Person, acting, call, call_as, make_lead, make_partner, value, worker
from tests.database.money_support import clear, post


class History:
    """A partner's money, told step by step. ``at`` moves the clock for everything that follows."""

    def __init__(self, db: psycopg.Connection) -> None:
        self.db = db

    def at(self, moment: str) -> None:
        """An ISO time, UTC. Within one transaction the wall clock stands still, so the moment is exact."""
        wanted = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        self.db.execute(
            "insert into private.clock (shift) values (%s::timestamptz - now()) on conflict (only_row)"
            " do update set shift = excluded.shift",
            (wanted,),
        )

    def now_again(self) -> None:
        """The clock as it was: before anything is committed."""
        self.db.execute("delete from private.clock")

    def partner(self, **options: Any) -> Person:
        """A partner whose payout account is ready."""
        person = make_partner(self.db, **options)
        self.db.execute(
            "insert into public.payout_accounts (partner_id, stripe_account_id, status, tax_status)"
            " values (%s, %s, 'ready', 'complete')",
            (person.id, f"acct_{uuid.uuid4().hex}"),
        )
        return person

    def win(self, partner: Person, amount: int, currency: str = "USD") -> dict[str, Any]:
        lead = make_lead(self.db, partner)
        with acting(self.db, partner.actor()):
            deal: dict[str, Any] = call(
                self.db, "claim_win", lead_id=lead, value=amount, currency=currency, request_id=uuid.uuid4()
            )
        return deal

    def pay(self, deal: dict[str, Any], amount: int, instalment: int = 1) -> str | None:
        """The client pays, and the worker posts what follows. Returns the commission line, if there is one."""
        now = value(self.db, "select private.now()")
        with acting(self.db, worker("commissions")):
            event = call(
                self.db, "receive_client_payment", "worker", source="test", source_id=uuid.uuid4().hex,
                deal_reference=deal["reference"], instalment=instalment, amount=amount, currency=deal["currency"],
                cleared_at=now,
            )  # fmt: skip
            post(self.db, event["id"])
        line: str | None = value(
            self.db,
            "select line.id::text from public.commissions as line join public.client_payments as payment"
            " on payment.id = line.client_payment_id where payment.inbound_event_id = %s and line.kind = 'base'",
            event["id"],
        )
        return line

    def clear(self) -> None:
        """Every clearing period that is over."""
        clear(self.db)

    def request_payout(self, partner: Person, currency: str = "USD") -> dict[str, Any]:
        with acting(self.db, partner.actor("aal2")):
            payout: dict[str, Any] = call(self.db, "request_payout", currency=currency, request_id=uuid.uuid4())
        return payout

    def send(self, payout: dict[str, Any]) -> None:
        """The payouts worker sends it, Stripe confirms."""
        transfer = f"tr_{uuid.uuid4().hex}"
        about = {
            "payout": payout["id"], "transfer": transfer, "transfer_amount": payout["amount"],
            "transfer_currency": payout["currency"],
        }  # fmt: skip
        with acting(self.db, worker("payouts")):
            call(self.db, "begin_payout", "worker", payout=payout["id"])
            call(self.db, "record_transfer", "worker", **about)
            call(self.db, "confirm_transfer", "worker", **about)

    def finance_export(self, staff: Person, kind: str, start: str, end: str, page: int) -> list[dict[str, Any]]:
        """All rows that finance takes out of a period, fetched ``page`` at a time as the worker does."""
        export = call_as(
            self.db, staff, "request_finance_export", kind=kind, period_from=start, period_to=end,
            request_id=uuid.uuid4(),
        )  # fmt: skip
        seen: list[dict[str, Any]] = []
        after = None
        while True:
            with acting(self.db, worker("documents")):
                found = call(
                    self.db, "finance_export_page", "worker", export=uuid.UUID(export["id"]), page=page,
                    after=None if after is None else Jsonb(after),
                )  # fmt: skip
            seen += found["rows"]
            after = found["after"]
            if after is None:
                return seen

    def make_statements(self, partner: Person, month: str) -> list[dict[str, Any]]:
        """Up to the month (its first day); all statements of the partner, the oldest first."""
        with acting(self.db, worker("documents")):
            call(self.db, "make_statements", "worker", partner=partner.id, month=month)
        return self.statements(partner)

    def statements(self, partner: Person) -> list[dict[str, Any]]:
        found = self.db.execute(
            "select to_jsonb(made)::text from public.statements as made where partner_id = %s order by period",
            (partner.id,),
        )
        return [json.loads(row[0]) for row in found.fetchall()]
