"""What Stripe's no means for a payout."""

import pytest

from workers.payouts.domain import Next, next_step


@pytest.mark.parametrize(
    ("code", "step"),
    [
        ("account_closed", Next.PARK_FOR_ACCOUNT),
        ("balance_insufficient", Next.PARK_FOR_FUNDS),
        ("api_key_invalid", Next.ALARM),
        ("AuthenticationError", Next.ALARM),
        ("amount_too_large", Next.GIVE_BACK),
        ("InvalidRequestError", Next.GIVE_BACK),
        (None, Next.GIVE_BACK),
    ],
)
def test_what_a_refusal_leads_to(code: str | None, step: Next) -> None:
    assert next_step(code) is step
