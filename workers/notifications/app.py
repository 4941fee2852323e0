"""Wiring of the notifications worker."""

from __future__ import annotations

from fastapi import FastAPI
from pydantic import Field, SecretStr, field_validator

from workers.core.app import create_app
from workers.core.database import Database
from workers.core.jobs import Handler
from workers.core.settings import WorkerSettings
from workers.notifications.adapters import PushSender
from workers.notifications.anchor import Anchor
from workers.notifications.security import SecurityMails
from workers.notifications.service import Notifications

# The push services of Chrome and Edge on Android, Firefox, Safari, and Windows.
PUSH_SERVICES = "fcm.googleapis.com,*.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com"


class Settings(WorkerSettings):
    pwa_url: str
    vapid_private_key: SecretStr
    vapid_subject: str = Field(pattern=r"^(mailto:|https://)")
    push_hosts_allowed: str = PUSH_SERVICES
    smtp_url: SecretStr
    mail_from: str
    # Where the audit log's daily anchor goes: an archive outside the database's reach.
    audit_anchor_to: str

    @field_validator("push_hosts_allowed")
    @classmethod
    def not_empty(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("PUSH_HOSTS_ALLOWED must name at least one host")
        return value


def build(settings: Settings) -> FastAPI:
    database = Database(settings)
    sender = PushSender(settings.vapid_private_key.get_secret_value(), settings.vapid_subject)
    hosts = [host.strip() for host in settings.push_hosts_allowed.split(",") if host.strip()]
    notifications = Notifications(database, sender, settings.pwa_url, hosts)
    anchor = Anchor(database, settings.smtp_url.get_secret_value(), settings.mail_from, settings.audit_anchor_to)
    security = SecurityMails(database, settings.smtp_url.get_secret_value(), settings.mail_from, settings.pwa_url)
    handlers: dict[str, Handler] = {
        "notify.push": notifications.push,
        "audit.anchor": anchor.send,
        "security.mail": security.send,
    }
    return create_app("notifications", settings, database, handlers, sender.close)
