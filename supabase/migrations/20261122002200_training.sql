-- Training: tracks, modules, lessons, and how far each partner is (A-42).
--
-- A module belongs to a channel of the training page and may belong to a track. Who completes every module of a track gets
-- its certificate; a tier asks for a certificate, never for modules of its own choosing.

create type public.training_channel as enum (
    'getting_started', 'sales_fundamentals', 'advanced_techniques', 'product_knowledge', 'video_library', 'certifications'
);
create type public.lesson_kind as enum ('text', 'video', 'resource', 'quiz');

create table public.training_tracks (
    track text primary key check (track ~ '^[a-z][a-z0-9_]{1,63}$'),
    title text not null check (length(title) between 1 and 120),
    summary text check (length(summary) <= 500),
    version integer not null default 1 check (version > 0),
    -- Passes made before this do not count for the version; set by a trigger when the version rises.
    version_since timestamptz not null default private.now(),
    valid_months integer not null default 24 check (valid_months between 1 and 120),
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now()
);

comment on table public.training_tracks is
'What a certificate is given for. Raise the version when everybody has to pass again; certificates already given stay valid.';

create table public.training_modules (
    id uuid primary key default gen_random_uuid(),
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
    title text not null check (length(title) between 1 and 160),
    channel public.training_channel not null,
    summary text not null default '' check (length(summary) <= 500),
    position integer not null default 100 check (position >= 0),
    tier_requirement public.partner_tier not null default 'starter' references public.tier_definitions,
    track text references public.training_tracks,
    version integer not null default 1 check (version > 0),
    published_at timestamptz, -- set by publish_module
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now(),
    search tsvector generated always as (
        setweight(to_tsvector('pg_catalog.english', title), 'A') || setweight(to_tsvector('pg_catalog.english', summary), 'B')
    ) stored
);

create index on public.training_modules (channel, position);
create index on public.training_modules (tier_requirement);
create index on public.training_modules (track);
create index on public.training_modules using gin (search);

create table public.lessons (
    id uuid primary key default gen_random_uuid(),
    module_id uuid not null references public.training_modules,
    position integer not null check (position >= 0),
    kind public.lesson_kind not null,
    title text not null check (length(title) between 1 and 160),
    body text not null default '' check (length(body) <= 60000), -- Markdown
    -- The video or the download, in the bucket "training", whose folders are named by the lowest tier that may read them.
    file_path text check (file_path ~ '^(starter|active|performer|elite)/.' and length(file_path) <= 300),
    duration_seconds integer check (duration_seconds between 1 and 86400),
    -- Printed on the lesson. Made here, so that what is said is what merge_lesson_progress demands.
    completion_rule text generated always as (
        case kind
            when 'text' then 'Complete when you have read it and marked it as complete.'
            when 'video' then 'Complete when you have watched at least 90 % of the video.'
            when 'resource' then 'Complete when you have opened the file and marked it as complete.'
            when 'quiz' then 'Complete when you have passed the quiz.'
        end
    ) stored,
    retired_at timestamptz, -- a lesson that somebody has worked on is retired, not deleted
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now(),
    search tsvector generated always as (
        setweight(to_tsvector('pg_catalog.english', title), 'A') || setweight(to_tsvector('pg_catalog.english', body), 'C')
    ) stored,
    constraint file_of_lesson check ((kind in ('video', 'resource')) = (file_path is not null)),
    constraint length_of_video check (kind <> 'video' or duration_seconds is not null)
);

create index on public.lessons (module_id, position);
create index on public.lessons using gin (search);

create table public.lesson_progress (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null default private.me() references public.partners,
    lesson_id uuid not null references public.lessons,
    position_seconds integer not null default 0 check (position_seconds between 0 and 86400),
    started_at timestamptz not null default private.now(),
    completed_at timestamptz,
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now(),
    unique (partner_id, lesson_id)
);

create index on public.lesson_progress (lesson_id);

-- What a partner keeps for later. The thing may live in a table of another part, hence no foreign key: a saved thing that is
-- gone or no longer readable simply does not open.
create table public.saved_items (
    partner_id uuid not null default private.me() references public.partners,
    kind text not null check (kind in ('module', 'lesson', 'asset', 'message')),
    item_id uuid not null,
    created_at timestamptz not null default private.now(),
    primary key (partner_id, kind, item_id)
);

-- One row per partner, module and day. The number of views is counted from here, never kept in a column.
create table public.training_module_views (
    partner_id uuid not null references public.partners,
    module_id uuid not null references public.training_modules,
    viewed_on date not null default (private.now() at time zone 'UTC')::date,
    primary key (module_id, partner_id, viewed_on)
);

create index on public.training_module_views (partner_id);

create trigger touch_updated_at before update on public.training_tracks
for each row execute function private.touch_updated_at();
create trigger touch_updated_at before update on public.training_modules
for each row execute function private.touch_updated_at();
create trigger touch_updated_at before update on public.lessons
for each row execute function private.touch_updated_at();

create function private.keep_track_version() returns trigger
language plpgsql set search_path = '' as $$
begin
    if new.version < old.version then
        perform private.fail('22023', 'The version of a track only rises.', 'version', 'version');
    end if;
    new.version_since := case when new.version > old.version then private.now() else old.version_since end;
    return new;
end;
$$;

create trigger keep_track_version before update on public.training_tracks
for each row execute function private.keep_track_version();

