"""Payouts: the only worker that moves money. It holds Stripe's money key."""
