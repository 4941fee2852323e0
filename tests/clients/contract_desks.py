"""The part of the stage of docs/api.md that staff work on at their desks."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.database.harness import Person, acting, insert_row, make_partner, value

if TYPE_CHECKING:
    from tests.clients.contract_stage import Stage


def desks(stage: Stage, run: str, starter: Person, elite: Person) -> None:
    """What staff write and decide: names for what they make, and requests that wait."""
    values, now = stage.values, value(stage.db, "select private.now()")
    values |= {f"desk{name}Id": uuid.uuid4() for name in ("Event", "Topic", "Channel", "Award", "Campaign", "Beta")}
    in_letters = run.translate(str.maketrans("0123456789", "ghijklmnop"))
    values["deskFlag"], values["deskBadge"] = f"contract.{in_letters}", f"contract_{in_letters}"
    values["deskCategoryId"], values["deskCategory"] = uuid.uuid4(), f"Group {run}"
    values["deskPlace"] = f"contract-{run}"
    values["generalChannelId"] = stage.insert("chat_channels", name=f"desk-{run}", type="general", archived_at=now)
    ticket: dict[str, Any] = {"subject": "A question", "category": "other", "description": "How does this work?"}
    for name in ("deskTicketId", "closedTicketId"):
        values[name] = stage.as_person(starter, "open_ticket", **ticket)["id"]
    values["deskChallengeId"] = stage.insert(
        "challenges", title=f"Race {run}", metric="leads_logged", goal=5, starts_at=now, ends_at=now + timedelta(1)
    )
    values["runningChallengeId"] = stage.insert(
        "challenges", title=f"Running race {run}", metric="leads_logged", goal=5, starts_at=now - timedelta(1),
        ends_at=now + timedelta(1),
    )  # fmt: skip
    values["overTopicId"] = stage.insert("council_topics", title="Last quarter", body="What first?", closes_at=now)
    with acting(stage.db, elite.actor()):
        for name in ("dealRequestId", "withdrawnRequestId"):
            values[name] = stage.insert("custom_deals", proposal="Ten shops a year.")


def elite_desks(stage: Stage, run: str, performer: Person) -> None:
    """A free strategy call, an open campaign and beta with feedback, a page that is published."""
    now = value(stage.db, "select private.now()")
    stage.insert(
        "events", kind="strategy_call", title="Strategy call", starts_at=now + timedelta(40),
        ends_at=now + timedelta(41), capacity=1, tier_requirement="performer",
    )  # fmt: skip
    stage.values["campaignId"] = stage.insert("campaigns", name=f"Talks {run}", kind="speaking", status="running")
    beta = stage.values["betaId"] = stage.insert(
        "beta_programs", name=f"Beta {run}", description="Charts by quarter", opened_at=now
    )
    with acting(stage.db, performer.actor()):
        said = insert_row(stage.db, "beta_feedback", program_id=beta, feature="Charts", message="I like them.")
    stage.values["feedbackId"] = said["id"]
    author = make_partner(stage.db, name=f"Author {run}", tier="performer")
    stage.as_person(author, "save_brand_profile", profile={"page_slug": f"contract-{run}", "page_published": True})
    stage.values["pagePartnerId"] = author.id