-- ---------------------------------------------------------------------------------------------------------------------
-- What the caller may open: published, not retired, and not above their tier. Titles of locked modules are shown.
-- ---------------------------------------------------------------------------------------------------------------------
create function private.my_modules() returns setof uuid
language sql stable security definer set search_path = '' as $$
    select id from public.training_modules
    where published_at <= private.now() and tier_requirement <= private.my_tier();
$$;

create function private.my_lessons() returns setof uuid
language sql stable security definer set search_path = '' as $$
    select id from public.lessons where retired_at is null and module_id in (select private.my_modules());
$$;

-- Everything that decides on completion or a certificate of one partner happens one after the other; otherwise two last
-- lessons, finished at the same instant, would each not see the other.
create function private.lock_training(partner uuid) returns void
language sql volatile security definer set search_path = '' as $$
    select pg_advisory_xact_lock(hashtextextended('training:' || partner::text, 0));
$$;

create function private.module_completion(partner uuid, module uuid) returns integer
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select (100 * count(done.completed_at) / greatest(count(*), 1))::integer
        from public.lessons as lesson
        left join public.lesson_progress as done on done.lesson_id = lesson.id and done.partner_id = partner
        where lesson.module_id = module and lesson.retired_at is null
    );
end;
$$;

-- Devices work offline and repeat themselves: the furthest position wins, the first completion stays, and an insert for a
-- lesson begun before takes the id of its row, so that "on conflict (id) do update" merges the two. The time of completion is
-- the server's receipt. The quiz rule looks into quiz_attempts, which comes with the quizzes.
create function private.merge_lesson_progress() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
    lesson public.lessons;
    known public.lesson_progress;
begin
    perform private.lock_training(new.partner_id);
    select * into lesson from public.lessons where id = new.lesson_id;
    if not found then
        perform private.fail('PT404', 'There is no such lesson.', 'not_found', 'lesson_id');
    end if;
    if tg_op = 'UPDATE' then
        known := old;
    else
        select * into known from public.lesson_progress
        where partner_id = new.partner_id and lesson_id = new.lesson_id;
    end if;
    if known.id is not null then
        new.id := known.id;
        new.partner_id := known.partner_id;
        new.lesson_id := known.lesson_id;
        new.started_at := known.started_at;
        new.created_at := known.created_at;
        new.position_seconds := greatest(known.position_seconds, new.position_seconds);
    end if;
    new.position_seconds := least(new.position_seconds, lesson.duration_seconds);
    new.updated_at := private.now();
    if known.completed_at is not null then
        new.completed_at := known.completed_at;
    elsif new.completed_at is not null then
        new.completed_at := private.now();
        if lesson.kind = 'video' and new.position_seconds * 10 < lesson.duration_seconds * 9 then
            perform private.fail(
                'PT409', 'Watch the video first.', 'video_not_watched', 'position', lesson.completion_rule,
                (lesson.duration_seconds * 9 / 10)::text
            );
        elsif lesson.kind = 'quiz' and not exists (
            select from public.quiz_attempts as attempt
            join public.quizzes as quiz on quiz.id = attempt.quiz_id
            where quiz.lesson_id = lesson.id and attempt.partner_id = new.partner_id and attempt.passed
        ) then
            perform private.fail('PT409', 'This lesson is complete when its quiz is passed.', 'quiz_first', 'lesson_id');
        end if;
    end if;
    return new;
end;
$$;

create trigger merge_lesson_progress before insert or update on public.lesson_progress
for each row execute function private.merge_lesson_progress();

-- Refuses unless the caller may work on this lesson: 'PT404' when it does not exist for anybody, '42501' when it is locked.
create function private.require_lesson(wanted uuid) returns public.lessons
language plpgsql stable security definer set search_path = '' as $$
declare
    lesson public.lessons;
    module public.training_modules;
begin
    select * into lesson from public.lessons where id = wanted and retired_at is null;
    select * into module from public.training_modules where id = lesson.module_id and published_at <= private.now();
    if module.id is null then
        perform private.fail('PT404', 'There is no such lesson.', 'not_found', 'lesson_id');
    end if;
    if private.my_tier() is null or module.tier_requirement > private.my_tier() then
        perform private.fail(
            '42501', 'This module opens with a higher tier.', 'tier_locked', null, null, module.tier_requirement::text
        );
    end if;
    return lesson;
end;
$$;

create function private.save_lesson_progress(wanted uuid, seconds integer, done boolean) returns public.lesson_progress
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
    saved public.lesson_progress;
begin
    perform private.require_lesson(wanted);
    if seconds not between 0 and 86400 then
        perform private.fail('22023', 'The position is a number of seconds from 0 to 86400.', 'range', 'position');
    end if;
    insert into public.lesson_progress (partner_id, lesson_id, position_seconds, completed_at)
    values (mine, wanted, coalesce(seconds, 0), case when done then private.now() end)
    on conflict (id) do update
    set position_seconds = excluded.position_seconds, completed_at = excluded.completed_at
    returning * into saved;
    return saved;
end;
$$;

create function private.record_module_view(module uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.require_active_partner();
    if not exists (select from private.my_modules() as open_module where open_module = module) then
        perform private.fail('PT404', 'There is no such module for you.', 'not_found', 'module_id');
    end if;
    insert into public.training_module_views (partner_id, module_id) values (private.me(), module) on conflict do nothing;
end;
$$;
