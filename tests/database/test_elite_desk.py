"""Campaigns, betas with their feedback, and pages of partners, as staff look after them."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest

from tests.database.harness import (
    Person,
    acting,
    by_hand,
    call,
    call_as,
    expect_refusal,
    insert_row,
    make_partner,
    make_staff,
    rows,
    value,
)

Db = psycopg.Connection[Any]


def told(db: Db, who: Person) -> list[tuple[str, str]]:
    return rows(db, "select title, message from public.notifications where partner_id = %s order by title", who.id)


def events(db: Db, subject: uuid.UUID) -> list[str]:
    """What functions wrote down about it, apart from the scene that a test sets as postgres."""
    query = "select type from ops.events where subject_id = %s and type not like 'by_hand.%%' order by id"
    return [kind for (kind,) in rows(db, query, subject)]


def plan(db: Db, admin: Person, **changed: Any) -> Any:
    fields = {"id": uuid.uuid4(), "name": "Spring talks", "kind": "speaking", "starts_on": "2098-03-01"}
    return call_as(db, admin, "save_campaign", **(fields | changed))


def listed(db: Db, who: Person, wanted: uuid.UUID) -> dict[str, Any] | None:
    found: list[dict[str, Any]] = call_as(db, who, "list_campaigns")
    return next((row for row in found if row["id"] == str(wanted)), None)


def test_a_campaign_is_planned_opened_joined_and_closed_and_who_takes_part_is_told(db: Db, admin: Person) -> None:
    owner, guest, gone, other = (make_partner(db, name="Elite 01", tier="elite") for _ in range(4))
    wanted = uuid.uuid4()
    planned = plan(db, admin, id=wanted, owner_id=owner.id)
    assert plan(db, admin, id=wanted, owner_id=owner.id) == planned, "the same form again"
    assert listed(db, other, wanted) is None
    assert listed(db, owner, wanted) is not None
    with expect_refusal(db, "PT404", "not_found"):
        call_as(db, guest, "join_campaign", campaign_id=wanted)
    with expect_refusal(db, "PT409", "not_begun"):
        call_as(db, owner, "join_campaign", campaign_id=wanted)
    with expect_refusal(db, "PT409", "wrong_state"):
        call_as(db, admin, "close_campaign", campaign_id=wanted, note="Never began")
    opened = [call_as(db, admin, "open_campaign", campaign_id=wanted) for _ in range(2)]
    assert opened[0] == opened[1]
    for partner in (guest, guest, gone):
        call_as(db, partner, "join_campaign", campaign_id=wanted)
    for _ in range(2):
        call_as(db, gone, "join_campaign", campaign_id=wanted, joining=False)
    seen = listed(db, guest, wanted)
    assert seen is not None
    assert (seen["joined"], seen["participants"], seen["owner"]) == (True, ["Elite 01"], "Elite 01")
    plan(db, admin, id=wanted, owner_id=owner.id, starts_on="2098-04-01")
    with expect_refusal(db, "PT409", "fixed"):
        plan(db, admin, id=wanted, owner_id=owner.id, starts_on="2098-04-01", kind="email")
    closed = call_as(db, admin, "close_campaign", campaign_id=wanted, note="Two hundred guests")
    assert call_as(db, admin, "close_campaign", campaign_id=wanted, note="again") == closed
    assert closed["status"] == "done"
    with expect_refusal(db, "PT409", "over"):
        call_as(db, other, "join_campaign", campaign_id=wanted)
    with expect_refusal(db, "PT409", "over"):
        call_as(db, admin, "open_campaign", campaign_id=wanted)
    with expect_refusal(db, "PT409", "over"):
        plan(db, admin, id=wanted, owner_id=owner.id, starts_on="2098-05-01")
    assert told(db, guest) == [
        ("Spring talks has new days", "Please look again."),
        ("Spring talks is over", "Two hundred guests"),
    ]
    assert [title for title, _ in told(db, owner)] == [
        "Spring talks has new days", "Spring talks is open", "Spring talks is over",
    ]  # fmt: skip
    assert (told(db, gone), told(db, other)) == ([], [])
    assert events(db, wanted) == [
        "campaign.saved", "campaign.opened", "campaign.joined", "campaign.joined", "campaign.left", "campaign.saved",
        "campaign.closed",
    ]  # fmt: skip


def test_a_plan_is_called_off_and_a_campaign_of_the_past_is_not_opened(db: Db, admin: Person) -> None:
    wanted, old = uuid.uuid4(), uuid.uuid4()
    plan(db, admin, id=wanted)
    off = call_as(db, admin, "close_campaign", campaign_id=wanted, note="No budget", cancelled=True)
    assert (off["status"], off["closing_note"]) == ("cancelled", "No budget")
    plan(db, admin, id=old, starts_on="2020-03-01", ends_on="2020-04-01")
    with expect_refusal(db, "PT409", "future"):
        call_as(db, admin, "open_campaign", campaign_id=old)
    for function in ("open_campaign", "close_campaign"):
        with expect_refusal(db, "PT404", "not_found"):
            call_as(db, admin, function, campaign_id=uuid.uuid4(), **({"note": "x y z"} if function[0] == "c" else {}))
    performer = make_partner(db, tier="performer")
    for wrong, state, rule in (
        ({"name": "x"}, "22023", "length"),
        ({"kind": "fair"}, "22023", "one_of"),
        ({"ends_on": "2098-02-01"}, "22023", "after_start"),
        ({"ends_on": "infinity"}, "22023", "range"),
        ({"owner_id": performer.id}, "PT404", "not_found"),
        ({"id": None}, "22023", "required"),
    ):
        with expect_refusal(db, state, rule):
            plan(db, admin, **wrong)
    with expect_refusal(db, "42501", "tier"):
        call_as(db, performer, "list_campaigns")
    with expect_refusal(db, "42501", "role"):
        plan(db, make_staff(db, "support"))


def say(db: Db, who: Person, beta: uuid.UUID | None, words: str = "I like the charts.") -> uuid.UUID:
    with acting(db, who.actor()):
        return uuid.UUID(insert_row(db, "beta_feedback", program_id=beta, feature="Charts", message=words)["id"])


def test_a_beta_takes_feedback_while_it_is_open_and_an_answer_is_told(db: Db, admin: Person) -> None:
    support, performer, elite = (
        make_staff(db, "support"),
        make_partner(db, tier="performer"),
        make_partner(db, tier="elite"),
    )
    beta = uuid.uuid4()
    form = {"id": beta, "name": "Charts", "description": "Earnings by quarter", "tier_requirement": "elite"}
    assert call_as(db, admin, "save_beta", **form) == call_as(db, admin, "save_beta", **form)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), db.transaction():
        say(db, elite, beta)
    for _ in range(2):
        assert call_as(db, admin, "set_beta_open", beta_id=beta, open=True)["closed_at"] is None
    first = say(db, elite, beta)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), db.transaction():
        say(db, performer, beta)
    call_as(db, admin, "save_beta", **(form | {"tier_requirement": "performer"}))
    second = say(db, performer, beta, "They are slow.")
    db.execute("update public.beta_feedback set created_at = created_at - interval '1 hour' where id = %s", (first,))
    page = call_as(db, support, "beta_feedback_queue", beta_id=beta, max_rows=1)
    assert [row["id"] for row in page["feedback"]] == [str(first)]
    assert page["feedback"][0]["program"] == "Charts"
    rest = call_as(db, support, "beta_feedback_queue", beta_id=beta, max_rows=1, **page["next"])
    assert ([row["id"] for row in rest["feedback"]], rest["next"]) == ([str(second)], None)
    for _ in range(2):
        call_as(db, support, "answer_beta_feedback", feedback_id=second, state="triaged")
    assert told(db, performer) == []
    for _ in range(2):
        call_as(db, support, "answer_beta_feedback", feedback_id=second, state="answered", answer="Faster next week.")
    assert told(db, performer) == [("Your feedback on Charts", "Faster next week.")]
    with expect_refusal(db, "PT409", "wrong_state"):
        call_as(db, support, "answer_beta_feedback", feedback_id=second, state="triaged")
    with expect_refusal(db, "22023", "length"):
        call_as(db, support, "answer_beta_feedback", feedback_id=first, state="answered", answer=" ")
    with acting(db, performer.actor()):
        seen = rows(db, "select state, answer from public.beta_feedback")
    assert seen == [("answered", "Faster next week.")]
    answered = call_as(db, support, "beta_feedback_queue", state="answered", beta_id=beta)["feedback"]
    assert [row["id"] for row in answered] == [str(second)]
    call_as(db, admin, "set_beta_open", beta_id=beta, open=False)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), db.transaction():
        say(db, performer, beta)
    assert call_as(db, admin, "set_beta_open", beta_id=beta, open=True)["closed_at"] is None
    assert events(db, beta) == ["beta.saved", "beta.opened", "beta.saved", "beta.closed", "beta.opened"]
    assert events(db, second) == ["beta.feedback_triaged", "beta.feedback_answered"]


def test_who_looks_after_betas_and_how_they_are_looked_at(db: Db, admin: Person) -> None:
    beta, support, moderator = uuid.uuid4(), make_staff(db, "support"), make_staff(db, "moderator")
    form: dict[str, Any] = {"id": beta, "name": "Charts", "description": "By quarter"}
    with expect_refusal(db, "42501", "role"):
        call_as(db, support, "save_beta", **form)
    with expect_refusal(db, "42501", "role"):
        call_as(db, moderator, "beta_feedback_queue")
    with expect_refusal(db, "22023", "one_of"):
        call_as(db, admin, "save_beta", **form, tier_requirement="active")
    with expect_refusal(db, "PT404", "not_found"):
        call_as(db, admin, "set_beta_open", beta_id=beta, open=True)
    with expect_refusal(db, "22023", "one_of"):
        call_as(db, support, "beta_feedback_queue", state="lost")
    with expect_refusal(db, "22023", "range"):
        call_as(db, support, "beta_feedback_queue", max_rows=101)
    performer = make_partner(db, tier="performer")
    said = say(db, performer, None)
    with acting(db, performer.actor()), pytest.raises(psycopg.errors.InsufficientPrivilege), db.transaction():
        db.execute("update public.beta_feedback set state = 'answered' where id = %s", (said,))


def publish(db: Db, who: Person, **changed: Any) -> Any:
    with acting(db, who.actor()):
        return call(db, "save_brand_profile", profile=changed | {"page_published": True})


def test_a_page_is_taken_down_corrected_restored_and_published_again(db: Db, admin: Person) -> None:
    partner, moderator = make_partner(db, tier="performer"), make_staff(db, "moderator")
    slug = f"page-{uuid.uuid4().hex[:12]}"
    publish(db, partner, page_slug=slug, contact_name="Get rich")

    def pages(state: str) -> dict[str, Any] | None:
        found = call_as(db, moderator, "brand_pages", state=state, after=slug[:-1], max_rows=100)
        return next((page for page in found if page["page_slug"] == slug), None)

    assert pages("published") is not None
    reason = "It promises earnings"
    down = call_as(db, moderator, "take_down_page", partner_id=partner.id, reason=reason)
    assert call_as(db, moderator, "take_down_page", partner_id=partner.id, reason="again") == down
    found = pages("taken_down")
    assert found is not None
    assert (found["taken_down_reason"], found["corrected"], pages("published")) == (reason, False, None)
    with acting(db, partner.actor()):
        own = rows(db, "select page_published, taken_down_reason from public.brand_profiles")
        assert own == [(False, reason)]
        with expect_refusal(db, "PT409", "taken_down"):
            call(db, "save_brand_profile", profile={"page_published": True})
        call(db, "save_brand_profile", profile={"contact_name": "Performer 01"})
    with by_hand(db):  # a test is one instant: the correction came an hour later
        db.execute(
            "update public.brand_profiles set taken_down_at = taken_down_at - interval '1 hour' where partner_id = %s",
            (partner.id,),
        )
    found = pages("taken_down")
    assert found is not None
    assert (found["contact_name"], found["corrected"]) == ("Performer 01", True)
    with expect_refusal(db, "PT409", "taken_down"):
        publish(db, partner)
    for _ in range(2):
        assert call_as(db, admin, "restore_page", partner_id=partner.id)["page_published"] is False
    assert publish(db, partner)["page_published"] is True
    assert told(db, partner) == [
        ("You may publish your page again", "It was looked at once more."),
        ("Your page was taken down", reason),
    ]
    assert events(db, partner.id) == ["page.taken_down", "page.restored"]


def test_whose_pages_are_taken_down_and_by_whom(db: Db, admin: Person) -> None:
    partner, support = make_partner(db, tier="performer"), make_staff(db, "support")
    with expect_refusal(db, "PT404", "not_found"):
        call_as(db, admin, "take_down_page", partner_id=partner.id, reason="It is empty")
    with acting(db, partner.actor()):
        call(db, "save_brand_profile", profile={"page_slug": f"page-{uuid.uuid4().hex[:12]}"})
    with expect_refusal(db, "PT409", "wrong_state"):
        call_as(db, admin, "take_down_page", partner_id=partner.id, reason="It is empty")
    with expect_refusal(db, "42501", "role"):
        call_as(db, support, "take_down_page", partner_id=partner.id, reason="It is empty")
    publish(db, partner)
    with expect_refusal(db, "22023", "length"):
        call_as(db, admin, "take_down_page", partner_id=partner.id, reason=" ")
    with expect_refusal(db, "22023", "one_of"):
        call_as(db, support, "brand_pages", state="hidden")
    with expect_refusal(db, "42501", "guarded"):
        db.execute(
            "update public.brand_profiles set taken_down_at = private.now() where partner_id = %s", (partner.id,)
        )
    assert value(db, "select page_published from public.brand_profiles where partner_id = %s", partner.id) is True
