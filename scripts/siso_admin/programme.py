"""The desk of the programme: events, challenges, templates and lists, called off, brought back, changed."""

from __future__ import annotations

from typing import Any

from siso_admin.actions import LIMIT, Action, call

_EVENT: tuple[str, dict[str, Any]] = ("event", {"help": "its id"})
_CHALLENGE: tuple[str, dict[str, Any]] = ("challenge", {"help": "its id"})
_TEMPLATE: tuple[str, dict[str, Any]] = ("template", {"help": "its id"})
_REASON: tuple[str, dict[str, Any]] = ("reason", {"help": "whoever takes part reads it"})

PROGRAMME = (
    Action(
        "challenges",
        "challenges with their budget and how many stand where",
        (LIMIT,),
        lambda client, options: call(client, "challenges_for_staff", max_rows=options.limit),
    ),
    Action(
        "cancel-event",
        "call an event off and tell whoever had said to come",
        (_EVENT, _REASON),
        lambda client, options: call(client, "cancel_event", event_id=options.event, reason=options.reason),
    ),
    Action(
        "restore-event",
        "bring a cancelled event back while it has not begun",
        (_EVENT,),
        lambda client, options: call(client, "restore_event", event_id=options.event),
    ),
    Action(
        "change-challenge",
        "change a challenge while it runs; what was promised stays",
        (
            _CHALLENGE,
            ("--title", {}),
            ("--description", {"help": "empty: none"}),
            ("--ends", {"help": "ISO time"}),
            ("--budget", {"type": int, "help": "minor units for all prizes together"}),
            ("--starts", {"help": "ISO time; only before anybody has joined, as the three below"}),
            ("--goal", {"type": int}),
            ("--prize", {"type": int, "help": "minor units (cents)"}),
            ("--currency", {}),
        ),
        lambda client, options: call(
            client, "change_challenge", challenge_id=options.challenge, title=options.title,
            description=options.description, ends_at=options.ends, budget=options.budget, starts_at=options.starts,
            goal=options.goal, prize_amount=options.prize, prize_currency=options.currency,
        ),
    ),
    Action(
        "finish-challenge",
        "end a challenge now: deals won until now count",
        (_CHALLENGE, _REASON),
        lambda client, options: call(
            client, "finish_challenge", challenge_id=options.challenge, reason=options.reason
        ),
    ),
    Action(
        "cancel-challenge",
        "call a challenge off, as long as no prize is promised",
        (_CHALLENGE, _REASON),
        lambda client, options: call(
            client, "cancel_challenge", challenge_id=options.challenge, reason=options.reason
        ),
    ),
    Action(
        "restore-challenge",
        "bring a cancelled challenge back until its end",
        (_CHALLENGE,),
        lambda client, options: call(client, "restore_challenge", challenge_id=options.challenge),
    ),
    Action(
        "archive-template",
        "put an official template away",
        (_TEMPLATE,),
        lambda client, options: call(client, "archive_template", template_id=options.template),
    ),
    Action(
        "restore-template",
        "bring an official template back",
        (_TEMPLATE,),
        lambda client, options: call(client, "restore_template", template_id=options.template),
    ),
    Action(
        "restore-message",
        "put back a message that a moderator had taken away",
        (("message", {"help": "its id"}), ("reason", {"help": "kept with the case"})),
        lambda client, options: call(client, "restore_message", message_id=options.message, reason=options.reason),
    ),
    Action(
        "link-destination",
        "a place that referral links may lead to",
        (("slug", {}), ("label", {}), ("path", {}), ("--off", {"action": "store_true"})),
        lambda client, options: call(
            client, "save_link_destination", slug=options.slug, label=options.label, path=options.path,
            active=not options.off,
        ),
    ),
    Action(
        "follow-up-rule",
        "after how many days without activity a lead is brought back",
        (("status", {}), ("days", {"type": int}), ("suggestion", {}), ("--off", {"action": "store_true"})),
        lambda client, options: call(
            client, "save_follow_up_rule", status=options.status, idle_days=options.days,
            suggestion=options.suggestion, active=not options.off,
        ),
    ),
    Action(
        "tier-benefit",
        "what a tier gives: its words, its place in the list, and from which tier on",
        (("key", {}), ("tier", {}), ("position", {"type": int}), ("title", {}), ("area", {})),
        lambda client, options: call(
            client, "save_tier_benefit", key=options.key, tier=options.tier, position=options.position,
            title=options.title, area=options.area,
        ),
    ),
)  # fmt: skip
