"""Tax, countries and currencies: what finance keeps once a year, and the year's list."""

from __future__ import annotations

from typing import Any

from siso_admin.actions import PARTNER, Action, call, partner_id

_REASON: tuple[str, dict[str, Any]] = ("reason", {})

TAX: tuple[Action, ...] = (
    Action(
        "tax-report",
        "what each partner was paid in a year, per country, form and currency, and whether the threshold is reached",
        (("year", {"type": int, "help": "calendar year, UTC"}),),
        lambda client, options: call(client, "tax_report", tax_year=options.year),
    ),
    Action(
        "set-tax-threshold",
        "enter the amount of a year from which a form is due, as the tax office publishes it",
        (
            ("country", {"help": "two letters"}),
            ("form", {"help": "for instance 1099-NEC"}),
            ("year", {"type": int, "help": "and later ones, until they have a threshold of their own"}),
            ("currency", {"help": "three letters"}),
            ("--amount", {"type": int, "help": "minor units; without it there is no threshold"}),
            _REASON,
        ),
        lambda client, options: call(
            client,
            "set_tax_threshold",
            country=options.country,
            form=options.form,
            tax_year=options.year,
            currency=options.currency,
            amount=options.amount,
            reason=options.reason,
        ),
    ),
    Action(
        "set-payout-country",
        "open a country to payouts, or close it: what was earned there waits",
        (
            ("country", {"help": "two letters"}),
            ("currency", {"help": "of the bank accounts there"}),
            ("state", {"choices": ("open", "closed")}),
            ("--instant", {"action": "store_true", "help": "instant payouts exist there"}),
            _REASON,
        ),
        lambda client, options: call(
            client,
            "set_payout_country",
            country=options.country,
            currency=options.currency,
            instant=options.instant,
            open=options.state == "open",
            reason=options.reason,
        ),
    ),
    Action(
        "set-payout-minimum",
        "the smallest payout of a currency; says from which amounts payouts there need approvals",
        (
            ("currency", {"help": "three letters"}),
            ("amount", {"type": int, "help": "minor units"}),
            _REASON,
            ("--minor-digits", {"type": int, "help": "of a new currency: 2 for most, 0 for yen"}),
            ("--yardstick", {"type": int, "help": "what 50.00 US dollars are there, minor units"}),
        ),
        lambda client, options: call(
            client,
            "set_payout_minimum",
            currency=options.currency,
            amount=options.amount,
            reason=options.reason,
            minor_digits=options.minor_digits,
            yardstick=options.yardstick,
        ),
    ),
    Action(
        "set-instant-fee",
        "what an instant payout costs in a currency, as Stripe asks",
        (
            ("currency", {"help": "three letters"}),
            ("fee", {"type": int, "help": "basis points"}),
            ("minimum", {"type": int, "help": "minor units"}),
            _REASON,
        ),
        lambda client, options: call(
            client,
            "set_instant_fee",
            currency=options.currency,
            fee_bp=options.fee,
            minimum_fee=options.minimum,
            reason=options.reason,
        ),
    ),
    Action(
        "change-country",
        "a partner has moved: they connect an account in the new country",
        (PARTNER, ("country", {"help": "two letters"}), _REASON),
        lambda client, options: call(
            client,
            "change_partner_country",
            partner_id=partner_id(client, options.partner),
            country=options.country,
            reason=options.reason,
        ),
    ),
)
