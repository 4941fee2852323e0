"""Sets the stage for the examples of docs/api.md on the running platform and prints it as JSON: who may sign
in, the values that examples name (`leadId`, `channelId` …), and the functions that must have an example.

Everything is new in every run: nobody else's rows are touched, and two runs do not meet.
"""

from __future__ import annotations

import base64
import json
import secrets
import sys
import time
import uuid
from typing import Any

import httpx
import psycopg

from siso_local.settings import Settings
from tests.clients.contract_desks import desks, elite_desks
from tests.database.harness import (
    Person,
    acting,
    by_hand,
    call,
    insert_row,
    make_lead,
    make_login,
    make_partner,
    make_staff,
    value,
)
from tests.database.money_history import History
from tests.database.money_support import post
from tests.database.training_support import make_module, make_track, quiz_of, readings

Db = psycopg.Connection[Any]
RUN = secrets.token_hex(4)
PASSWORD = f"Contract-{secrets.token_hex(8)}"
OWNER = {"email": "owner@example.com", "password": "demo-Partner-1", "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"}

FUNCTIONS = """
    select coalesce(array_agg(distinct proname::text), '{}') from pg_catalog.pg_proc
    where pronamespace = 'public'::regnamespace and prorettype <> 'trigger'::regtype
        and has_function_privilege('authenticated', oid, 'execute')
        and not exists (select from pg_catalog.pg_depend where objid = pg_proc.oid and deptype = 'e')
"""


