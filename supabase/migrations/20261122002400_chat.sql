-- Chat: channels, who is in them, messages with a gap-free number per channel.
--
-- Channels of type general and training are open to everybody of their tier, without rows of membership; team and direct
-- channels have members. Messages are rows; Realtime only tells that there are new ones. The number (seq) is given under the
-- channel's row lock, so that "everything after 41" never misses a message and unread is a subtraction.

create type public.channel_type as enum ('general', 'training', 'team', 'direct');
create type public.channel_notifications as enum ('all', 'mentions', 'none');
create type public.message_kind as enum ('text', 'voice', 'system');

create table public.chat_categories (
    id uuid primary key default gen_random_uuid(),
    name text not null unique check (length(name) between 1 and 60),
    position smallint not null
);

create table public.chat_channels (
    id uuid primary key default gen_random_uuid(),
    name text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,60}$'),
    type public.channel_type not null,
    tier_requirement public.partner_tier references public.tier_definitions, -- null: everybody
    category_id uuid references public.chat_categories,
    topic text check (length(topic) <= 300),
    staff_only_writes boolean not null default false, -- announcements
    slow_mode_seconds integer not null default 0 check (slow_mode_seconds between 0 and 21600),
    leader_id uuid references public.partners, -- of a team channel
    direct_key text unique, -- both ids of a direct channel in order: two people have one
    position smallint not null default 0,
    last_seq bigint not null default 0,
    archived_at timestamptz,
    created_at timestamptz not null default private.now(),
    check ((type = 'direct') = (direct_key is not null)),
    check ((type = 'team') = (leader_id is not null)),
    check (type in ('general', 'training') or tier_requirement is null)
);

create unique index chat_channels_name_key on public.chat_channels (name) where type in ('general', 'training');
create index on public.chat_channels (category_id);
create index on public.chat_channels (leader_id);
create index on public.chat_channels (tier_requirement);

create table public.channel_members (
    channel_id uuid not null references public.chat_channels,
    partner_id uuid not null references public.partners,
    moderator boolean not null default false,
    notifications public.channel_notifications not null default 'all',
    muted_until timestamptz, -- by a moderator: reads, does not write
    joined_at timestamptz not null default private.now(),
    left_at timestamptz,
    primary key (channel_id, partner_id)
);

create index on public.channel_members (partner_id) where left_at is null;

-- How far somebody has read; never moves back.
create table public.read_cursors (
    channel_id uuid not null references public.chat_channels,
    partner_id uuid not null references public.partners,
    last_read_seq bigint not null default 0,
    updated_at timestamptz not null default private.now(),
    primary key (partner_id, channel_id)
);

create index on public.read_cursors (channel_id);

create table public.chat_messages (
    id uuid primary key default gen_random_uuid(), -- made by the client
    channel_id uuid not null references public.chat_channels,
    seq bigint not null,
    partner_id uuid references public.partners, -- null: written by staff or the system
    author_name text not null,
    kind public.message_kind not null default 'text',
    message text not null check (length(message) <= 4000),
    thread_id uuid references public.chat_messages, -- the first message of the thread
    parent_message_id uuid references public.chat_messages, -- the one that is answered
    reactions jsonb not null default '{}', -- cache of message_reactions: {"🎉": 3}
    reply_count integer not null default 0, -- cache
    edited_at timestamptz,
    deleted_at timestamptz,
    search tsvector generated always as (to_tsvector('simple', message)) stored,
    created_at timestamptz not null default private.now(),
    unique (channel_id, seq)
);

create index on public.chat_messages (thread_id, seq);
create index on public.chat_messages (parent_message_id);
create index on public.chat_messages (partner_id, created_at desc);
create index on public.chat_messages using gin (search);

-- What a message said before an edit: for moderators.
create table public.message_edits (
    id uuid primary key default gen_random_uuid(),
    message_id uuid not null references public.chat_messages,
    message text not null,
    edited_at timestamptz not null default private.now()
);

create index on public.message_edits (message_id);

create table public.message_reactions (
    message_id uuid not null references public.chat_messages,
    partner_id uuid not null references public.partners,
    emoji text not null check (length(emoji) between 1 and 16),
    created_at timestamptz not null default private.now(),
    primary key (message_id, partner_id, emoji)
);

create index on public.message_reactions (partner_id);

