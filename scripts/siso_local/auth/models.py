"""The bodies of requests. Unknown keys are ignored, as hosted Auth does; nulls count as absent."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"(?=.{{1,254}}\Z)(?=[^@]{{1,64}}@){_LOCAL}@{_LABEL}(?:\.{_LABEL})+", re.ASCII)


def _email(value: str) -> str:
    if value and not _EMAIL.fullmatch(value.strip()):
        raise ValueError("Unable to validate email address: invalid format")
    return value.strip().lower()


def _text(value: Any) -> Any:
    return "" if value is None else value


Text = Annotated[str, BeforeValidator(_text), Field(max_length=2048)]
Email = Annotated[str, BeforeValidator(_text), AfterValidator(_email)]
Password = Annotated[str, BeforeValidator(_text), Field(max_length=4096)]
Data = Annotated[dict[str, Any], BeforeValidator(lambda value: {} if value is None else value)]


class Challenged(BaseModel):
    """A request that may begin a PKCE flow."""

    code_challenge: Text = ""
    code_challenge_method: Text = ""


class Credentials(Challenged):
    email: Email = ""
    phone: Text = ""
    password: Password = ""
    data: Data = {}


class Otp(Challenged):
    email: Email = ""
    phone: Text = ""
    data: Data = {}
    create_user: bool | None = True


class Recover(Challenged):
    email: Email = ""


class Resend(Challenged):
    type: Text = ""
    email: Email = ""
    phone: Text = ""


class Verify(BaseModel):
    type: Text = ""
    email: Email = ""
    token: Text = ""
    token_hash: Text = ""


class Refresh(BaseModel):
    refresh_token: Text = ""


class Exchange(BaseModel):
    auth_code: Text = ""
    code_verifier: Text = ""


class UserUpdate(Challenged):
    email: Email = ""
    phone: Text = ""
    password: Password = ""
    current_password: Password = ""
    nonce: Text = ""
    data: Data = {}


class Enroll(BaseModel):
    friendly_name: Annotated[str, BeforeValidator(_text), Field(max_length=200)] = ""
    factor_type: Text = ""
    issuer: Annotated[str, BeforeValidator(_text), Field(max_length=200)] = ""


class VerifyFactor(BaseModel):
    challenge_id: Text = ""
    code: Annotated[str, BeforeValidator(_text), Field(max_length=20)] = ""


class Invite(BaseModel):
    email: Email
    data: Data = {}


class GenerateLink(BaseModel):
    type: Text = ""
    email: Email = ""
    new_email: Email = ""
    password: Password = ""
    data: Data = {}


class AdminUser(BaseModel):
    """Attributes that an admin sets; what is not sent stays as it is."""

    id: Text = ""
    email: Email = ""
    phone: Text = ""
    password: Password = ""
    password_hash: Password = ""
    email_confirm: bool | None = None
    user_metadata: dict[str, Any] | None = None
    app_metadata: dict[str, Any] | None = None
    role: Annotated[str, BeforeValidator(_text), Field(max_length=63)] = ""
    ban_duration: Text = ""


class AdminDelete(BaseModel):
    should_soft_delete: bool | None = False
