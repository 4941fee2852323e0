-- Quizzes and certificates (F-33). The right answers are in private and never leave the server; an attempt is a row before
-- the first question is shown; the server draws the questions and grades them; one certificate per person and version.

create table public.quizzes (
    id uuid primary key default gen_random_uuid(),
    lesson_id uuid not null unique references public.lessons,
    title text not null check (length(title) between 1 and 160),
    pass_percentage integer not null default 80 check (pass_percentage between 1 and 100),
    max_attempts_per_day integer not null default 3 check (max_attempts_per_day between 1 and 50), -- in any 24 hours
    time_limit_seconds integer not null default 900 check (time_limit_seconds between 60 and 86400),
    questions_drawn integer not null check (questions_drawn between 1 and 100),
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now()
);

create trigger touch_updated_at before update on public.quizzes
for each row execute function private.touch_updated_at();

create table public.quiz_questions (
    id uuid primary key default gen_random_uuid(),
    quiz_id uuid not null references public.quizzes,
    position integer not null default 100,
    question text not null check (length(question) between 1 and 1000),
    several boolean not null default false, -- more than one option may be right
    retired_at timestamptz,
    replaces uuid unique references public.quiz_questions, -- the wording before; whoever had been asked keeps it
    created_at timestamptz not null default private.now()
);

create index on public.quiz_questions (quiz_id, position);

create table public.quiz_options (
    id uuid primary key default gen_random_uuid(),
    question_id uuid not null references public.quiz_questions,
    position integer not null default 100,
    label text not null check (length(label) between 1 and 500),
    unique (question_id, id)
);

-- The right options. In a schema that is not exposed, granted to nobody.
create table private.quiz_answer_keys (
    question_id uuid not null,
    option_id uuid not null,
    primary key (question_id, option_id),
    foreign key (question_id, option_id) references public.quiz_options (question_id, id) on delete cascade
);

-- Why an answer is right: gives it away, so it is kept with the keys and shown after passing only.
create table private.quiz_explanations (
    question_id uuid primary key references public.quiz_questions on delete cascade,
    explanation text not null check (length(explanation) between 1 and 1000)
);

create table public.quiz_attempts (
    id uuid primary key, -- made by the client: a repeated start is the same attempt
    quiz_id uuid not null references public.quizzes,
    partner_id uuid not null references public.partners,
    started_at timestamptz not null default private.now(),
    expires_at timestamptz not null,
    closed_at timestamptz, -- submitted or run out of time; after this the row never changes
    submitted_at timestamptz,
    question_count integer not null,
    correct_count integer,
    score integer check (score between 0 and 100),
    passed boolean,
    check ((closed_at is null) = (score is null) and (closed_at is null) = (passed is null)),
    check (submitted_at is not null or passed is not true)
);

create unique index quiz_attempts_open_key on public.quiz_attempts (partner_id, quiz_id) where closed_at is null;
create index on public.quiz_attempts (partner_id, quiz_id, started_at desc);
create index on public.quiz_attempts (quiz_id);

-- What was drawn for an attempt, in the order shown, what was chosen, and whether it was right.
create table public.quiz_attempt_questions (
    attempt_id uuid not null references public.quiz_attempts,
    position integer not null,
    question_id uuid not null references public.quiz_questions,
    option_ids uuid[] not null,
    chosen_ids uuid[],
    correct boolean,
    primary key (attempt_id, position),
    unique (attempt_id, question_id)
);

create index on public.quiz_attempt_questions (question_id);

create table public.certificates (
    id uuid primary key default gen_random_uuid(),
    number text not null unique default 'SC-' || upper(encode(extensions.gen_random_bytes(6), 'hex')),
    partner_id uuid not null references public.partners,
    track text not null references public.training_tracks,
    version integer not null,
    issued_at timestamptz not null default private.now(),
    expires_at timestamptz not null check (expires_at > issued_at),
    expired_at timestamptz, -- when its end was noticed and told; whether it is valid is a matter of expires_at
    reminded_at timestamptz,
    revoked_at timestamptz,
    revoked_reason text check (length(revoked_reason) between 1 and 500),
    revoked_by uuid references public.staff_members,
    check ((revoked_at is null) = (revoked_reason is null))
);

