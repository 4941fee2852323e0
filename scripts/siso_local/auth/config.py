"""The [auth] part of supabase/config.toml, with the local platform's own addresses in place of hosted ones."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from siso_local.settings import ROOT, Settings

CONFIG_FILE = ROOT / "supabase" / "config.toml"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LOWER_UPPER_DIGITS = (LETTERS, LETTERS.upper(), "0123456789")
_REQUIREMENTS: dict[str, tuple[str, ...]] = {
    "": (),
    "letters_digits": (LETTERS + LETTERS.upper(), "0123456789"),
    "lower_upper_letters_digits": _LOWER_UPPER_DIGITS,
    "lower_upper_letters_digits_symbols": (*_LOWER_UPPER_DIGITS, "!@#$%^&*()_+-=[]{};'\\:\"|<>?,./`~"),
}
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_DEFAULT_SUBJECTS = {
    "confirmation": "Confirm your e-mail address",
    "recovery": "Choose a new password",
    "magic_link": "Your sign-in link",
    "email_change": "Confirm your new e-mail address",
    "invite": "You are invited",
    "reauthentication": "{{ .Token }} is your confirmation code",
}


def seconds(text: str) -> float:
    """The length of a duration such as ``1h30m`` or ``1s``, in seconds. Raises ValueError for anything else."""
    parts = re.findall(r"(\d+(?:\.\d+)?)(ms|h|m|s)", text)
    if not parts or "".join(a + b for a, b in parts) != text:
        raise ValueError(f"not a duration: {text!r}")
    return sum(float(number) * _UNITS[unit] for number, unit in parts)


@dataclass(frozen=True)
class MailTemplate:
    subject: str
    html: str


@dataclass(frozen=True)
class Config:
    """What a running Auth goes by. Times are in seconds."""

    issuer: str
    site_url: str
    redirect_urls: tuple[str, ...] = ()
    jwt_expiry: int = 3600
    rotation: bool = True
    reuse_interval: float = 10
    signup_enabled: bool = True
    confirm_emails: bool = True
    double_confirm_changes: bool = True
    secure_password_change: bool = False
    mail_gap: float = 1
    mails_per_hour: int = 100
    otp_length: int = 6
    otp_expiry: float = 3600
    password_length: int = 6
    password_classes: tuple[str, ...] = ()
    max_factors: int = 10
    totp_enroll: bool = True
    totp_verify: bool = True
    hook_uri: str = ""
    session_timebox: float = 0
    session_inactivity: float = 0
    # Calls per caller's address and five minutes.
    limits: dict[str, int] = field(default_factory=dict)
    # On one machine every browser, worker and test has the same address: the limits are meant for one of them.
    limit_factor: int = 100
    templates: dict[str, MailTemplate] = field(default_factory=dict)
    mail_from: str = "SISO Partners <no-reply@example.com>"


def _templates(email: dict[str, Any], folder: Path) -> dict[str, MailTemplate]:
    found = {}
    for name, subject in _DEFAULT_SUBJECTS.items():
        entry = email.get("template", {}).get(name, {})
        # Paths are relative to the project's root, as for the official CLI.
        path = folder / entry["content_path"] if "content_path" in entry else None
        html = path.read_text() if path else "<p>{{ .ConfirmationURL }}</p><p>{{ .Token }}</p>"
        found[name] = MailTemplate(entry.get("subject", subject), html)
    return found


def load(settings: Settings, file: Path = CONFIG_FILE) -> Config:
    """Reads the file; what ``Settings`` decides per platform (addresses, mails per hour, token life) wins over it."""
    auth = tomllib.loads(file.read_text()).get("auth", {})
    email = auth.get("email", {})
    mfa = auth.get("mfa", {})
    hook = auth.get("hook", {}).get("custom_access_token", {})
    session = auth.get("sessions", {})
    pwa = settings.url("pwa")
    names = ("token_refresh", "sign_in_sign_ups", "token_verifications")
    smtp = email.get("smtp", {})
    sender = f"{smtp.get('sender_name', 'SISO Partners')} <{smtp.get('admin_email', 'no-reply@example.com')}>"
    return Config(
        issuer=settings.issuer,
        site_url=pwa,
        redirect_urls=(
            f"{pwa}/**",
            f"{pwa.replace('127.0.0.1', 'localhost')}/**",
            *auth.get("additional_redirect_urls", []),
        ),
        jwt_expiry=settings.jwt_expiry_seconds,
        rotation=auth.get("enable_refresh_token_rotation", True),
        reuse_interval=auth.get("refresh_token_reuse_interval", 10),
        signup_enabled=auth.get("enable_signup", True) and email.get("enabled", True),
        confirm_emails=email.get("enable_confirmations", False),
        double_confirm_changes=email.get("double_confirm_changes", True),
        secure_password_change=email.get("secure_password_change", False),
        mail_gap=seconds(email.get("max_frequency", "1s")),
        mails_per_hour=settings.auth_rate_limit_emails_per_hour,
        otp_length=email.get("otp_length", 6),
        otp_expiry=email.get("otp_expiry", 3600),
        password_length=auth.get("minimum_password_length", 6),
        password_classes=_REQUIREMENTS[auth.get("password_requirements", "")],
        max_factors=mfa.get("max_enrolled_factors", 10),
        totp_enroll=mfa.get("totp", {}).get("enroll_enabled", False),
        totp_verify=mfa.get("totp", {}).get("verify_enabled", False),
        hook_uri=hook.get("uri", "") if hook.get("enabled") else "",
        session_timebox=seconds(session["timebox"]) if "timebox" in session else 0,
        session_inactivity=seconds(session["inactivity_timeout"]) if "inactivity_timeout" in session else 0,
        limits={name: auth.get("rate_limit", {}).get(name, 30) for name in names},
        templates=_templates(email, file.parent.parent),
        mail_from=sender,
    )
