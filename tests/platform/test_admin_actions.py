"""``./scripts/admin``: every action does what it says under a staff member's own token, and nothing without it."""

from __future__ import annotations

import ast
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from postgrest import APIError
from supabase import create_client

from siso_admin.__main__ import EVERYTHING, parser
from siso_admin.session import RefusedError, sign_in
from siso_local.settings import ROOT, Settings
from tests.clients.contract_stage import PASSWORD
from tests.database.harness import by_hand, make_login
from tests.platform.admin_support import Desk


@pytest.fixture(scope="module")
def desk(settings: Settings) -> Iterator[Desk]:
    with pytest.MonkeyPatch.context() as patch:
        opened = Desk(settings, patch.setenv)
        yield opened
        opened.db.close()


def deal(desk: Desk, cents: int = 90_000) -> dict[str, Any]:
    with desk.db.transaction():
        return desk.stage.win(desk.stage.active, cents)


def status(desk: Desk, reference: str) -> str:
    return str(desk.value("select status::text from public.deals where reference = %s", reference))


def test_every_action_is_run_here() -> None:
    """Also by itself: an action that no test runs does not come in."""
    calls = [node for node in ast.walk(ast.parse(Path(__file__).read_text())) if isinstance(node, ast.Call)]
    named = [
        node.args[1]
        for node in calls
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("run", "refused") and len(node.args) > 1
    ]
    assert {name.value for name in named if isinstance(name, ast.Constant)} == {action.name for action in EVERYTHING}


def test_cancel_deal_at_the_terminal(desk: Desk) -> None:
    """The tool itself, from the sign-in with a code to what it prints."""
    reference = deal(desk)["reference"]
    desk.account("terminal")
    command = [str(ROOT / "scripts" / "admin"), "cancel-deal", reference, "The client never signed."]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert reference in done.stdout
    assert status(desk, reference) == "cancelled"
    told = desk.value(
        "select after ->> 'reason' from ops.events where type = 'deal.cancelled' and subject_id ="
        " (select id from public.deals where reference = %s)",
        reference,
    )
    assert told == "The client never signed."
    open_money = "select coalesce(sum(amount), 0) from public.commissions where estimate and deal_id ="
    open_money += " (select id from public.deals where reference = %s) and status <> 'reversed'"
    assert desk.value(open_money, reference) == 0


def test_cancel_deal_needs_a_second_factor(desk: Desk, settings: Settings) -> None:
    reference = deal(desk)["reference"]
    desk.account("unproven")
    with pytest.raises(RefusedError, match="no authenticator app"):
        sign_in(None, None)
    # Past the tool: the same account's own token, which is aal1, and that of somebody who has a factor and left it out.
    for who, code in (("unproven", "PT403"), ("admin", "PT403")):
        client = create_client(settings.api_url, settings.publishable_key)
        client.auth.sign_in_with_password({"email": desk.email(who), "password": PASSWORD})
        options = parser().parse_args(["cancel-deal", reference, "No factor"])
        with pytest.raises(APIError) as caught:
            options.run(client, options)
        assert caught.value.code in (code, "42501"), caught.value
    assert desk.refused("support", "cancel-deal", reference, "Not my desk") == ("42501", "role")
    assert status(desk, reference) == "claimed"


def test_cancel_deal_is_refused_to_whoever_has_an_interest(desk: Desk) -> None:
    """The staff member is the seller: the same person behind both accounts."""
    reference = deal(desk)["reference"]
    desk.client("colleague")
    subject = desk.value("select id::text from auth.users where email = %s", desk.email("colleague"))

    def bind(partner: uuid.UUID | None) -> None:
        with by_hand(desk.db):
            desk.db.execute(
                "update private.auth_identities set partner_id = %s where issuer = 'supabase' and subject = %s",
                (partner, subject),
            )

    bind(desk.stage.active.id)
    try:
        assert desk.refused("colleague", "cancel-deal", reference, "Mine") == ("42501", "self_dealing")
    finally:
        bind(None)
    assert status(desk, reference) == "claimed"
    assert desk.run("colleague", "cancel-deal", reference, "Theirs")[0]["status"] == "cancelled"


