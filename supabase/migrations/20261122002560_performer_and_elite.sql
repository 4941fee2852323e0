-- Performer and Elite: proposals, enterprise prices, custom deals, campaigns, requests, council, curated posts, feedback on
-- betas. Tables and access are whole; the functions around them come with their pages.

create table public.price_book (
    id uuid primary key default gen_random_uuid(),
    name text not null check (length(name) between 3 and 120),
    description text check (length(description) <= 2000),
    amount bigint not null check (amount > 0),
    currency char(3) not null references public.payout_minimums,
    tier_requirement public.partner_tier not null default 'performer' references public.tier_definitions,
    valid_from date not null default private.now()::date,
    valid_to date check (valid_to > valid_from)
);

create index on public.price_book (tier_requirement);
create index on public.price_book (currency);

create type public.proposal_status as enum ('draft', 'sent', 'accepted', 'declined', 'expired', 'withdrawn');

create table public.proposals (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null default private.me() references public.partners,
    lead_id uuid not null references public.leads,
    title text not null check (length(btrim(title)) between 3 and 200),
    body jsonb not null default '{}' check (jsonb_typeof(body) = 'object' and length(body::text) <= 100000),
    total bigint check (total >= 0),
    currency char(3) not null default 'USD' references public.payout_minimums,
    status public.proposal_status not null default 'draft',
    valid_until date,
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now()
);

create index on public.proposals (partner_id, created_at desc);
create index on public.proposals (lead_id);
create index on public.proposals (currency);
create trigger touch_updated_at before update on public.proposals for each row execute function private.touch_updated_at();

create function private.keep_closed_proposal() returns trigger
language plpgsql set search_path = '' as $$
begin
    perform private.fail('PT409', 'This proposal is closed.', 'closed', 'status', 'Write a new one.');
    return null;
end;
$$;

-- An answer of the client, or its withdrawal, ends a proposal; the same again is no error.
create trigger keep_closed_proposal before update on public.proposals
for each row when (
    old.status not in ('draft', 'sent')
    and (new.status, new.title, new.body, new.total, new.currency, new.valid_until)
    is distinct from (old.status, old.title, old.body, old.total, old.currency, old.valid_until)
) execute function private.keep_closed_proposal();

create type public.request_status as enum ('open', 'in_review', 'accepted', 'declined', 'withdrawn');

-- Negotiated terms for one deal or a volume; accepted ones become a row of rate_overrides (A-58).
create table public.custom_deals (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null default private.me() references public.partners,
    lead_id uuid references public.leads,
    proposal text not null check (length(btrim(proposal)) between 10 and 5000),
    wanted_rate integer check (wanted_rate between 0 and 10000), -- basis points
    expected_volume bigint check (expected_volume > 0),
    currency char(3) not null default 'USD' references public.payout_minimums,
    status public.request_status not null default 'open',
    decision text check (length(decision) <= 2000),
    decided_by uuid references public.staff_members,
    decided_at timestamptz,
    created_at timestamptz not null default private.now()
);

create index on public.custom_deals (partner_id);
create index on public.custom_deals (lead_id);
create index on public.custom_deals (decided_by);
create index on public.custom_deals (currency);

-- Joint ventures, revenue sharing, PR, speaking: a request and an answer. Nothing is priced or issued here (A-49).
create table public.partnership_requests (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null default private.me() references public.partners,
    kind text not null check (kind in ('joint_venture', 'equity', 'revenue_share', 'pr', 'speaking', 'webinar')),
    message text not null check (length(btrim(message)) between 10 and 5000),
    status public.request_status not null default 'open',
    answer text check (length(answer) <= 5000),
    answered_by uuid references public.staff_members,
    answered_at timestamptz,
    created_at timestamptz not null default private.now()
);

create index on public.partnership_requests (partner_id);
create index on public.partnership_requests (answered_by);

-- Partners write the rows themselves: that they asked is an event like every later state (private.decide_request).
create function private.tell_request() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    perform private.emit('request.opened', tg_argv[0], new.id, new.partner_id, null, jsonb_build_object('status', new.status));
    return null;
end;
$$;

create trigger tell_request after insert on public.custom_deals
for each row execute function private.tell_request('custom_deal');
create trigger tell_request after insert on public.partnership_requests
for each row execute function private.tell_request('partnership_request');

