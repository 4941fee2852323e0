"""The database under the machine of tests/database/test_money_machine.py: its people, its clock, its books."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import psycopg

from tests.database.harness import (
    Person,
    acting,
    by_hand,
    call,
    make_partner,
    make_staff,
    one_story,
    rows,
    value,
    worker,
)
from tests.database.money_model import Model
from tests.database.money_terms import Deal, Line, Partner

Db = psycopg.Connection[tuple[Any, ...]]
CURRENCIES = ("USD", "EUR", "JPY")
_STATE = "case status::text when 'approved' then 'pending' when 'disputed' then 'held' else status::text end"
_LINES = f"""
select deal_id, partner_id, kind::text, amount, {_STATE}, corrects_id is not null and amount < 0, count(*)
from public.commissions where partner_id = any (%s) and not estimate group by 1, 2, 3, 4, 5, 6
"""  # noqa: S608
# What our people's lines and payouts moved, in everybody's accounts.
_BOOKS = """
with ours as (
    select 'commission' as source, id from public.commissions where partner_id = any (%(people)s)
    union all
    select 'payout', id from public.payouts where partner_id = any (%(people)s)
)

select account.partner_id, account.currency::text, account.kind::text, -sum(line.amount)::bigint
from ours
join ledger.journals as journal on journal.source_kind = ours.source and journal.source_id = ours.id
join ledger.lines as line on line.journal_id = journal.id
join ledger.accounts as account on account.id = line.account_id
group by 1, 2, 3
having sum(line.amount) <> 0
"""
_OWN = """
select partner_id, currency::text, kind::text, -balance from ledger.accounts
where partner_id = any (%(people)s) and balance <> 0
"""


_LAST_MONTH = "select (date_trunc('month', private.now() at time zone 'UTC') - interval '1 month')::date"

# What a check may be about, beside lines and journals.
COMMITTED = """
select id::text from public.partners
union all select id::text from public.payouts
union all select id::text from public.statements
union all select id::text from public.exports
union all select id::text from public.finance_exports
union all select id::text from public.support_tickets
"""


class World:
    """One transaction of the platform's owner, who alone may move the clock; ``close`` rolls it back.

    ``alone``: nobody else uses the platform, so that every row of every check counts.
    """

    def __init__(self, dsn: str, *, alone: bool) -> None:
        self.alone, self._dsn = alone, dsn
        self.db: Db = psycopg.connect(dsn)
        one_story(self.db)
        self._shift = value(self.db, "select coalesce((select shift from private.clock), interval '0')")
        self.model = Model(value(self.db, "select private.now()"))
        self.persons: dict[Partner, Person] = {}
        self.deal_rows: dict[Deal, dict[str, Any]] = {}
        self.finance, self.second = make_staff(self.db, "finance"), make_staff(self.db, "finance")
        self.admin = make_staff(self.db, "admin")
        self.leader, self.other_leader = self._join("leader", "performer"), self._join("other leader", "performer")
        self.recruiter = self._join("recruiter", "active")
        for leader in (self.leader, self.other_leader):
            self.win(leader, "USD", 150_000)
            deal = self.model.deals[-1]
            with by_hand(self.db):
                self.db.execute(
                    "update public.deals set status = 'verified', verified_at = private.now() where id = %s",
                    (self.deal_rows[deal]["id"],),
                )
            deal.status = "verified"
        self.seller = self._join("seller", "elite", self.leader)
        self.seller.recruiter = self.recruiter
        assert call(
            self.db, "record_recruit", "private", recruit=self.persons[self.seller].id,
            recruiter=self.persons[self.recruiter].id, how="referral_code",
        )  # fmt: skip
        self.loner = self._join("loner", "starter", country="DE")
        self.people = tuple(self.persons)
        self._checks = self._query_of_checks()

    def close(self) -> None:
        self.db.rollback()
        self.db.close()

    def _join(self, name: str, tier: str, leader: Partner | None = None, country: str = "US") -> Partner:
        above = self.persons[leader] if leader else None
        person = make_partner(self.db, name=name, tier=tier, leader=above, country=country)
        self.db.execute(
            "insert into public.payout_accounts"
            " (partner_id, stripe_account_id, status, country, tax_status, connected_with_mfa_at)"
            " values (%s, %s, 'ready', %s, 'complete', private.now())",
            (person.id, f"acct_{person.id.hex}", country),
        )
        partner = Partner(name, tier, "USD" if country == "US" else "EUR", leader=leader)
        self.persons[partner] = person
        return partner

    # -- speaking to it --------------------------------------------------------------------------------------------

    def desk(self, staff: Person, function: str, **arguments: Any) -> Any:
        with acting(self.db, staff.actor("aal2")):
            return call(self.db, function, **arguments)

    @contextmanager
    def refused(self, rule: str) -> Iterator[None]:
        """The block is refused by this rule, and nothing of it stays."""
        try:
            with self.db.transaction():
                yield
        except psycopg.Error as error:
            assert json.loads(error.diag.message_detail or "{}").get("rule") == rule, error
        else:
            raise AssertionError(f"this was to be refused: {rule}")

    def win(self, owner: Partner, currency: str, amount: int) -> None:
        person = self.persons[owner]
        lead = value(
            self.db,
            "insert into public.leads (partner_id, company_name, estimated_value) values (%s, %s, %s) returning id",
            person.id, f"Client {uuid.uuid4().hex}", amount,
        )  # fmt: skip
        with acting(self.db, person.actor()):
            made = call(self.db, "claim_win", lead_id=lead, value=amount, currency=currency, request_id=uuid.uuid4())
        self.deal_rows[self.model.win(owner, currency, amount)] = made

    def pass_days(self, days: int) -> None:
        self._shift += timedelta(days=days)
        self.db.execute(
            "insert into private.clock (shift) values (%(shift)s) on conflict (only_row)"
            " do update set shift = excluded.shift",
            {"shift": self._shift},
        )
        self.model.now += timedelta(days=days)
        assert self.now() == self.model.now
        self._documents_worker()

    def _documents_worker(self) -> None:
        """A month that has ended is stated, and the statements' files lie in Storage."""
        for person in self.persons.values():
            month = value(self.db, _LAST_MONTH)
            with acting(self.db, worker("documents")):
                made = call(self.db, "make_statements", "worker", partner=person.id, month=month)
            for statement in made:
                for kind in ("json", "csv", "pdf"):
                    path = f"{person.id}/{statement}.{kind}"
                    self.db.execute("insert into storage.objects (bucket_id, name) values ('statements', %s)", (path,))
                    sha = value(self.db, "select sha256 from public.statements where id = %s", statement)
                    with acting(self.db, worker("documents")):
                        call(
                            self.db, "record_statement_file", "worker", statement=statement, kind=kind, path=path,
                            sha256=sha, bytes=1000,
                        )  # fmt: skip

    def now(self) -> datetime:
        moment: datetime = value(self.db, "select private.now()")
        return moment

    # -- its books, as the model writes them -----------------------------------------------------------------------

    def _ids(self) -> list[uuid.UUID]:
        return [person.id for person in self.persons.values()]

    def balances(self) -> Counter[tuple[Partner | None, str, str]]:
        """By the journals of our people, and by their accounts: both must say the same."""
        names = {person.id: partner for partner, person in self.persons.items()}

        def read(query: str) -> Counter[tuple[Partner | None, str, str]]:
            found = self.db.execute(query.encode(), {"people": self._ids()}).fetchall()
            return Counter({(names.get(owner), currency, kind): amount for owner, currency, kind, amount in found})

        booked, own = read(_BOOKS), read(_OWN)
        assert {key: amount for key, amount in booked.items() if key[0] is not None} == own
        return booked

    def lines(self) -> Counter[tuple[Any, ...]]:
        found = self.db.execute(_LINES.encode(), (self._ids(),)).fetchall()
        return Counter({tuple(row[:6]): row[6] for row in found})

    def expected_lines(self) -> Counter[tuple[Any, ...]]:
        def shown(line: Line) -> tuple[Any, ...]:
            deal = uuid.UUID(self.deal_rows[line.deal]["id"])
            return deal, self.persons[line.owner].id, line.kind, line.amount, line.state, line.corrects is not None

        return Counter(shown(line) for line in self.model.lines)

    def _query_of_checks(self) -> bytes:
        """Every ``private.check_…`` view in one statement, whatever their names are."""
        query = (
            "select viewname::text from pg_views where schemaname = 'private' and viewname like 'check\\_%' order by 1"
        )
        views = [view for (view,) in rows(self.db, query)]
        assert len(views) >= 40, views
        return " union all ".join(
            f"(select '{view}', to_jsonb(c)::text from private.{view} as c)"  # noqa: S608
            for view in views
        ).encode()

    def broken(self, *, at_the_end: bool = False) -> set[tuple[str, str]]:
        """What the checks find. What is written at commit (the audit log, whose head others wait for) is written at
        every step where nobody else is, else at the end. Nothing of ours is ever committed: rows that another
        connection sees, too, or that are about what it sees, are those of other tests (time runs out for them when the
        clock of this story goes on)."""
        at_commit = self.alone or at_the_end
        if at_commit:
            self.db.execute(b"set constraints all immediate")
            self.db.execute(b"set constraints all deferred")
        found = self._found(self.db)
        if not at_commit:
            found = {
                (view, row)
                for view, row in found
                if view != "check_statements" or json.loads(row)["problem"] != "audit"
            }
        if found and not self.alone:
            with psycopg.connect(self._dsn, autocommit=True) as outside:
                found -= self._found(outside)
                theirs = {known for (known,) in rows(outside, COMMITTED)}
            found &= self._found(self.db)  # what came and went meanwhile is not ours either
            found = {(view, row) for view, row in found if not theirs & {*map(str, json.loads(row).values())}}
        return found

    def _found(self, db: Db) -> set[tuple[str, str]]:
        return {(view, row) for view, row in db.execute(self._checks).fetchall()}