-- Files in messages; the file itself is in bucket chat-files or voice under <channel>/<partner>/.
create table public.attachments (
    id uuid primary key default gen_random_uuid(),
    message_id uuid not null references public.chat_messages,
    bucket_id text not null check (bucket_id in ('chat-files', 'voice')),
    path text not null check (length(path) <= 500),
    name text not null check (length(name) between 1 and 200),
    mime_type text not null check (length(mime_type) <= 120),
    size bigint not null check (size between 1 and 26214400),
    duration_ms integer check (duration_ms > 0),
    alt_text text check (length(alt_text) <= 500),
    created_at timestamptz not null default private.now(),
    unique (bucket_id, path)
);

create index on public.attachments (message_id);

create table public.message_mentions (
    message_id uuid not null references public.chat_messages,
    partner_id uuid not null references public.partners,
    channel_id uuid not null references public.chat_channels,
    seq bigint not null,
    primary key (message_id, partner_id)
);

create index on public.message_mentions (partner_id, channel_id, seq);
create index on public.message_mentions (channel_id);

create table public.message_pins (
    message_id uuid primary key references public.chat_messages,
    channel_id uuid not null references public.chat_channels,
    pinned_by uuid references public.partners,
    pinned_at timestamptz not null default private.now()
);

create index on public.message_pins (channel_id);
create index on public.message_pins (pinned_by);

-- Somebody whom a partner does not want to hear from.
create table public.partner_blocks (
    partner_id uuid not null references public.partners,
    blocked_id uuid not null references public.partners,
    created_at timestamptz not null default private.now(),
    primary key (partner_id, blocked_id),
    check (partner_id <> blocked_id)
);

create index on public.partner_blocks (blocked_id);

-- What a partner says of themselves; who is connected right now is Realtime's business.
create type public.presence_status as enum ('online', 'away', 'busy');

create table public.partner_presence (
    partner_id uuid primary key references public.partners,
    status public.presence_status not null default 'online',
    status_text text check (length(status_text) <= 80),
    updated_at timestamptz not null default private.now()
);

insert into public.chat_categories (name, position) values ('Team', 1), ('Help', 2), ('Training', 3), ('Tiers', 4);

insert into public.chat_channels (name, type, category_id, topic, staff_only_writes, tier_requirement, position)
select
    channel.name, channel.type::public.channel_type, category.id, channel.topic, channel.staff_only,
    channel.tier::public.partner_tier, channel.position
from (values
    ('announcements', 'general', 'Team', 'News from SISO', true, null, 1),
    ('general-chat', 'general', 'Team', 'Everything and nothing', false, null, 2),
    ('daily-wins', 'general', 'Team', 'What went well today', false, null, 3),
    ('leaderboard', 'general', 'Team', 'Weekly results', true, null, 4),
    ('ask-for-help', 'general', 'Help', 'Somebody has been there before', false, null, 1),
    ('training-tips', 'training', 'Training', 'What helped you learn', false, null, 1),
    ('active-lounge', 'general', 'Tiers', 'For Active tier and above', false, 'active', 1),
    ('performer-lounge', 'general', 'Tiers', 'For Performer tier and above', false, 'performer', 2),
    ('elite-lounge', 'general', 'Tiers', 'For Elite tier', false, 'elite', 3)
) as channel (name, type, category, topic, staff_only, tier, position)
join public.chat_categories as category on category.name = channel.category;

-- ---------------------------------------------------------------------------------------------------------------------
-- Which channels the caller may read, and write. Policies call them once per statement.
-- ---------------------------------------------------------------------------------------------------------------------
create function private.my_channels() returns setof uuid
language plpgsql stable security definer set search_path = '' rows 30 as $$
begin
    return query
    select channel.id
    from public.chat_channels as channel
    where channel.type in ('general', 'training') and (select private.has_access())
        and (channel.tier_requirement is null or channel.tier_requirement <= (select private.my_tier()))
    union all
    -- A row of membership in a tier's channel holds settings only: it must not outlive the tier.
    select member.channel_id
    from public.channel_members as member
    join public.chat_channels as channel on channel.id = member.channel_id and channel.type in ('team', 'direct')
    where member.partner_id = (select private.me()) and member.left_at is null and (select private.has_access());
end;
$$;

create function private.my_writable_channels() returns setof uuid
language plpgsql stable security definer set search_path = '' rows 30 as $$
begin
    return query
    select channel.id
    from public.chat_channels as channel
    where channel.id in (select private.my_channels())
        and not channel.staff_only_writes and channel.archived_at is null and (select private.is_active_partner())
        and not exists (
            select from public.partner_blocks as block
            where (select private.me()) in (block.partner_id, block.blocked_id)
                and strpos(channel.direct_key, block.partner_id::text) > 0
                and strpos(channel.direct_key, block.blocked_id::text) > 0
        )
        and not exists (
            select from public.channel_members as member
            where member.channel_id = channel.id and member.partner_id = (select private.me()) and member.muted_until > private.now()
        );