create table public.campaigns (
    id uuid primary key default gen_random_uuid(),
    name text not null check (length(btrim(name)) between 3 and 120),
    brief text check (length(brief) <= 5000),
    kind text not null check (kind in ('webinar', 'pr', 'speaking', 'social', 'email')),
    owner_id uuid references public.partners, -- null: SISO's own
    starts_on date,
    ends_on date check (ends_on >= starts_on),
    status text not null default 'planned' check (status in ('planned', 'running', 'done', 'cancelled')),
    closing_note text check (length(closing_note) <= 2000), -- what came of it, or why it was called off
    closed_at timestamptz,
    check ((closed_at is not null) = (status in ('done', 'cancelled'))),
    created_at timestamptz not null default private.now()
);

create index on public.campaigns (owner_id);

create table public.campaign_participants (
    campaign_id uuid not null references public.campaigns,
    partner_id uuid not null references public.partners,
    joined_at timestamptz not null default private.now(),
    primary key (campaign_id, partner_id)
);

create index on public.campaign_participants (partner_id);

create table public.council_topics (
    id uuid primary key default gen_random_uuid(),
    title text not null check (length(btrim(title)) between 3 and 200),
    body text not null check (length(body) <= 10000),
    closes_at timestamptz not null,
    result text check (length(result) <= 2000), -- what came of it; set by close_topic
    created_at timestamptz not null default private.now()
);

create table public.council_votes (
    topic_id uuid not null references public.council_topics,
    partner_id uuid not null references public.partners,
    vote smallint not null check (vote in (-1, 0, 1)),
    comment text check (length(comment) <= 2000),
    voted_at timestamptz not null default private.now(),
    primary key (topic_id, partner_id)
);

create index on public.council_votes (partner_id);

create function private.cast_council_vote(wanted uuid, choice integer, words text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.require_active_partner();
    if private.my_tier() < 'elite' then
        perform private.fail('42501', 'The council is for Elite tier.', 'tier', null, null, 'elite');
    end if;
    if choice is null or choice not between -1 and 1 then
        perform private.fail('22023', 'Vote -1, 0 or 1.', 'range', 'vote', null, '-1, 0, 1');
    end if;
    if not exists (select from public.council_topics where id = wanted and closes_at > private.now()) then
        perform private.fail('PT409', 'This vote is over.', 'over', 'topic_id');
    end if;
    insert into public.council_votes (topic_id, partner_id, vote, comment) values (wanted, private.me(), choice, nullif(btrim(words), ''))
    on conflict (topic_id, partner_id) do update set vote = excluded.vote, comment = excluded.comment, voted_at = private.now();
end;
$$;

create function public.cast_council_vote(topic_id uuid, vote integer, comment text default null) returns void
language sql volatile set search_path = '' as $$
    select private.cast_council_vote(topic_id, vote, comment);
$$;

-- Competitive intelligence and market trends are posts that staff curate (A-49).
create table public.curated_posts (
    id uuid primary key default gen_random_uuid(),
    topic text not null check (topic in ('competitors', 'market', 'insights')),
    title text not null check (length(title) between 3 and 200),
    body text not null check (length(body) <= 20000),
    tier_requirement public.partner_tier not null default 'performer' references public.tier_definitions,
    published_at timestamptz,
    archived_at timestamptz
);

create index on public.curated_posts (tier_requirement);

-- What is being tried out, for whom, and until when feedback is asked for. Who has the feature itself is said by its switch (R-101).
create table public.beta_programs (
    id uuid primary key default gen_random_uuid(),
    name text not null check (length(btrim(name)) between 3 and 120),
    description text not null check (length(description) <= 5000),
    tier_requirement public.partner_tier not null default 'performer' references public.tier_definitions,
    opened_at timestamptz,
    closed_at timestamptz check (closed_at >= opened_at),
    created_at timestamptz not null default private.now()
);

create index on public.beta_programs (tier_requirement);

create table public.beta_feedback (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null default private.me() references public.partners,
    program_id uuid references public.beta_programs, -- null: of a feature outside a program
    feature text not null check (length(feature) between 2 and 100),
    message text not null check (length(btrim(message)) between 3 and 5000),
    state text not null default 'new' check (state in ('new', 'triaged', 'answered')),
    answer text check (length(answer) <= 2000),
    handled_by uuid references public.staff_members,
    handled_at timestamptz,
    created_at timestamptz not null default private.now(),
    check (num_nonnulls(handled_by, handled_at) in (0, 2)),
    check ((answer is not null) = (state = 'answered'))
);

create index on public.beta_feedback (partner_id);
create index on public.beta_feedback (program_id);
create index on public.beta_feedback (handled_by);
create index beta_feedback_queue on public.beta_feedback (state, created_at, id);
