"""The desk of the programme: events, challenges and templates, called off, brought back, changed while they run."""

from __future__ import annotations

from typing import Any

from siso_admin.actions import Action, call

_EVENT: tuple[str, dict[str, Any]] = ("event", {"help": "its id"})
_CHALLENGE: tuple[str, dict[str, Any]] = ("challenge", {"help": "its id"})
_TEMPLATE: tuple[str, dict[str, Any]] = ("template", {"help": "its id"})
_REASON: tuple[str, dict[str, Any]] = ("reason", {"help": "whoever takes part reads it"})

PROGRAMME = (
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
)  # fmt: skip
