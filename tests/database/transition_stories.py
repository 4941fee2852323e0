"""Lives of leads, money, people and papers, in which every state of transitions.yaml comes up that a function makes."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.database.harness import (
    Person,
    acting,
    call,
    call_as,
    insert_row,
    make_lead,
    make_login,
    make_partner,
    make_staff,
    rows,
    value,
    worker,
)
from tests.database.leads_support import add_lead, company, open_case
from tests.database.money_support import clear, disputed, paid, refunded, win
from tests.database.payout_support import ask, earn, ready_partner, work
from tests.database.people_support import Db, age_tier, excuse, wins
from tests.database.transition_watch import Watch


def leads_and_deals(db: Db, watch: Watch) -> None:
    partner, finance = make_partner(db), make_staff(db, "finance")
    with watch.step():
        lead = make_lead(db, partner)
    for stage in ("contacted", "qualified", "proposal_sent", "new"):
        with watch.step(), acting(db, partner.actor()):
            call(db, "move_lead", lead_id=lead, to_status=stage)
    with watch.step(), acting(db, partner.actor()):
        call(db, "move_lead", lead_id=lead, to_status="closed_lost", lost_reason="Went elsewhere.")
    with watch.step():
        deal = win(db, partner, 100_000)
    which = {"reference": deal["reference"]}
    with watch.step():
        call_as(db, finance, "reject_deal", **which, reason="There is no contract.")
    with watch.step():
        call_as(db, finance, "reopen_deal", **which, reason="The contract was found.")
    with watch.step():
        call_as(db, finance, "verify_deal", **which, contracted_value=100_000)
    with watch.step():
        call_as(db, make_staff(db, "admin"), "cancel_deal", **which, reason="The client never signed.")


def money_of_clients(db: Db, watch: Watch) -> None:
    partner, admin = make_partner(db), make_staff(db, "admin")
    deal = win(db, partner, 100_000)
    with watch.step():
        first = paid(db, deal, 60_000)
    with watch.step():
        clear(db)
    for what in ("payment.disputed", "dispute.won", "payment.disputed", "dispute.lost"):
        name = "one" if what == "dispute.won" or not watch_has(db, deal, "one") else "two"
        with watch.step():
            disputed(db, deal, first, what, f"{name}-{deal['id']}", 60_000)
    second = paid(db, deal, 40_000, cleared_at=datetime.now(UTC))
    for decision in ("released", "upheld"):
        with watch.step():
            hold = value(
                db,
                "select (private.place_hold(%s, 'velocity', 'behaviour', now() + interval '5 days', 'rule')).id",
                partner.id,
            )
        with watch.step():
            db.execute("select private.end_hold(%s, %s, 'looked at', %s)", (hold, decision, admin.id))
    third = paid(db, win(db, make_partner(db), 50_000), 50_000)
    assert second and third


def watch_has(db: Db, deal: dict[str, Any], name: str) -> bool:
    return bool(rows(db, "select 1 from public.client_disputes where source_id = %s", f"{name}-{deal['id']}"))


def refund(db: Db, watch: Watch) -> None:
    deal = win(db, make_partner(db), 50_000)
    payment = paid(db, deal, 50_000, cleared_at=datetime.now(UTC))
    with watch.step():
        refunded(db, deal, payment, 50_000)


def payouts(db: Db, watch: Watch) -> None:
    finance, admin = make_staff(db, "finance"), make_staff(db, "admin")

    def earned(cents: int = 40_000) -> tuple[Person, dict[str, Any]]:
        partner = ready_partner(db)
        earn(db, partner, cents)
        with watch.step():
            payout = ask(db, partner)
        return partner, payout

    def sent(payout: dict[str, Any]) -> None:
        about = {"payout": uuid.UUID(payout["id"])}
        stripe = {"transfer": f"tr_{payout['id']}", "transfer_amount": payout["amount"], "transfer_currency": "usd"}
        with watch.step():
            work(db, "begin_payout", **about)
        with watch.step():
            work(db, "record_transfer", **about, **stripe)
        with watch.step():
            work(db, "confirm_transfer", **about, **stripe)

    def refused(payout: dict[str, Any], what: str) -> None:
        begun = work(db, "begin_payout", payout=uuid.UUID(payout["id"]))
        with watch.step():
            work(
                db, "payout_refused", payout=uuid.UUID(payout["id"]), seen_attempt=begun["attempt"], next=what,
                code="balance_insufficient", message="There is not enough money.",
            )  # fmt: skip

    _, payout = earned()
    sent(payout)
    for decision, outcome in (("rejected", None), ("approved", "refused"), ("approved", "done")):
        with watch.step():
            reversal = call_as(
                db, finance, "propose_payout_reversal", payout_id=uuid.UUID(payout["id"]), reason="Stolen identity",
                request_id=uuid.uuid4(), amount=None,
            )  # fmt: skip
        which = {"reversal": uuid.UUID(reversal["id"])}
        with watch.step():
            call_as(db, admin, "decide_payout_reversal", reversal_id=which["reversal"], decision=decision)
        if outcome:
            work(db, "begin_reversal", **which)
        with watch.step():
            if outcome == "refused":
                work(db, "reversal_refused", **which, code="insufficient", message="The money has left.")
            elif outcome:
                work(db, "record_reversal", **which, stripe_reversal=f"trr_{reversal['id']}", reversed_amount=40_000)
    refused(earned()[1], "park")
    refused(earned()[1], "fail")
    _, large = earned(600_000)
    with watch.step():
        call_as(db, finance, "reject_payout", payout_id=uuid.UUID(large["id"]), reason="not today")


def runs(db: Db, watch: Watch) -> None:
    finance, admin = make_staff(db, "finance"), make_staff(db, "admin")
    with watch.step():
        run = call_as(db, finance, "preview_payout_run", request_id=uuid.uuid4())
    which = {"run_id": uuid.UUID(run["id"])}
    with watch.step():
        call_as(db, admin, "approve_payout_run", **which)
    with watch.step():
        call_as(db, finance, "execute_payout_run", **which)
    done = False
    while not done:
        with watch.step():
            done = work(db, "run_payout_batch", **{"run": which["run_id"]}, most=1000)["done"]


def adjustments(db: Db, watch: Watch) -> None:
    partner, one, other = make_partner(db), make_staff(db, "finance"), make_staff(db, "finance")
    for decision in ("approved", "declined", "withdrawn"):
        with watch.step():
            made = call_as(
                db, one, "propose_adjustment", request_id=uuid.uuid4(), partner_id=partner.id, amount=500,
                currency="USD", reason="Wrong exchange rate in May",
            )  # fmt: skip
        with watch.step():
            call_as(
                db, one if decision == "withdrawn" else other, "decide_adjustment",
                adjustment_id=uuid.UUID(made["id"]), decision=decision, reason="Looked at it.",
            )  # fmt: skip


def claims(db: Db, watch: Watch) -> None:
    partner, one, other = make_partner(db), make_staff(db, "admin"), make_staff(db, "admin")
    given: dict[str, Any] = {"about": "other", "reason": "I brought this client in May.", "subject": "Client 17"}
    with watch.step(), acting(db, partner.actor()):
        claim = uuid.UUID(call(db, "open_claim", id=uuid.uuid4(), **given)["id"])
    with watch.step():
        call_as(db, one, "ask_about_claim", claim_id=claim, question="Which client?")
    with watch.step(), acting(db, partner.actor()):
        call(db, "add_claim_evidence", id=uuid.uuid4(), claim_id=claim, note="The one of the fair in May.")
    with watch.step():
        call_as(db, one, "decide_claim", claim_id=claim, decision="rejected", reason="We looked into it.")
    with watch.step(), acting(db, partner.actor()):
        again = uuid.UUID(call(db, "appeal_claim", id=uuid.uuid4(), claim_id=claim, reason="Look once more.")["id"])
    with watch.step():
        call_as(db, other, "decide_claim", claim_id=again, decision="accepted", reason="So it is.", resolution="none")


def applications(db: Db, watch: Watch) -> None:
    admin = make_staff(db, "admin")
    given: dict[str, Any] = {"name": "Client 17", "phone": None, "country": "US", "motivation": None}
    for last in ("withdrawn", "rejected", "approved"):
        person = make_login(db)
        with watch.step(), acting(db, person.actor()):
            wanted = uuid.UUID(call(db, "submit_application", **given, accept_terms=True)["id"])
        with watch.step():
            call_as(db, admin, "start_review", application_id=wanted)
        with watch.step():
            if last == "withdrawn":
                with acting(db, person.actor()):
                    call(db, "withdraw_application")
            else:
                call_as(db, admin, "decide_application", application_id=wanted, decision=last, reason="Looked at it.")


def partners(db: Db, watch: Watch) -> None:
    partner, admin, finance = make_partner(db), make_staff(db, "admin"), make_staff(db, "finance")
    for state in ("suspended", "active", "inactive", "terminated"):
        with watch.step():
            db.execute("select private.set_status(%s, %s, 'test')", (partner.id, state))
    climber = make_partner(db)
    for tier, deals in (("active", 3), ("performer", 7), ("elite", 15)):
        for kind in ("training_track", "client_satisfaction", "support_calls", "time_in_tier_days"):
            if rows(db, "select 1 from public.tier_requirements where tier = %s and kind = %s", tier, kind):
                excuse(db, climber, tier, kind, admin)
        age_tier(db, climber, 400)
        wins(db, climber, deals - 1)
        deal = win(db, climber, 100_000)
        with watch.step():
            call_as(db, finance, "verify_deal", reference=deal["reference"], contracted_value=100_000)
    with watch.step():
        call_as(db, admin, "downgrade_partner", partner_id=climber.id, to_tier="active", reason="false statements")
    for decision in ("granted", "denied"):
        with watch.step(), acting(db, climber.actor()):
            appeal = call(db, "appeal_tier", statement="That was somebody else.")
        with watch.step():
            call_as(
                db, make_staff(db, "admin"), "decide_tier_appeal", appeal_id=appeal["id"], decision=decision,
                answer="We looked at it.",
            )  # fmt: skip
        if decision == "granted":
            call_as(db, admin, "downgrade_partner", partner_id=climber.id, to_tier="starter", reason="once more")


def tickets(db: Db, watch: Watch) -> None:
    partner, support = make_partner(db), make_staff(db, "support")
    with watch.step(), acting(db, partner.actor()):
        ticket = uuid.UUID(
            call(db, "open_ticket", subject="Payout", category="money", description="Where is it?")["id"]
        )
    which: dict[str, Any] = {"ticket_id": ticket}
    with watch.step():
        call_as(db, support, "answer_ticket", **which, message="We look.")
    with watch.step():
        call_as(db, support, "answer_ticket", **which, message="It is on its way.", status="resolved")
    with watch.step(), acting(db, partner.actor()):
        call(db, "answer_ticket", **which, message="Thank you.")
    with watch.step():
        call_as(db, support, "set_ticket_closed", **which, closed=True)
    with watch.step(), acting(db, partner.actor()):
        call(db, "set_ticket_closed", **which, closed=False)


def challenges(db: Db, watch: Watch) -> None:
    now = datetime.now(UTC)
    made = call_as(
        db, make_staff(db, "admin"), "create_challenge", request_id=uuid.uuid4(), title="Deals of the week", goal=1,
        starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=6), prize_amount=50_000, prize_currency="USD",
        budget=500_000,
    )  # fmt: skip
    partner = make_partner(db)
    which: dict[str, Any] = {"challenge_id": uuid.UUID(made["id"])}
    for function in ("join_challenge", "leave_challenge", "join_challenge"):
        with watch.step(), acting(db, partner.actor()):
            call(db, function, **which)
    deal = win(db, partner, 100_000)
    with watch.step():
        call_as(db, make_staff(db, "finance"), "verify_deal", reference=deal["reference"], contracted_value=100_000)
    paid(db, deal, 100_000)
    with watch.step():
        clear(db)
    with watch.step():
        call_as(db, make_staff(db, "admin"), "cancel_deal", reference=deal["reference"], reason="It was a test.")


def requests(db: Db, watch: Watch) -> None:
    partner, admin = make_partner(db, tier="elite"), make_staff(db, "admin")
    for last in ("accepted", "declined", "withdrawn"):
        for table, words in (("custom_deals", "proposal"), ("partnership_requests", "kind, message")):
            values = "'A year of volume'" if table == "custom_deals" else "'pr', 'A talk about partners'"
            wanted = uuid.uuid4()
            with watch.step(), acting(db, partner.actor()):
                db.execute(f"insert into public.{table} (id, {words}) values ('{wanted}', {values})".encode())  # noqa: S608
            with watch.step():
                call_as(db, admin, "decide_request", request_id=wanted, decision="in_review")
            with watch.step():
                if last == "withdrawn":
                    with acting(db, partner.actor()):
                        call(db, "withdraw_request", request_id=wanted)
                else:
                    more = {"rate": 3200} if table == "custom_deals" and last == "accepted" else {}
                    call_as(db, admin, "decide_request", request_id=wanted, decision=last, answer="So it is", **more)


def campaigns_and_betas(db: Db, watch: Watch) -> None:
    admin, performer = make_staff(db, "admin"), make_partner(db, tier="performer")
    for cancelled in (False, True):
        wanted = uuid.uuid4()
        with watch.step():
            call_as(db, admin, "save_campaign", id=wanted, name="Spring talks", kind="speaking")
        with watch.step():
            call_as(db, admin, "open_campaign", campaign_id=wanted)
        with watch.step():
            call_as(db, admin, "close_campaign", campaign_id=wanted, note="It is over", cancelled=cancelled)
    with acting(db, performer.actor()):
        said = uuid.UUID(insert_row(db, "beta_feedback", feature="Charts", message="I like them.")["id"])
    for answer in ({"state": "triaged"}, {"state": "answered", "answer": "Thank you"}):
        with watch.step():
            call_as(db, admin, "answer_beta_feedback", feedback_id=said, **answer)


def papers(db: Db, watch: Watch) -> None:
    partner, finance = make_partner(db), make_staff(db, "finance")
    with watch.step(), acting(db, partner.actor("aal2")):
        export = call(db, "request_export", request_id=uuid.uuid4())["id"]
    path = f"{partner.id}/{export}.zip"
    db.execute("insert into storage.objects (bucket_id, name) values ('exports', %s)", (path,))
    with watch.step(), acting(db, worker("documents")):
        call(db, "finish_export", "worker", export=uuid.UUID(export), path=path, sha256="0" * 64, bytes=10, row_count=1)
    with watch.step():
        call_as(
            db, finance, "request_finance_export", kind="payouts", period_from="2026-01-01", period_to="2026-02-01",
            request_id=uuid.uuid4(),
        )  # fmt: skip


def accounts(db: Db, watch: Watch) -> None:
    partner = ready_partner(db)
    account = value(db, "select stripe_account_id from public.payout_accounts where partner_id = %s", partner.id)
    for status, tax in (
        ("restricted", "required"), ("restricted", "pending"), ("ready", "rejected"), ("ready", "complete"),
        ("onboarding", "complete"),
    ):  # fmt: skip
        with watch.step(), acting(db, worker("accounts")):
            look = call(db, "begin_account_look", "worker", account=account)
            call(
                db, "save_account_state", "worker", account=account, look=look, new_status=status, due=[], label=None,
                fingerprint=None, tax=tax,
            )  # fmt: skip


def conflicts(db: Db, watch: Watch) -> None:
    for decision in ("existing_lead", "new_lead", "both"):
        name = company()
        add_lead(db, make_partner(db), name, contact_email=f"a@{uuid.uuid4().hex}.test")
        newer = add_lead(db, make_partner(db), name, contact_email=f"b@{uuid.uuid4().hex}.test")
        with watch.step():
            call_as(
                db, make_staff(db, "support"), "decide_conflict", conflict_id=open_case(db, newer), decision=decision,
                reason="Looked at both.",
            )  # fmt: skip


STORIES = (
    leads_and_deals, money_of_clients, refund, payouts, runs, adjustments, claims, applications, partners, tickets,
    challenges, requests, campaigns_and_betas, papers, accounts, conflicts,
)  # fmt: skip