def test_deals(desk: Desk) -> None:
    asked, rejected, verified = (deal(desk)["reference"] for _ in range(3))
    listed = {row["reference"] for row in desk.run("support", "deals", "--limit", 500)}
    assert {asked, rejected, verified} <= listed
    [row] = desk.run("support", "deal-queue", "--reference", asked, "--limit", 500)
    assert isinstance(row["evidence"], list)
    assert desk.run("support", "ask-about-deal", asked, "Which contract?")
    waiting = desk.run("support", "deal-queue", "--waiting", "--reference", asked, "--limit", 500)
    assert [row["reference"] for row in waiting] == [asked]
    assert desk.run("finance", "reject-deal", rejected, "No contract")[0]["status"] == "rejected"
    assert desk.run("admin", "reopen-deal", rejected, "The contract came")
    assert status(desk, rejected) == "claimed"
    assert desk.run("finance", "verify-deal", verified, 80_000)[0]["status"] == "verified"
    assert desk.value("select contracted_value from public.deals where reference = %s", verified) == 80_000


def test_applications(desk: Desk) -> None:
    emails = []
    for number in (93, 94):
        login = make_login(desk.db)
        with desk.db.transaction():
            desk.stage.as_person(
                login, "submit_application", name=f"Starter {number}", phone="+12025550190", country="US",
                motivation="I know web agencies.", accept_terms=True,
            )  # fmt: skip
        emails.append(login.email)
    assert set(emails) <= {row["email"] for row in desk.run("admin", "applications", "--limit", 500)}
    assert desk.run("admin", "approve-application", emails[0])
    assert desk.value("select status::text from public.partners where email = %s", emails[0]) == "active"
    assert desk.run("admin", "reject-application", emails[1], "No experience yet")
    states = "select status::text from public.applications where email = %s"
    assert [desk.value(states, email) for email in emails] == ["approved", "rejected"]
    with pytest.raises(LookupError, match="no open application"):
        desk.run("admin", "approve-application", emails[0])


def test_people(desk: Desk) -> None:
    partner = desk.partner(f"leaving{uuid.uuid4().hex[:6]}")
    state = "select status::text from public.partners where id = %s"
    desk.run("admin", "suspend", partner.email, "A reason")
    assert desk.value(state, partner.id) == "suspended"
    desk.run("admin", "reinstate", partner.email, "A reason")
    assert desk.value(state, partner.id) == "active"
    desk.run("admin", "terminate", partner.email, "A reason")
    assert desk.value(state, partner.id) == "terminated"
    newcomer = desk.stage.can_sign_in("newcomer at the desk", make_login(desk.db)).email
    assert desk.run("owner", "grant-role", newcomer, "support", "--name", "Support 94")[0]["roles"] == ["support"]
    assert desk.run("owner", "revoke-role", newcomer, "support")[0]["roles"] == []
    assert desk.refused("admin", "grant-role", newcomer, "owner") == ("42501", "role")
    said = desk.run("admin", "explain-access", partner.email, "public.leads", "select")
    assert said[0]["question"] == "Who is asking?"
    with pytest.raises(LookupError, match="no partner"):
        desk.run("admin", "suspend", "nobody@example.com", "A reason")


def test_plans(desk: Desk) -> None:
    changes = '{"rates": {"starter": {"base_bp": 2100}}}'
    assert desk.run("owner", "preview-plan", changes)
    # As it is now: a plan that all tests here share stays.
    as_it_is = '{"rates": {"starter": {"base_bp": 2000}}}'
    assert desk.refused("owner", "publish-plan", as_it_is, "Round") == ("22023", "no_change")
    assert desk.refused("finance", "publish-plan", changes, "Round") == ("42501", "role")


def test_claims_and_adjustments(desk: Desk) -> None:
    active = desk.email("active")
    claims = desk.run("support", "claims", "--limit", 500)
    assert desk.things["claimId"] in {row["id"] for row in claims}
    assert desk.run("support", "ask-about-claim", desk.things["claimId"], "Since when?")
    with desk.db.transaction():
        second = desk.stage.claim(desk.stage.active)
    assert desk.run("admin", "decide-claim", second, "rejected", "No sign of it.")[0]["state"] == "rejected"
    assert desk.things["proposalId"] in {row["id"] for row in desk.run("finance", "adjustments", "--limit", 500)}
    [made] = desk.run("finance", "propose-adjustment", active, -300, "USD", "Paid twice in May")
    assert desk.refused("finance", "decide-adjustment", made["id"], "approved") == ("42501", "four_eyes")
    assert desk.run("admin", "decide-adjustment", made["id"], "declined", "--reason", "It was once")
    assert desk.value("select state::text from public.adjustments where id = %s", made["id"]) == "declined"
    assert desk.refused("admin", "propose-write-off", active, "USD", "Out of reach") == ("PT409", "no_debt")


