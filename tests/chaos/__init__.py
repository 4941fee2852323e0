"""What survives when parts die in the middle of their work. ``python -m tests.chaos --help`` runs it for longer."""
