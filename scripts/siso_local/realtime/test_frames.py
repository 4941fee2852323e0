from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siso_local.realtime.frames import SERIALISERS, SerialiserV1, SerialiserV2
from siso_local.realtime.joining import read_join
from siso_local.realtime.messages import Broadcast, MalformedFrameError, Message
from siso_local.realtime.rooms import Rooms

_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(), inner, max_size=6),
    max_leaves=12,
)


@pytest.mark.parametrize("version", SERIALISERS)
@given(data=st.text() | _anything.map(json.dumps) | st.binary() | st.binary().map(lambda tail: b"\x03" + tail))
def test_whatever_comes_is_a_message_or_malformed(version: str, data: str | bytes) -> None:
    try:
        message = SERIALISERS[version].decode(data)
    except MalformedFrameError:
        return
    assert isinstance(message, Message)


@given(payload=st.dictionaries(st.sampled_from(["config", "access_token", "user_token"]), _anything))
def test_a_join_is_always_readable(payload: dict[str, object]) -> None:
    read_join(payload)


def test_a_join_is_private_only_when_it_says_so() -> None:
    assert read_join({"config": {"private": "true"}}).private
    values: list[object] = [False, "false", None, 0, 1, "yes", {}]
    for value in values:
        assert not read_join({"config": {"private": value}}).private


def test_a_broadcast_in_both_versions() -> None:
    broadcast = Broadcast("room", "news", '{"n":1}', meta={"id": "7"})
    old = SerialiserV1().encode_broadcast(broadcast)
    assert old is not None
    assert json.loads(old.data) == {
        "topic": "realtime:room",
        "event": "broadcast",
        "payload": {"type": "broadcast", "event": "news", "payload": {"n": 1}, "meta": {"id": "7"}},
        "ref": None,
    }
    new = SerialiserV2().encode_broadcast(broadcast)
    assert new is not None
    assert new.data == b'\x04\x0d\x04\x0a\x01realtime:roomnews{"id":"7"}{"n":1}'


def test_names_too_long_for_a_binary_header_go_as_text() -> None:
    frame = SerialiserV2().encode_broadcast(Broadcast("room", "e" * 256, "[]"))
    assert frame is not None
    assert frame.is_text
    assert json.loads(frame.data)[4]["event"] == "e" * 256
    assert SerialiserV2().encode_broadcast(Broadcast("room", "e" * 256, None, binary=b"x")) is None


def test_public_and_private_rooms_of_one_name_are_two() -> None:
    class Listener:
        version = "2.0.0"

        def __init__(self) -> None:
            self.heard = 0

        def deliver(self, _frame: object) -> None:
            self.heard += 1

    rooms, public, private = Rooms(), Listener(), Listener()
    rooms.enter(public, "room", private=False)
    rooms.enter(private, "room", private=True)
    assert rooms.broadcast(Broadcast("room", "e", "{}"), private=True) == 1
    assert (public.heard, private.heard) == (0, 1)
    assert rooms.broadcast(Broadcast("room", "e", "{}"), private=False, excluded=public) == 0
    rooms.leave(private, "room", private=True)
    assert rooms.broadcast(Broadcast("room", "e", "{}"), private=True) == 0
