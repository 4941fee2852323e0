"""Log-ins, applications, approvals, teams, staff, and what staff decide about accounts."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from siso_local.demo_year.cast import APPLICANTS, STAFF, ZONES, Applicant, Part, email_of, secret_of
from siso_local.demo_year.stage import Login, Stage

SEED_STAFF = ("owner", "admin", "finance")
MOTIVES = (
    "I build websites for shops in my town and know many owners.",
    "I run a small marketing agency and my clients keep asking for web projects.",
    "I organise a local business club and meet people who need a better website.",
    "I sell office software; my customers often need a web application as well.",
)


class People:
    """Everybody by name. Staff act with a second factor, partners where the function asks for one."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.logins: dict[str, Login] = {}
        self.password_hash: str = stage.owner(
            "select encrypted_password from auth.users where email = 'admin@example.com'"
        )
        for role in SEED_STAFF:
            found = stage.all(
                "select member.name, member.email::text, identity.subject, member.id"
                " from public.staff_members as member"
                " join private.auth_identities as identity on identity.staff_id = member.id"
                " where member.email = %s",
                f"{role}@example.com",
            )
            self.logins[role] = Login(*found[0])

    def __getitem__(self, name: str) -> Login:
        return self.logins[name]

    def partners(self) -> list[Login]:
        return [login for name, login in self.logins.items() if name[0].isupper() and login.id is not None]

    # -- log-ins -----------------------------------------------------------------------------------------------------

    def sign_up(self, name: str, email: str, with_factor: bool) -> Login:
        """What Auth writes for somebody who has confirmed their address (and added an authenticator)."""
        stage, user = self.stage, uuid.uuid4()
        stage.be_owner()
        at: datetime = stage.now
        stage.db.execute(
            "insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data,"
            " raw_user_meta_data, created_at, updated_at) values (%s, 'authenticated', 'authenticated', %s, %s, %s,"
            """ '{"provider": "email", "providers": ["email"]}', jsonb_build_object('name', %s::text), %s, %s)""",
            (user, email, self.password_hash, at, name, at, at),
        )
        stage.db.execute(
            "insert into auth.identities"
            " (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at) values (%s, %s,"
            " jsonb_build_object('sub', %s::text, 'email', %s::text, 'email_verified', true), 'email', %s, %s, %s)",
            (str(user), user, str(user), email, at, at, at),
        )
        if with_factor:
            stage.db.execute(
                "insert into auth.mfa_factors"
                " (id, user_id, friendly_name, factor_type, status, created_at, updated_at, secret)"
                " values (%s, %s, 'Demo authenticator', 'totp', 'verified', %s, %s, %s)",
                (uuid.uuid4(), user, at, at, secret_of(name)),
            )
        self.logins[name] = Login(name, email, str(user))
        return self.logins[name]

    def hire(self) -> None:
        """Support, moderation and a second person for finance, who sign up and get their role from the owner."""
        for member in STAFF:
            login = self.sign_up(member.name, member.email, with_factor=True)
            made = self.stage.call(
                self["owner"], "grant_role", mfa=True, email=member.email, role=member.role, name=member.name
            )
            login.id = uuid.UUID(made["staff_id"])
            self.logins[member.role if member.role not in self.logins else f"{member.role} 2"] = self.logins.pop(
                member.name
            )

    # -- partners ----------------------------------------------------------------------------------------------------

    def join(self, part: Part) -> None:
        """From sign-up to approval, with the team or the recruiter that brought them."""
        stage, email = self.stage, email_of(part.name)
        token = None
        if part.leader:
            invite = stage.call(
                self[part.leader], "invite_member", request_id=uuid.uuid4(), email=email,
                message="You asked me how it works. Come and join us.",
            )  # fmt: skip
            token = invite["token"]
            # Invited the day before: only then the leader has brought them.
            stage.go_to(stage.now + timedelta(minutes=20))
        login = self.sign_up(part.name, email, with_factor=part.payouts and part.wins > 0)
        application = self._apply(login, part.country, part.phone, MOTIVES[part.number % len(MOTIVES)], part.recruiter)
        approved = stage.call(
            self["admin"], "decide_application", mfa=True, application_id=application, decision="approved", reason=None
        )
        login.id = uuid.UUID(approved["partner_id"])
        if token:
            stage.go_to(stage.now + timedelta(minutes=20))
            stage.do(login, "accept_invite", token=token)
        if part.number % 4 == 1:
            stage.do(login, "update_profile", changes={"timezone": ZONES[part.country]})

    def _apply(self, login: Login, country: str, phone: str, motive: str, recruiter: str | None) -> uuid.UUID:
        arguments: dict[str, Any] = {
            "name": login.name,
            "phone": phone,
            "country": country,
            "motivation": motive,
            "accept_terms": True,
        }
        if recruiter:
            code = self.stage.owner(
                "select referral_code from public.partners where id = %s", self[recruiter].partner_id
            )
            arguments["referral_code"] = code
        return uuid.UUID(self.stage.call(login, "submit_application", **arguments)["id"])

    def apply(self, applicant: Applicant) -> None:
        login = self.sign_up(applicant.name, email_of(applicant.name), with_factor=False)
        application = self._apply(login, "US", "+12025550118", MOTIVES[0], None)
        if applicant.ends in ("in_review", "rejected"):
            self.stage.call(self["support"], "start_review", mfa=True, application_id=application)
        if applicant.ends == "rejected":
            self.stage.call(
                self["admin"], "decide_application", mfa=True, application_id=application, decision="rejected",
                reason="We do not work in your trade yet.",
            )  # fmt: skip
        elif applicant.ends == "withdrawn":
            self.stage.call(login, "withdraw_application")

    def applicants(self) -> tuple[Applicant, ...]:
        return APPLICANTS
