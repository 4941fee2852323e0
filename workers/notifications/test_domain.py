"""Push messages: shape, size, where they may go, what answers mean."""

import json

import pytest

from workers.notifications.domain import Outcome, compose, has_usable_keys, is_allowed, judge

HOSTS = ["fcm.googleapis.com", "*.push.apple.com", "127.0.0.1:54327"]
NOTE = {
    "id": "0198-a",
    "type": "payout",
    "title": "Payout sent",
    "message": "On its way.",
    "action_url": "/partner/earnings",
}


def test_message_is_declarative_web_push() -> None:
    message = compose(NOTE, 3, "https://app.example.com/")
    shown = json.loads(message.body)
    assert shown["web_push"] == 8030
    assert shown["notification"]["navigate"] == "https://app.example.com/partner/earnings"
    assert shown["notification"]["app_badge"] == 3
    assert (message.urgency, len(message.topic)) == ("high", 32)


def test_too_long_a_message_is_refused() -> None:
    with pytest.raises(ValueError, match="3993 bytes"):
        compose(NOTE | {"message": "x" * 4000}, 0, "https://app.example.com")


@pytest.mark.parametrize(
    ("endpoint", "allowed"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://web.push.apple.com/Q1", True),
        ("http://127.0.0.1:54327/wp/x", True),
        ("http://127.0.0.1:54322/wp/x", False),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com.evil.example.com/x", False),
        ("https://evilpush.apple.com.example.com/x", False),
        ("https://push.apple.com/x", False),
        ("https://169.254.169.254/latest", False),
        ("https://[::1]/x", False),
        ("https://user@fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com:99999/x", False),
        ("not an address", False),
    ],
)
def test_only_push_services_are_called(endpoint: str, allowed: bool) -> None:
    assert is_allowed(endpoint, HOSTS) is allowed


# The example of RFC 8291, appendix A.
POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"


@pytest.mark.parametrize(
    ("p256dh", "auth", "usable"),
    [
        (POINT, "BTBZMqHH6r4Tts7J_aSIgg", True),
        (POINT, "BTBZMqHH6r4Tts7J_aSI", False),
        (POINT, "A" * 31, False),
        (POINT, "!" * 22, False),
        (POINT[:-2], "BTBZMqHH6r4Tts7J_aSIgg", False),
        (POINT[:-4] + "AAAA", "BTBZMqHH6r4Tts7J_aSIgg", False),
        ("", "", False),
        ("A" * 87, "A" * 22, False),
        ("!" * 87, "BTBZMqHH6r4Tts7J_aSIgg", False),
        ("ü" * 87, "BTBZMqHH6r4Tts7J_aSIgg", False),
    ],
)
def test_keys(p256dh: str, auth: str, usable: bool) -> None:
    assert has_usable_keys(p256dh, auth) is usable


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (201, Outcome.ACCEPTED),
        (410, Outcome.GONE),
        (404, Outcome.GONE),
        (429, Outcome.LATER),
        (503, Outcome.LATER),
        (403, Outcome.REFUSED),
    ],
)
def test_answers(status: int, outcome: Outcome) -> None:
    assert judge(status) is outcome
