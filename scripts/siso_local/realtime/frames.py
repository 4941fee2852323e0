"""The two wire formats. Protocol 1.0.0 writes JSON objects; 2.0.0 writes JSON arrays and binary broadcasts.

Binary frames count every length in one byte: kind 3 is a client's broadcast, kind 4 one of the server.
"""

from __future__ import annotations

from typing import Any, Protocol

from siso_local.realtime.messages import (
    Broadcast,
    MalformedFrameError,
    Message,
    Payload,
    dump_json,
    is_encodable,
    load_json,
)

PUSH_KIND, BROADCAST_KIND = 3, 4
BINARY_ENCODING, JSON_ENCODING = 0, 1
_PUSH_HEADER = 7
_ONE_BYTE = 255


class Frame:
    """Bytes ready to be sent, and whether they are a text or a binary frame."""

    __slots__ = ("data", "is_text")

    def __init__(self, data: bytes, is_text: bool) -> None:
        self.data = data
        self.is_text = is_text


class Serialiser(Protocol):
    version: str

    def decode(self, data: str | bytes) -> Message:
        """Raises ``MalformedFrameError``."""

    def encode(self, topic: str, event: str, payload: Payload, ref: str | None, join_ref: str | None) -> Frame: ...

    def encode_broadcast(self, broadcast: Broadcast) -> Frame | None:
        """None where this version cannot carry the message."""


def _message(topic: Any, event: Any, payload: Any, ref: Any, join_ref: Any) -> Message:
    if not isinstance(topic, str) or not isinstance(event, str):
        raise MalformedFrameError("topic and event must be strings")
    if not isinstance(payload, dict):
        raise MalformedFrameError("payload must be an object")
    if not is_encodable(topic + event):
        raise MalformedFrameError("topic and event must be text")
    return Message(topic, event, payload, _reference(ref), _reference(join_ref))


def _reference(value: Any) -> str | None:
    # Clients count in strings, but a number is what some hand-written ones send.
    if value is None or (isinstance(value, str) and is_encodable(value)):
        return value or None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise MalformedFrameError("ref must be a string or null")


def _envelope(broadcast: Broadcast) -> str:
    """The payload of a text broadcast, put together without parsing what the user sent."""
    if broadcast.whole is not None:
        return broadcast.whole
    meta = f',"meta":{dump_json(broadcast.meta)}' if broadcast.meta else ""
    return f'{{"type":"broadcast","event":{dump_json(broadcast.event)},"payload":{broadcast.json_text}{meta}}}'


class SerialiserV1:
    version = "1.0.0"

    def decode(self, data: str | bytes) -> Message:
        frame = load_json(data)
        if not isinstance(frame, dict):
            raise MalformedFrameError("a frame is an object")
        return _message(*(frame.get(key) for key in ("topic", "event", "payload", "ref", "join_ref")))

    def encode(self, topic: str, event: str, payload: Payload, ref: str | None, join_ref: str | None) -> Frame:
        return Frame(dump_json({"topic": topic, "event": event, "payload": payload, "ref": ref}).encode(), True)

    def encode_broadcast(self, broadcast: Broadcast) -> Frame | None:
        if broadcast.binary is not None:
            return None
        topic = dump_json(f"realtime:{broadcast.topic}")
        text = f'{{"topic":{topic},"event":"broadcast","payload":{_envelope(broadcast)},"ref":null}}'
        return Frame(text.encode(), True)


class SerialiserV2:
    version = "2.0.0"

    def decode(self, data: str | bytes) -> Message:
        if isinstance(data, bytes):
            return self._decode_push(data)
        frame = load_json(data)
        if not isinstance(frame, list) or len(frame) != 5:
            raise MalformedFrameError("a frame is an array of five")
        join_ref, ref, topic, event, payload = frame
        return _message(topic, event, payload, ref, join_ref)

    def _decode_push(self, data: bytes) -> Message:
        if len(data) < _PUSH_HEADER or data[0] != PUSH_KIND:
            raise MalformedFrameError("unknown binary frame")
        encoding = data[6]
        if encoding not in (BINARY_ENCODING, JSON_ENCODING):
            raise MalformedFrameError("unknown payload encoding")
        offset = _PUSH_HEADER
        parts: list[str] = []
        for length in data[1:6]:
            if offset + length > len(data):
                raise MalformedFrameError("binary frame is cut off")
            try:
                parts.append(data[offset : offset + length].decode())
            except UnicodeDecodeError as error:
                raise MalformedFrameError("binary header is not UTF-8") from error
            offset += length
        join_ref, ref, topic, event, _meta = parts
        body = data[offset:]
        name = topic.removeprefix("realtime:")
        if encoding == BINARY_ENCODING:
            broadcast = Broadcast(name, event, None, binary=body)
        else:
            load_json(body)  # what cannot be read here could not be read by the others
            broadcast = Broadcast(name, event, body.decode())
        return Message(topic, "broadcast", {}, ref or None, join_ref or None, broadcast)

    def encode(self, topic: str, event: str, payload: Payload, ref: str | None, join_ref: str | None) -> Frame:
        return Frame(dump_json([join_ref, ref, topic, event, payload]).encode(), True)

    def encode_broadcast(self, broadcast: Broadcast) -> Frame | None:
        topic = f"realtime:{broadcast.topic}".encode()
        event = broadcast.event.encode()
        meta = dump_json(broadcast.meta).encode() if broadcast.meta else b""
        fits = broadcast.whole is None and max(len(topic), len(event), len(meta)) <= _ONE_BYTE
        if fits:
            is_binary = broadcast.binary is not None
            header = bytes(
                (BROADCAST_KIND, len(topic), len(event), len(meta), BINARY_ENCODING if is_binary else JSON_ENCODING)
            )
            body = broadcast.binary if broadcast.binary is not None else (broadcast.json_text or "null").encode()
            return Frame(header + topic + event + meta + body, False)
        if broadcast.binary is not None:
            return None
        text = f'[null,null,{dump_json(f"realtime:{broadcast.topic}")},"broadcast",{_envelope(broadcast)}]'
        return Frame(text.encode(), True)


SERIALISERS: dict[str, Serialiser] = {"1.0.0": SerialiserV1(), "2.0.0": SerialiserV2()}