end;
$$;

-- Whose team the caller belongs to: their own, if they lead one, and their leader's.
create function private.my_team_topics() returns setof uuid
language plpgsql stable security definer set search_path = '' rows 2 as $$
begin
    return query
    select private.me() where (select private.my_tier()) >= 'performer' and (select private.has_access())
    union
    select team_leader_id from public.partners where id = (select private.me()) and team_leader_id is not null and (select private.has_access());
end;
$$;

-- What somebody may be listening to besides their own topic, with these rights: what is turned when they lose them.
create function private.heard_topics(listener uuid, heard_tier public.partner_tier) returns text[]
language sql stable security definer set search_path = '' as $$
    with channels as (
        select channel.id from public.chat_channels as channel
        where channel.type in ('general', 'training')
            and (channel.tier_requirement is null or channel.tier_requirement <= heard_tier)
        union
        select member.channel_id from public.channel_members as member where member.partner_id = listener and member.left_at is null
    )

    select
        array(select 'channel:' || id::text from channels) || array(select 'presence:' || id::text from channels)
        || array(select 'leaderboard:' || period::text from unnest(array['week', 'month', 'all']) as period)
        || array['presence:partners', 'team:' || listener::text]
        || array(
            select 'team:' || partner.team_leader_id::text from public.partners as partner
            where partner.id = listener and partner.team_leader_id is not null
        );
$$;

-- Those of them that everybody with the tier may hear.
create function private.wide_topics(topics text[]) returns text[]
language sql stable security definer set search_path = '' as $$
    select array(
        select heard from unnest(topics) as heard
        where heard like 'leaderboard:%' or heard = 'presence:partners' or exists (
            select from public.chat_channels as channel
            where channel.type in ('general', 'training') and heard in ('channel:' || channel.id::text, 'presence:' || channel.id::text)
        )
    );
$$;

create function private.turn_topics_of_member() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.turn_topics(array['channel:' || old.channel_id::text, 'presence:' || old.channel_id::text]);
    return null;
end;
$$;

create trigger turn_topics_left after update of left_at on public.channel_members
for each row when (old.left_at is null and new.left_at is not null) execute function private.turn_topics_of_member();
create trigger turn_topics_deleted after delete on public.channel_members
for each row when (old.left_at is null) execute function private.turn_topics_of_member();

-- Who is muted, and nobody where only staff may write, shows signs of typing any more: Realtime asks whether one may send at the
-- join, so all join again.
create function private.turn_topic_of_channel() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.turn_topics(array['channel:' || (to_jsonb(new) ->> tg_argv[0])]);
    return null;
end;
$$;

create trigger turn_topic_muted after update of muted_until on public.channel_members
for each row when (new.muted_until is not null and new.muted_until is distinct from old.muted_until)
execute function private.turn_topic_of_channel('channel_id');
create trigger turn_topic_joined_muted after insert on public.channel_members
for each row when (new.muted_until is not null) execute function private.turn_topic_of_channel('channel_id');
create trigger turn_topic_closed after update of archived_at, staff_only_writes on public.chat_channels
for each row when (
    (new.archived_at is not null and old.archived_at is null) or (new.staff_only_writes and not old.staff_only_writes)
)
execute function private.turn_topic_of_channel('id');

-- Who is blocked shows no signs of typing any more.
create function private.turn_topic_of_block() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.turn_topics(array(
        select 'channel:' || channel.id::text
        from public.channel_members as member
        join public.chat_channels as channel on channel.id = member.channel_id and channel.type = 'direct'
        where member.partner_id = new.partner_id and strpos(channel.direct_key, new.blocked_id::text) > 0
    ));
    return null;
end;
$$;

create trigger turn_topic after insert on public.partner_blocks
for each row execute function private.turn_topic_of_block();

create function private.set_presence(wanted public.presence_status, text_shown text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    if wanted is null then
        perform private.fail('22023', 'Choose a status.', 'required', 'status');
    end if;
    if length(btrim(text_shown)) > 80 then
        perform private.fail('22023', 'At most 80 characters.', 'length', 'status_text', null, '80');
    end if;
    insert into public.partner_presence (partner_id, status, status_text)
    select id, wanted, nullif(btrim(text_shown), '') from public.partners where id = private.me() and status = 'active'
    on conflict (partner_id) do update
    set status = excluded.status, status_text = excluded.status_text, updated_at = private.now();
end;
$$;
