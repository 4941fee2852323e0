"""What survives when parts die in the middle of their work. ``./scripts/soak payouts`` runs it for longer."""
