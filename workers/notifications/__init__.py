"""Notifications: sends Web Push to a partner's devices (mail and SMS come with preferences)."""