def test_risk(desk: Desk) -> None:
    starter = desk.email("starter")
    [hold] = desk.run("finance", "open-hold", starter, "An unknown client, too")
    queue = {row["id"] for row in desk.run("finance", "risk-queue", "--limit", 500)}
    assert hold["id"] in queue
    assert desk.run("admin", "decide-hold", hold["id"], "released", "The client is known")
    assert desk.value("select decision::text from public.risk_holds where id = %s", hold["id"]) == "released"
    assert desk.run("finance", "decide-flag", desk.things["flagId"], "A fast start, and real")
    assert desk.run("admin", "declare-reseller", starter, "Resells our pages")
    assert desk.run("admin", "declare-reseller", starter, "No more", "--end")
    [rule] = desk.run("admin", "set-risk-rule", "many_leads", "As it is now", "--parameters", '{"per_hour": 10}')
    assert rule["code"] == "many_leads"


def test_the_desk_of_notices_and_challenges(desk: Desk) -> None:
    ends = desk.value("select (private.now() + interval '9 days')::text")
    starts = desk.value("select (private.now() + interval '2 days')::text")
    [made] = desk.run("admin", "create-challenge", f"Sprint {uuid.uuid4().hex[:6]}", 3, starts, ends)
    assert desk.value("select goal from public.challenges where id = %s", made["id"]) == 3
    assert desk.things["noticeId"] in {row["id"] for row in desk.run("finance", "notices", "--limit", 5000)}
    desk.run("finance", "note", desk.things["noticeId"])
    assert desk.value("select noted_at is not null from public.staff_notices where id = %s", desk.things["noticeId"])


def test_the_programme(desk: Desk) -> None:
    with desk.db.transaction():
        event = desk.stage.insert(
            "events", kind="webinar", title="Shops in spring",
            starts_at=desk.value("select private.now() + interval '9 days'"),
            ends_at=desk.value("select private.now() + interval '10 days'"),
        )  # fmt: skip
        template = desk.stage.insert("message_templates", channel="call", title="A call", visibility="official")
        desk.db.execute(
            "insert into public.message_template_versions (template_id, version, body) values (%s, 1, 'Hello')",
            (template,),
        )
    assert desk.run("support", "cancel-event", event, "The host is ill")[0]["cancelled_at"]
    assert desk.refused("finance", "restore-event", event) == ("42501", "role")
    assert desk.run("support", "restore-event", event)[0]["cancelled_at"] is None
    begins, ends = (desk.value(f"select (private.now() + interval '{days} days')::text") for days in (-1, 9))
    made = desk.run(
        "admin", "create-challenge", f"Race {uuid.uuid4().hex[:6]}", 3, begins, ends,
        "--prize", 1_000, "--currency", "USD", "--budget", 5_000,
    )[0]["id"]  # fmt: skip
    [changed] = desk.run("admin", "change-challenge", made, "--title", "A longer race", "--budget", 9_000)
    assert (changed["title"], changed["budget"], changed["goal"]) == ("A longer race", 9_000, 3)
    assert desk.refused("admin", "change-challenge", made, "--goal", 1) == ("PT409", "fixed")
    assert desk.run("admin", "cancel-challenge", made, "Announced twice")[0]["cancelled_at"]
    assert desk.run("admin", "restore-challenge", made)[0]["cancelled_at"] is None
    [listed] = [row for row in desk.run("support", "challenges", "--limit", 500) if row["id"] == made]
    assert (listed["budget"], listed["promised"], listed["entries"]) == (9_000, 0, {})
    [ended] = desk.run("admin", "finish-challenge", made, "Everybody is on holiday")
    assert ended["ends_at"] < desk.value("select to_json(private.now())::text").strip('"')
    archived = "select archived_at is not null from public.message_templates where id = %s"
    desk.run("admin", "archive-template", template)
    assert desk.value(archived, template) is True
    assert desk.run("admin", "restore-template", template)[0]["archived_at"] is None
    assert desk.value(archived, template) is False
    place = f"desk-{uuid.uuid4().hex[:6]}"
    [saved] = desk.run("admin", "link-destination", place, "Prices", f"/{place}", "--off")
    assert (saved["path"], saved["active"]) == (f"/{place}", False)
    [benefit] = desk.run("admin", "tier-benefit", "support.faq", "starter", 13, "FAQ database", "support")
    assert benefit["tier"] == "starter"
    [rule] = desk.run("admin", "follow-up-rule", "contacted", 4, "Ask for a short call.")
    assert (rule["idle_days"], rule["active"]) == (4, True)
    assert desk.refused("admin", "restore-message", uuid.uuid4(), "No insult") == ("PT404", "not_found")


