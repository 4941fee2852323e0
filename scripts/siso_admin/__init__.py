"""``./scripts/admin <action>``: what staff do that moves money, access, tier or rate.

Every action is one database function, called with the staff member's own token after a fresh second factor: the
database decides, audits and refuses. The tool holds no right of its own.
"""
