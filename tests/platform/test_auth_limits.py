"""Limits: mails by the hour, calls by five minutes, and what a refusal looks like."""

from __future__ import annotations

import asyncio

import aiosmtplib
import httpx
import pytest

from siso_local.auth.config import Config, seconds
from siso_local.auth.errors import AuthError
from siso_local.auth.limits import Limits
from siso_local.settings import Settings
from tests.platform.auth_support import PASSWORD, auth_with, mails, new_email, signed_in


class Clock:
    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def _limits(**changes: object) -> tuple[Limits, Clock]:
    clock = Clock()
    config = Config(issuer="http://auth", site_url="http://site", **changes)  # type: ignore[arg-type]
    return Limits(config, clock), clock


def _code(caught: pytest.ExceptionInfo[AuthError]) -> tuple[str, int]:
    return caught.value.code, caught.value.status


def test_mails_of_one_hour() -> None:
    limits, clock = _limits(mails_per_hour=6)
    for number in range(6):
        limits.mail(f"starter-{number}@example.com")
    with pytest.raises(AuthError) as caught:
        limits.mail("starter-9@example.com")
    assert _code(caught) == ("over_email_send_rate_limit", 429)
    clock.time += 3601
    limits.mail("starter-9@example.com")


def test_one_address_cannot_use_up_everybodys_mails() -> None:
    limits, _ = _limits(mails_per_hour=6)
    limits.mail("starter-1@example.com")
    limits.mail("starter-1@example.com")
    with pytest.raises(AuthError):
        limits.mail("starter-1@example.com")
    limits.mail("starter-2@example.com")


def test_calls_of_one_network_address() -> None:
    limits, clock = _limits(limits={"token_verifications": 2}, limit_factor=1)
    limits.call("token_verifications", "192.0.2.1")
    limits.call("token_verifications", "192.0.2.1")
    with pytest.raises(AuthError) as caught:
        limits.call("token_verifications", "192.0.2.1")
    assert _code(caught) == ("over_request_rate_limit", 429)
    limits.call("token_verifications", "192.0.2.2")
    limits.call("token_refresh", "192.0.2.1")
    clock.time += 301
    limits.call("token_verifications", "192.0.2.1")


def test_wrong_codes_are_forgotten_after_a_right_one() -> None:
    limits, _ = _limits()
    for _ in range(9):
        limits.wrong_code("code starter@example.com")
    limits.may_try("code starter@example.com")
    limits.right_code("code starter@example.com")
    for _ in range(10):
        limits.wrong_code("code starter@example.com")
    with pytest.raises(AuthError):
        limits.may_try("code starter@example.com")


@pytest.mark.parametrize(("text", "length"), [("1h30m", 5400), ("1s", 1), ("500ms", 0.5), ("24h", 86400)])
def test_durations(text: str, length: float) -> None:
    assert seconds(text) == length


@pytest.mark.parametrize("text", ["", "1", "h", "1 h", "-1h", "1h!", "forever"])
def test_no_durations(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        seconds(text)


async def test_sign_ins_by_network_address(settings: Settings) -> None:
    async with auth_with(settings, limit_factor=1, limits={"sign_in_sign_ups": 3}) as http:

        async def attempt(address: str) -> int:
            body = {"email": "nobody@example.com", "password": "Wrong-pass-1"}
            headers = {"x-forwarded-for": f"10.9.9.9, {address}"}
            return (await http.post("/token?grant_type=password", json=body, headers=headers)).status_code

        assert [await attempt("192.0.2.7") for _ in range(4)] == [400, 400, 400, 429]
        assert await attempt("192.0.2.8") == 400


async def test_too_many_mails(settings: Settings) -> None:
    _, email = await asyncio.to_thread(signed_in, settings)
    async with auth_with(settings, mails_per_hour=3, mail_gap=0.0) as http:
        answers = [await http.post("/recover", json={"email": email}) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 429]
        assert answers[1].json()["error_code"] == "over_email_send_rate_limit"
        # A refused sign-up leaves no account behind.
        for _ in range(2):
            await http.post("/otp", json={"email": new_email()})
        refused = new_email()
        assert (await http.post("/signup", json={"email": refused, "password": PASSWORD})).status_code == 429
        assert (await password(http, refused)).json()["error_code"] == "invalid_credentials"
    assert len(await asyncio.to_thread(mails, settings, email)) == 1


async def password(http: httpx.AsyncClient, email: str) -> httpx.Response:
    return await http.post("/token?grant_type=password", json={"email": email, "password": PASSWORD})


async def test_no_account_where_its_mail_cannot_go_out(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nobody_listens(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(aiosmtplib, "send", nobody_listens)
    email = new_email()
    async with auth_with(settings) as http:
        answer = await http.post("/signup", json={"email": email, "password": PASSWORD})
        assert (answer.status_code, answer.json()["msg"]) == (500, "Error sending confirmation email")
        assert (await password(http, email)).json()["error_code"] == "invalid_credentials"


async def test_too_many_guesses_of_a_code(settings: Settings) -> None:
    async with auth_with(settings) as http:
        email = new_email()
        body = {"type": "email", "email": email, "token": "123456"}
        answers = [await http.post("/verify", json=body) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [403] * 10 + [429]