def test_payouts(desk: Desk) -> None:
    payout, performer = str(desk.things["payoutId"]), desk.email("performer")
    assert payout in {row["id"] for row in desk.run("finance", "payouts", "--limit", 500)}
    assert payout in {row["id"] for row in desk.run("finance", "payouts-to-approve")}
    [hold] = desk.run("finance", "hold-payouts", performer, "Two log-ins at once")
    assert hold["id"] in {row["id"] for row in desk.run("finance", "payout-holds", "--limit", 500)}
    desk.run("finance", "end-payout-hold", hold["id"], "Spoke to them")
    for who in ("finance", "admin"):
        if desk.value("select status::text from public.payouts where id = %s", payout) == "draft":
            desk.run(who, "approve-payout", payout)
    desk.wait("select true from public.payouts where id = %s and status = 'paid'", payout)
    [reversal] = desk.run("finance", "propose-reversal", payout, "Stolen identity", "--amount", 100)
    assert desk.refused("finance", "decide-reversal", reversal["id"], "approved") == ("42501", "four_eyes")
    assert desk.run("admin", "decide-reversal", reversal["id"], "rejected")
    with desk.db.transaction():
        desk.stage.earn(desk.stage.performer, 600_000)
    with desk.db.transaction():
        again = desk.stage.as_person(
            desk.stage.performer, "request_payout", mfa=True, currency="USD", request_id=uuid.uuid4()
        )
    assert desk.run("finance", "reject-payout", again["id"], "Please wait")
    assert desk.value("select status::text from public.payouts where id = %s", again["id"]) == "cancelled"
    assert desk.refused("finance", "final-payout", performer) == ("PT409", "wrong_state")


def test_a_payout_run(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="Say which run"):
        desk.run("finance", "payout-run", "approve")
    [run] = desk.run("finance", "payout-run", "preview")
    assert desk.refused("finance", "payout-run", "approve", run["id"]) == ("42501", "four_eyes")
    assert desk.run("admin", "payout-run", "approve", run["id"])[0]["status"] == "approved"
    assert desk.run("finance", "payout-run", "reconcile", run["id"])[0]["status"] == "approved"
    # It would pay everybody here: not without an id of a run.
    assert desk.refused("finance", "payout-run", "execute", uuid.uuid4()) == ("PT404", "not_found")


def test_books(desk: Desk, tmp_path: Path) -> None:
    assert desk.run("finance", "make-statements", "2020-02")
    assert desk.run("finance", "reconcile", "--seconds", 60)
    # A real one would break the books of every test that looks meanwhile.
    assert desk.refused("finance", "resolve-difference", uuid.uuid4(), "A test of ours") == ("PT404", "not_found")
    assert desk.run("admin", "figures")
    [month] = desk.run("finance", "import-revenue", "2020-09-01", 100, "Accounts of September")
    assert month["amount"] == 100
    [export] = desk.run("finance", "export-books", "ledger", "2020-01-01", "2020-02-01")
    assert export["id"]
    reference = deal(desk)["reference"]
    file = tmp_path / "bank.csv"
    file.write_text(
        "type,source_id,deal_reference,instalment,amount,currency,date\n"
        f"payment.cleared,{uuid.uuid4()},{reference},1,900.00,USD,2026-01-15\n"
    )
    [told] = desk.run("finance", "import-payments", str(file), "--check")
    assert told
    assert status(desk, reference) == "claimed", "a check stores nothing"


def test_tax(desk: Desk) -> None:
    assert isinstance(desk.run("finance", "tax-report", 2020), list)
    [threshold] = desk.run(
        "finance", "set-tax-threshold", "US", "1099-NEC", 2098, "USD", "As published", "--amount", 210_000
    )
    assert threshold["amount"] == 210_000
    [country] = desk.run("finance", "set-payout-country", "LI", "CHF", "open", "Stripe pays there")
    assert country["is_open"]
    [least] = desk.run("finance", "set-payout-minimum", "NZD", 8_500, "Transfers there cost more")
    assert least == {**least, "amount": 8_500, "yardstick": 8_000, "one_approval_from": 160_000}
    [fee] = desk.run("finance", "set-instant-fee", "EUR", 100, 41, "As Stripe asks")
    assert fee == {"currency": "EUR", "fee_bp": 100, "minimum_fee": 41}
    [moved] = desk.run("finance", "change-country", desk.email("starter"), "US", "As in the application")
    assert moved == {**moved, "country": "US", "reconnect": False}