class Stage:
    def __init__(self, db: Db, settings: Settings) -> None:
        self.db, self.settings = db, settings
        self.people: dict[str, Any] = {"owner": OWNER}
        self.values: dict[str, Any] = {}

    def can_sign_in(self, name: str, person: Person, *, mfa: bool = False) -> Person:
        """Gives somebody a password and, if wanted, an authenticator."""
        self.db.execute(
            "update auth.users set encrypted_password = extensions.crypt(%s, extensions.gen_salt('bf', 4)),"
            " email_confirmed_at = now(), created_at = now(), updated_at = now(), raw_user_meta_data = '{}',"
            ' raw_app_meta_data = \'{"provider": "email", "providers": ["email"]}\' where id = %s',
            (PASSWORD, person.subject),
        )
        identity = json.dumps({"sub": person.subject, "email": person.email, "email_verified": True})
        self.db.execute(
            "insert into auth.identities (provider_id, user_id, identity_data, provider, created_at, updated_at)"
            " values (%s, %s, %s, 'email', now(), now())",
            (person.subject, person.subject, identity),
        )
        self.people[name] = {"email": person.email, "password": PASSWORD}
        if mfa:
            secret = base64.b32encode(secrets.token_bytes(20)).decode()
            self.db.execute(
                "insert into auth.mfa_factors"
                " (id, user_id, friendly_name, factor_type, status, created_at, updated_at, secret)"
                " values (gen_random_uuid(), %s, 'Phone', 'totp', 'verified', now(), now(), %s)",
                (person.subject, secret),
            )
            self.people[name]["secret"] = secret
        return person

    def partner(self, name: str, tier: str = "starter", *, mfa: bool = False, leader: Person | None = None) -> Person:
        return self.can_sign_in(name, make_partner(self.db, name=f"{name} {RUN}", tier=tier, leader=leader), mfa=mfa)

    def as_person(self, person: Person, function: str, *, mfa: bool = False, **arguments: Any) -> Any:
        with acting(self.db, person.actor("aal2" if mfa else "aal1")):
            return call(self.db, function, **arguments)

    def lead(self, person: Person, **columns: Any) -> str:
        with acting(self.db, person.actor()):
            made = insert_row(self.db, "leads", **{"company_name": f"Client {secrets.token_hex(4)}"} | columns)
        return str(made["id"])

    def win(self, person: Person, cents: int) -> dict[str, Any]:
        deal: dict[str, Any] = self.as_person(
            person,
            "claim_win",
            lead_id=make_lead(self.db, person, f"Client {secrets.token_hex(4)}"),
            value=cents,
            currency="USD",
            request_id=uuid.uuid4(),
        )
        return deal

    def earn(self, person: Person, cents: int) -> str:
        """A deal whose client paid long ago: its commission is in the balance. Gives the deal's id."""
        deal = self.win(person, cents)
        event = call(
            self.db,
            "receive_client_payment",
            schema="worker",
            source="contract",
            source_id=uuid.uuid4().hex,
            deal_reference=deal["reference"],
            instalment=1,
            amount=cents,
            currency="USD",
            cleared_at=value(self.db, "select private.now() - interval '100 days'"),
        )
        post(self.db, event["id"])
        self.as_person(self.admin, "verify_deal", mfa=True, reference=deal["reference"], contracted_value=cents)
        call(self.db, "clear_commissions", schema="worker")
        return str(deal["id"])

    def insert(self, table: str, **columns: Any) -> str:
        return str(insert_row(self.db, table, **columns)["id"])

    def claim(self, person: Person) -> str:
        wanted = str(uuid.uuid4())
        self.as_person(
            person, "open_claim", id=wanted, about="other", subject="Client 17", reason="I brought this client."
        )
        return wanted

    def set(self) -> None:
        db, values = self.db, self.values
        self.admin = self.can_sign_in("admin", make_staff(db, "admin", name="Admin 90"), mfa=True)
        self.can_sign_in("finance", make_staff(db, "finance", name="Finance 90"), mfa=True)
        other_admin = self.can_sign_in("operator", make_staff(db, "admin", name="Admin 91"), mfa=True)
        self.can_sign_in("applicant", make_login(db))
        starter = self.partner("starter")
        active = self.active = self.partner("active", "active", mfa=True)
        performer = self.performer = self.partner("performer", "performer", mfa=True)
        elite = self.partner("elite", "elite", mfa=True)
        self.partner("newcomer")
        downgraded = self.partner("downgraded", "active")
        member = make_partner(db, name=f"Member {RUN}", tier="active", leader=performer)
        leaving = make_partner(db, name=f"Member {RUN}-2", leader=performer)
        other = make_partner(db, name=f"Other {RUN}")
        values |= {
            "memberId": member.id, "leavingMemberId": leaving.id, "otherPartnerId": other.id,
            "performerId": performer.id, "starterId": starter.id, "activeId": active.id,
        }  # fmt: skip
        values["newEmail"] = f"visitor.{RUN}@example.com"
        values["colleagueEmail"] = self.can_sign_in("colleague", make_login(db)).email
        values |= self.people["colleague"]
        self.applications()
        self.leads(starter, active, performer, elite)
        self.claims(starter, active, other_admin)
        self.money(active, performer, member)
        self.decisions(starter, active, other_admin)
        self.tiers(downgraded, other, other_admin)
        self.teams(performer, self.people["newcomer"]["email"])
        self.training(starter, performer, member)
        self.chat(performer, member)
        self.rest(starter, active)
        desks(self, RUN, starter, elite)
        elite_desks(self, RUN, performer)
        values["functions"] = value(db, FUNCTIONS)
        db.commit()

    def applications(self) -> None:
        login = make_login(self.db)
        answer = self.as_person(
            login, "submit_application", name="Starter 90", phone="+12025550190", country="US",
            motivation="I know web agencies.", accept_terms=True,
        )  # fmt: skip
        self.values["applicationId"] = answer["id"]

    def leads(self, starter: Person, active: Person, performer: Person, elite: Person) -> None:
        values = self.values
        values["leadId"] = self.lead(starter)
        values["oldLeadId"] = self.lead(starter)
        values["hotLeadId"] = self.lead(starter)
        values["activeLeadId"] = self.lead(active)
        values["performerLeadId"] = self.lead(performer)
        values["sharedLeadId"] = self.lead(performer)
        values["eliteLeadId"] = self.lead(elite)
        address = f"buyer@client-{RUN}.example.com"
        self.lead(active, contact_email=address)
        values["doubtfulLeadId"] = self.lead(elite, contact_email=address)
        values["conflictId"] = value(
            self.db, "select id from public.lead_conflicts where new_lead_id = %s", values["doubtfulLeadId"]
        )
        with acting(self.db, active.actor()):
            insert_row(self.db, "referral_links", code=f"contract-{RUN}")
        values["linkCode"] = f"contract-{RUN}"
        values["templateId"] = uuid.uuid4()

    def claims(self, starter: Person, active: Person, other_admin: Person) -> None:
        self.values["claimId"] = self.claim(starter)
        rejected = self.values["rejectedClaimId"] = self.claim(active)
        self.as_person(
            other_admin, "decide_claim", mfa=True, claim_id=rejected, decision="rejected", reason="No sign of it."
        )

    def money(self, active: Person, performer: Person, member: Person) -> None:
        values = self.values
        self.earn(active, 150_000)
        rated = self.earn(performer, 600_000)
        self.earn(member, 100_000)
        values["feedbackToken"] = call(self.db, "make_feedback_link", schema="private", deal=rated)
        values["dealReference"] = self.win(active, 90_000)["reference"]
        values["claimedReference"] = self.win(active, 90_000)["reference"]
        doubtful = self.win(active, 90_000)
        values["doubtfulDealId"], values["doubtfulReference"] = doubtful["id"], doubtful["reference"]
        values["noticeId"] = self.insert(
            "staff_notices",
            kind="deal.overdue",
            subject_id=uuid.uuid4(),
            for_roles=["finance"],
            message="A deal is late.",
        )
        device = httpx.post(f"{self.settings.url('push')}/_double/subscriptions", json={}).json()
        values["subscription"] = {"endpoint": device["endpoint"], "keys": device["keys"]}
        values["webhookSecret"] = self.settings.client_payments_secret
        values["workersUrl"] = f"{self.settings.api_url}/workers"

    def decisions(self, starter: Person, active: Person, other_admin: Person) -> None:
        """A proposal that waits for its second person, a hold on a partner, a flag."""
        proposal = self.as_person(
            other_admin, "propose_adjustment", mfa=True, request_id=uuid.uuid4(), partner_id=active.id, amount=500,
            currency="USD", reason="Wrong rate in May",
        )  # fmt: skip
        self.values["proposalId"] = proposal["id"]
        hold = self.as_person(other_admin, "open_hold", mfa=True, partner_id=starter.id, reason="An unknown client")
        self.values["holdId"] = hold["id"]
        self.values["flagId"] = value(
            self.db,
            "select id from public.risk_reviews where partner_id = %s and rule_code = 'fast_first_win'",
            active.id,
        )

    def tiers(self, downgraded: Person, other: Person, other_admin: Person) -> None:
        appellant = make_partner(self.db, name=f"Appellant {RUN}", tier="active")
        for person in (downgraded, appellant):
            self.as_person(
                other_admin, "downgrade_partner", mfa=True, partner_id=person.id, to_tier="starter", reason="Contract"
            )
        appeal = self.as_person(appellant, "appeal_tier", statement="The deals were real, please look again.")
        self.values["appealId"] = appeal["id"]
        lifted = self.values["liftedPartnerId"] = make_partner(self.db, name=f"Active {RUN}", tier="active").id
        override = self.as_person(
            other_admin, "grant_rate_override", mfa=True, partner_id=lifted, reason="Contract",
            request_id=uuid.uuid4(), rate=2300,
        )  # fmt: skip
        self.values["overrideId"] = override["id"]

    def teams(self, performer: Person, newcomer: str) -> None:
        invite = self.as_person(performer, "invite_member", request_id=uuid.uuid4(), email=newcomer)
        self.values["inviteToken"] = invite["token"]
        self.values["inviteId"] = self.as_person(performer, "invite_member", request_id=uuid.uuid4())["id"]

    def training(self, starter: Person, performer: Person, member: Person) -> None:
        db, values = self.db, self.values
        track = values["track"] = make_track(db)
        module = values["moduleId"] = make_module(db, track=track)
        values["lessonId"], values["quizId"] = readings(db, module)[0], quiz_of(db, module)
        values["assignedModuleId"] = make_module(db)
        draft = values["draftModuleId"] = make_module(db)
        with by_hand(db):
            db.execute("update public.training_modules set published_at = null where id = %s", (draft,))
        self.as_person(starter, "complete_lesson", lesson_id=readings(db, make_module(db))[0])
        for person in (performer, member):
            with by_hand(db):
                values["certificateId"] = value(
                    db,
                    "insert into public.certificates (partner_id, track, version, expires_at)"
                    " values (%s, %s, 1, private.now() + interval '2 years') returning id",
                    person.id, track,
                )  # fmt: skip

    def chat(self, performer: Person, member: Person) -> None:
        values = self.values
        channel = values["channelId"] = value(
            self.db, "select id from public.chat_channels where leader_id = %s", performer.id
        )
        for name in ("messageId", "badMessageId", "removedMessageId"):
            values[name] = uuid.uuid4()
            self.as_person(member, "send_message", id=values[name], channel_id=channel, message="Won one today!")
        report = self.as_person(performer, "report_message", message_id=values["badMessageId"], reason="Off topic")
        values["reportId"] = report

    def rest(self, starter: Person, active: Person) -> None:
        values = self.values
        asset = values["assetId"] = self.insert(
            "marketing_assets", title=f"Deck {RUN}", category="brochures", customisable=True
        )
        values["assetPath"] = f"starter/{asset}/deck.pdf"
        self.insert(
            "asset_versions", asset_id=asset, version=1, path=values["assetPath"], file_type="application/pdf",
            file_size=9,
        )  # fmt: skip
        begins = value(self.db, "select private.now() + interval '2 days'")
        ends = value(self.db, "select private.now() + interval '3 days'")
        begun = value(self.db, "select private.now() - interval '1 hour'")
        values["challengeId"] = self.insert(
            "challenges", title=f"Sprint {RUN}", metric="leads_logged", goal=5, starts_at=begun, ends_at=ends
        )
        values["eventId"] = self.insert(
            "events", kind="office_hours", title="Office hours", starts_at=begins, ends_at=ends
        )
        values["begunEventId"] = self.insert(
            "events", kind="office_hours", title="Office hours", starts_at=begun, ends_at=begins
        )
        values["articleId"] = self.insert(
            "faq_articles", slug=f"payday-{RUN}", question="When is payday?", answer="After clearing.", category="money"
        )
        values["topicId"] = self.insert("council_topics", title="Next quarter", body="What first?", closes_at=ends)
        values["ticketId"] = self.as_person(
            starter, "open_ticket", subject="Wrong name", category="account", description="My name is misspelt."
        )["id"]

    def connect(self, *people: Person) -> None:
        """Stripe's onboarding, as a person does it on Stripe's pages; the workers do their part meanwhile."""
        for person in people:
            self.as_person(person, "request_onboarding_link", mfa=True, request_id=uuid.uuid4())
        self.db.commit()
        for person in people:
            account = self.wait(person, "select stripe_account_id from public.payout_accounts where partner_id = %s")
            httpx.post(f"{self.settings.url('stripe')}/_double/accounts/{account}/onboard", json={}).raise_for_status()
        for person in people:
            self.wait(person, "select 1 from public.payout_accounts where partner_id = %s and status = 'ready'")

    def wait(self, person: Person, query: str) -> Any:
        for _ in range(200):
            found = value(self.db, query, person.id)
            self.db.commit()
            if found:
                return found
            time.sleep(0.1)
        raise SystemExit(f"waited in vain for: {query}")

    def draft_payout(self) -> None:
        """More than a partner gets without the word of finance."""
        self.connect(self.active, self.performer)
        payout = self.as_person(self.performer, "request_payout", mfa=True, currency="USD", request_id=uuid.uuid4())
        self.values["payoutId"] = payout["id"]
        self.values["payoutRunRequest"] = uuid.uuid4()
        self.db.commit()

    def difference(self) -> None:
        """What a night's comparison with Stripe would leave for finance."""
        self.values["differenceId"] = value(
            self.db,
            "with run as (insert into ops.reconciliation_runs (created_from, stream, finished_at)"
            " values (0, 'done', private.now()) returning id)"
            " insert into ops.reconciliation_differences (kind, subject, theirs, first_run, last_run)"
            " select 'unknown_transfer', %s, 100, id, id from run returning id",
            f"tr_{RUN}",
        )
        self.db.commit()

    def past_statement(self) -> None:
        """Money of a month that is over, and its statement; the moved clock is seen by this one transaction alone."""
        with psycopg.connect(self.settings.dsn("supabase_admin")) as connection:
            history = History(connection)
            history.at("2026-03-05 10:00")
            history.pay(history.win(self.active, 150_000), 50_000)
            history.at("2026-04-01 00:20")
            history.make_statements(self.active, "2026-03-01")
            history.now_again()


def main() -> None:
    settings = Settings.load()
    with psycopg.connect(settings.dsn("postgres")) as db:
        stage = Stage(db, settings)
        stage.set()
        stage.draft_payout()
        stage.difference()
        stage.past_statement()
    json.dump({"people": stage.people, "values": stage.values}, sys.stdout, default=str)


if __name__ == "__main__":
    main()
