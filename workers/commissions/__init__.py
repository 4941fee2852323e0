"""Commissions: turns client payments into commission lines, and clears lines whose clearing period is over."""
