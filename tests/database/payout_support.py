"""Partners with balances for the tests of payouts, and all invariants of the money."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg

from tests.chaos.money import give_balance
from tests.database.harness import Person, acting, call, make_partner, rows, value, worker

Db = psycopg.Connection[tuple[Any, ...]]
STARTER_RATE = 5  # a starter gets a fifth: 20 %


def ready_partner(
    db: Db, *, tier: str = "starter", mfa: bool = True, tax: str = "complete", country: str = "US", **more: Any
) -> Person:
    """A partner whose payout account is ready, connected with a second factor unless ``mfa`` is off."""
    partner = make_partner(db, tier=tier, country=country, **more)
    db.execute(
        "insert into public.payout_accounts"
        " (partner_id, stripe_account_id, status, country, tax_status, connected_with_mfa_at)"
        " values (%s, %s, 'ready', %s, %s, case when %s then private.now() end)",
        (partner.id, f"acct_{uuid.uuid4().hex}", country, tax, mfa),
    )
    return partner


def earn(db: Db, partner: Person, cents: int) -> None:
    """Cleared commission of a starter, made by the real functions: win, client payment, clearing."""
    give_balance(db, partner, cents * STARTER_RATE)


def owe(db: Db, partner: Person, cents: int) -> uuid.UUID:
    """A debt, as the reversal of a paid line leaves it: a negative payable line whose money is in the receivable."""
    debt: uuid.UUID = value(
        db,
        "insert into public.commissions (partner_id, lead_id, deal_id, client_payment_id, commission_type, status,"
        " amount, currency, plan_id, tier, rate_bp, base_amount, clears_at, corrects_id, reverses_type,"
        " source, source_id)"
        " select partner_id, lead_id, deal_id, client_payment_id, 'reversal', 'payable', %s, currency, plan_id, tier,"
        " rate_bp, base_amount, clears_at, id, commission_type, 'staff', gen_random_uuid() from public.commissions"
        " where partner_id = %s and commission_type = 'base' and not estimate order by created_at limit 1 returning id",
        -cents, partner.id,
    )  # fmt: skip
    db.execute(
        "select ledger.post('accrue', 'commission', %s, ledger.account('partner_receivable', %s, 'USD'),"
        " ledger.account('commission_expense', null, 'USD'), %s, 'USD')",
        (debt, partner.id, cents),
    )
    return debt


def ask(db: Db, partner: Person, currency: str = "USD", request: uuid.UUID | None = None) -> dict[str, Any]:
    with acting(db, partner.actor("aal2")):
        made: dict[str, Any] = call(db, "request_payout", currency=currency, request_id=request or uuid.uuid4())
    return made


def decide_status_hold(db: Db, partner: Person) -> None:
    """Staff decide that a suspended or former partner's money is theirs: the hold that came with the status ends."""
    db.execute(
        "select private.end_hold(id, 'released', 'looked at') from public.risk_holds"
        " where partner_id = %s and decided_at is null",
        (partner.id,),
    )


def work(db: Db, function: str, **arguments: Any) -> Any:
    """What the payouts worker calls."""
    with acting(db, worker("payouts")):
        return call(db, function, "worker", **arguments)


def balances(db: Db, partner: Person) -> dict[str, int]:
    """The partner's ledger accounts in USD, as credits: what is owed to the partner is positive."""
    query = "select kind::text, -balance from ledger.accounts where partner_id = %s and currency = 'USD'"
    return {kind: amount for kind, amount in rows(db, query, partner.id) if amount}


def broken(db: Db, *, but: tuple[str, ...] = ()) -> dict[str, Any]:
    """Every ``private.check_*`` view of the money that says something."""
    views = rows(
        db,
        "select table_name::text from information_schema.views where table_schema = 'private'"
        " and table_name ~ '^check_.*(payout|ledger|journal|balance|payable|netting|fee|recover)' order by 1",
    )
    assert len(views) >= 9
    found = {}
    for (view,) in views:
        said = rows(db, f"select to_jsonb(c) from private.{view} as c limit 3")  # noqa: S608
        if said and view not in but:
            found[view] = [row[0] for row in said]
    return found
