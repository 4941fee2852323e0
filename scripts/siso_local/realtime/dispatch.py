"""What each event of a client leads to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from siso_local.realtime.access import Identity, RefusedError
from siso_local.realtime.channel import Channel
from siso_local.realtime.joining import Join, read_join
from siso_local.realtime.logs import log
from siso_local.realtime.messages import Message, Payload, dump_json

if TYPE_CHECKING:
    from siso_local.realtime.connection import ClientConnection


PREFIX = "realtime:"
_SECONDS_FOR_THE_LISTENER = 2.0


async def dispatch(connection: ClientConnection, message: Message) -> None:
    """Handles one frame; frames of one connection are handled one after the other."""
    if message.topic == "phoenix":
        if message.event == "heartbeat":
            _reply(connection, message, "ok", {})
        return
    if message.event == "phx_join":
        await _join(connection, message)
        return
    channel = connection.channels.get(message.topic)
    if message.event == "phx_leave":
        # Leaving what was never joined is no error: the client's aim is reached.
        if channel is not None and not _is_stale(channel, message):
            channel.close()
            _reply(connection, message, "ok", {}, channel.join_ref)
            connection.push(message.topic, "phx_close", {}, channel.join_ref, channel.join_ref)
        else:
            _reply(connection, message, "ok", {})
        return
    if channel is None:
        _reply(connection, message, "error", {"reason": "unmatched topic"})
        return
    if _is_stale(channel, message):
        return
    if not connection.messages.take():
        channel.shut_down("Too many messages per second")
        return
    await _handle(connection, channel, message)


async def _handle(connection: ClientConnection, channel: Channel, message: Message) -> None:
    if message.event == "broadcast":
        try:
            await channel.broadcast(message)
        except RefusedError as error:
            log("broadcast failed", "error", topic=channel.name, reason=str(error))
    elif message.event == "access_token":
        await channel.refresh(message.payload.get("access_token"))
    elif message.event == "presence":
        _reply(connection, message, "error", {"reason": "Presence is not offered by this server"}, channel.join_ref)
    else:
        reason = f"Unexpected message from client of type `{message.event}`"
        _reply(connection, message, "error", {"reason": reason}, channel.join_ref)


def _is_stale(channel: Channel, message: Message) -> bool:
    """Whether the frame was meant for an earlier subscription to the same topic."""
    return message.join_ref is not None and channel.join_ref is not None and message.join_ref != channel.join_ref


def _reply(
    connection: ClientConnection, message: Message, status: str, response: Payload, join_ref: str | None = None
) -> None:
    connection.push(
        message.topic, "phx_reply", {"status": status, "response": response}, message.ref, join_ref or message.join_ref
    )


async def _join(connection: ClientConnection, message: Message) -> None:
    join = read_join(message.payload)
    try:
        channel = await _admit(connection, message, join)
    except RefusedError as error:
        log("join refused", topic=message.topic, reason=str(error))
        await asyncio.sleep(connection.context.options.refusal_delay_seconds)
        _reply(connection, message, "error", {"reason": str(error)})
        if error.disconnect:
            await connection.disconnect()
        return
    before = connection.channels.get(message.topic)
    if before is not None:
        # Silently: realtime-py would take a close for the end of its new subscription.
        before.close()
    connection.channels[message.topic] = channel
    bindings = [{**change, "id": _binding_id(change)} for change in join.table_changes]
    _reply(connection, message, "ok", {"postgres_changes": bindings}, channel.join_ref)
    channel.open()
    if join.replication_ready:
        channel.tell("system", "ok", "Replication connection established")
    if bindings:
        channel.tell("postgres_changes", "error", "This server does not offer postgres_changes: use broadcast")


async def _admit(connection: ClientConnection, message: Message, join: Join) -> Channel:
    """The checks in the order of hosted. Raises ``RefusedError``."""
    context = connection.context
    if not message.topic.startswith(PREFIX):
        raise RefusedError("UnmatchedTopic", "unmatched topic")
    name = message.topic.removeprefix(PREFIX)
    if not name:
        raise RefusedError("TopicNameRequired", "You must provide a topic name")
    if context.stopping:
        raise RefusedError("RealtimeRestarting", "Realtime is restarting, please standby")
    if context.options.private_only and not join.private:
        raise RefusedError("PrivateOnly", "This project only allows private channels")
    if not context.joins.take():
        raise RefusedError("ClientJoinRateLimitReached", "Too many joins per second", disconnect=True)
    others = connection.channels.keys() - {message.topic}
    if len(others) >= context.options.max_channels_per_client:
        raise RefusedError("ChannelRateLimitReached", "Too many channels")
    identity = await _identify(connection, join)
    # A client that was told "joined" must not miss what is committed from then on.
    if not await context.listener.wait_ready(_SECONDS_FOR_THE_LISTENER):
        raise RefusedError("UnableToConnectToProject", "Realtime was unable to connect to the project database")
    channel = Channel(connection, context, name, message.join_ref or message.ref, join, identity)
    await channel.authorise()
    if join.wants_replay and not join.private:
        raise RefusedError("UnableToReplayMessages", "Replay is not allowed for public channels")
    return channel


async def _identify(connection: ClientConnection, join: Join) -> Identity:
    # An API key in place of a token means "nobody has signed in": the connection's own token counts.
    token = join.token
    if not token or token.startswith("sb_"):
        token = connection.identity.token
    return await connection.context.access.identify(token)


def _binding_id(change: Payload) -> int:
    """Stable per binding; the clients only compare it."""
    return sum(dump_json(change).encode()) + 1