-- One per partner, track and version, whatever happens at the same time. A revoked one may be earned anew.
create unique index certificates_one_key on public.certificates (partner_id, track, version) where revoked_at is null;
create index on public.certificates (track);
create index on public.certificates (revoked_by);
create index certificates_due on public.certificates (expires_at) where revoked_at is null and expired_at is null;

create function private.keep_closed_attempt() returns trigger
language plpgsql set search_path = '' as $$
begin
    perform private.fail('PT409', 'A finished attempt is never changed.', 'attempt_closed', null, 'To take a certificate back, call revoke_certificate.');
    return null;
end;
$$;

create trigger keep_closed_attempt before update or delete on public.quiz_attempts
for each row when (old.closed_at is not null) execute function private.keep_closed_attempt();

-- ---------------------------------------------------------------------------------------------------------------------
-- Certificates
-- ---------------------------------------------------------------------------------------------------------------------

-- Passes after this instant count for the track's certificate: of its version, not too old, not made before a revocation.
create function private.passes_count_from(partner uuid, wanted text) returns timestamptz
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select coalesce((
            select greatest(
                known.version_since, private.now() - make_interval(months => known.valid_months),
                (select max(revoked_at) from public.certificates where partner_id = partner and track = known.track)
            )
            from public.training_tracks as known where known.track = wanted
        ), '-infinity')
    );
end;
$$;

-- When the partner last passed this quiz, if the pass still counts.
create function private.passed_at(partner uuid, wanted uuid) returns timestamptz
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select max(attempt.submitted_at)
        from public.quiz_attempts as attempt
        join public.quizzes as quiz on quiz.id = attempt.quiz_id
        join public.lessons as lesson on lesson.id = quiz.lesson_id
        join public.training_modules as module on module.id = lesson.module_id
        where attempt.quiz_id = wanted and attempt.partner_id = partner and attempt.passed
            and attempt.submitted_at > private.passes_count_from(partner, module.track)
    );
end;
$$;

-- Does the partner hold a valid certificate of the track? This is what a tier asks.
create function private.training_complete(partner uuid, wanted text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select exists (
            select from public.certificates
            where partner_id = partner and track = wanted and revoked_at is null and expires_at > private.now()
        )
    );
end;
$$;

-- Gives the certificate when every lesson of the track is complete and every quiz passed; it ends when the oldest of these
-- passes is too old, so passing again moves its end. Null when nothing was given. Call it under lock_training.
create function private.certify(partner uuid, wanted text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
    course public.training_tracks;
    work record;
    given public.certificates;
begin
    perform private.lock_training(partner);
    select * into course from public.training_tracks where track = wanted;
    select
        count(*) filter (where quiz.id is not null) as quizzes,
        bool_and(done.completed_at is not null and (quiz.id is null or private.passed_at(partner, quiz.id) is not null)) as complete,
        min(private.passed_at(partner, quiz.id)) as oldest_pass
    into work
    from public.training_modules as module
    join public.lessons as lesson on lesson.module_id = module.id and lesson.retired_at is null
    left join public.quizzes as quiz on quiz.lesson_id = lesson.id
    left join public.lesson_progress as done on done.lesson_id = lesson.id and done.partner_id = partner
    where module.track = wanted and module.published_at <= private.now();
    if work.quizzes = 0 or not coalesce(work.complete, false) then
        return null;
    end if;
    insert into public.certificates as held (partner_id, track, version, expires_at)
    values (partner, wanted, course.version, work.oldest_pass + make_interval(months => course.valid_months))
    on conflict (partner_id, track, version) where revoked_at is null do update
    set expires_at = excluded.expires_at, expired_at = null, reminded_at = null
    where held.expires_at < excluded.expires_at
    returning * into given;
    if given.id is null then
        return null;
    end if;
    perform private.emit(
        'certificate.issued', 'certificate', given.id, partner, null,
        jsonb_build_object('track', wanted, 'version', given.version, 'number', given.number, 'expires_at', given.expires_at)
    );
    perform private.notify(
        partner, 'achievement', 'Certificate earned', left(course.title, 100) || ': certificate ' || given.number || ' is yours.',
        '/partner/training'
    );
    perform private.evaluate_tier(partner);
    return given.id;
end;
$$;
