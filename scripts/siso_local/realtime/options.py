"""What an operator may set, by environment variables such as ``SISO_REALTIME_PRIVATE_ONLY=false``."""

from __future__ import annotations

from pydantic_settings import BaseSettings, SettingsConfigDict


class Options(BaseSettings):
    """Limits of one server. The figures are those of hosted Supabase's Pro plan unless said otherwise."""

    model_config = SettingsConfigDict(env_prefix="SISO_REALTIME_")

    # The product uses private channels alone, and a public channel admits anyone who has the publishable key.
    private_only: bool = True
    max_connections: int = 10_000
    max_channels_per_client: int = 100
    max_joins_per_second: int = 500
    # Counted per connection, where hosted counts per project: one noisy client must not silence the others.
    max_messages_per_second: int = 100
    max_frame_bytes: int = 5_000_000
    max_payload_bytes: int = 3_000_000
    # What may wait for one client before it counts as too slow and is disconnected.
    max_outbox_bytes: int = 16_000_000
    # Clients beat every 25 seconds; one that is silent for longer than this is gone.
    idle_seconds: float = 70.0
    # Longest time between two looks at a channel's token.
    token_check_seconds: float = 300.0
    # How long a refused join waits for its answer, so that a client in a loop cannot keep the database busy.
    refusal_delay_seconds: float = 0.1
    probe_connections: int = 5
