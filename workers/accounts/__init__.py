"""Payout accounts: makes Connect accounts, gives onboarding links, follows what Stripe says of them."""
