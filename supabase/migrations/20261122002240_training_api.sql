-- Training as the app reads and calls it, the certificate's end, and what happens by time.

create function private.revoke_certificate(wanted uuid, reason text) returns public.certificates
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    certificate public.certificates;
begin
    if coalesce(btrim(reason), '') = '' or length(reason) > 500 then
        perform private.fail('22023', 'Say why (up to 500 characters).', 'required', 'reason', null, '500');
    end if;
    select * into certificate from public.certificates where id = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such certificate.', 'not_found', 'certificate_id');
    end if;
    if certificate.revoked_at is not null then
        return certificate;
    end if;
    update public.certificates set revoked_at = private.now(), revoked_reason = btrim(reason), revoked_by = staff
    where id = wanted
    returning * into certificate;
    perform private.emit(
        'certificate.revoked', 'certificate', wanted, certificate.partner_id, null,
        jsonb_build_object('number', certificate.number, 'reason', certificate.revoked_reason, 'staff_id', staff)
    );
    perform private.notify(
        certificate.partner_id, 'account', 'Certificate revoked',
        left('Certificate ' || certificate.number || ': ' || certificate.revoked_reason, 480), '/partner/training'
    );
    return certificate;
end;
$$;

-- Run by cron: attempts run out, certificates end, reminders go out once.
create function private.run_training_clock() returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    certificate public.certificates;
    assignment record;
begin
    perform private.close_late_attempts();
    for certificate in
        select * from public.certificates
        where revoked_at is null and expired_at is null and expires_at <= private.now()
        order by expires_at limit 1000
        for update skip locked
    loop
        update public.certificates set expired_at = private.now() where id = certificate.id;
        perform private.emit('certificate.expired', 'certificate', certificate.id, certificate.partner_id);
        perform private.notify(
            certificate.partner_id, 'reminder', 'Certificate expired',
            'Certificate ' || certificate.number || ' has ended. Take the quizzes again to renew it.', '/partner/training'
        );
    end loop;
    for certificate in
        select * from public.certificates
        where revoked_at is null and expired_at is null and reminded_at is null
            and expires_at <= private.now() + interval '30 days'
        order by expires_at limit 1000
        for update skip locked
    loop
        update public.certificates set reminded_at = private.now() where id = certificate.id;
        perform private.notify(
            certificate.partner_id, 'reminder', 'Certificate ends soon',
            'Certificate ' || certificate.number || ' ends on ' || to_char(certificate.expires_at at time zone 'UTC', 'YYYY-MM-DD')
            || '. Take its quizzes again to keep it.', '/partner/training'
        );
    end loop;
    for assignment in
        select given.id, given.partner_id, module.title, module.slug
        from public.training_assignments as given
        join public.training_modules as module on module.id = given.module_id
        where given.completed_at is null and given.cancelled_at is null and given.reminded_at is null
            and given.due_at between private.now() and private.now() + interval '24 hours'
        order by given.due_at limit 1000
        for update of given skip locked
    loop
        update public.training_assignments set reminded_at = private.now() where id = assignment.id;
        perform private.notify(
            assignment.partner_id, 'reminder', 'Training due within a day', assignment.title,
            '/partner/training/' || assignment.slug
        );
    end loop;
end;
$$;

select cron.schedule('training-clock', '7,22,37,52 * * * *', 'select private.run_training_clock()');

-- The PRD's training_progress: one row per partner and module begun. Derived, so that it cannot disagree with the lessons.
create view public.training_progress with (security_invoker = true) as
select
    md5(done.partner_id::text || module.id::text)::uuid as id,
    done.partner_id,
    module.id as module_id,
    module.title as module_name,
    (count(done.completed_at) * 100 / greatest(min(whole.lessons), 1))::integer as completion_percentage,
    -- The best score of the module's quiz; the mean of the best scores where there are several.
    round(avg(best.score))::integer as quiz_score,
    min(held.issued_at) is not null as certified,
    (min(held.issued_at) at time zone 'UTC')::date as certification_date,
    min(done.created_at) as created_at,
    max(done.updated_at) as updated_at
from public.lesson_progress as done
join public.lessons as lesson on lesson.id = done.lesson_id and lesson.retired_at is null
join public.training_modules as module on module.id = lesson.module_id
cross join lateral (
    select count(*) as lessons from public.lessons as other where other.module_id = module.id and other.retired_at is null
) as whole
left join public.quizzes as quiz on quiz.lesson_id = lesson.id
left join lateral (
    select max(attempt.score) as score from public.quiz_attempts as attempt
    where attempt.quiz_id = quiz.id and attempt.partner_id = done.partner_id
) as best on true
left join lateral (
    select certificate.issued_at
    from public.certificates as certificate
    where certificate.partner_id = done.partner_id and certificate.track = module.track
        and certificate.revoked_at is null and certificate.expires_at > private.now()
    order by certificate.version desc
    limit 1
) as held on true
group by done.partner_id, module.id;

-- The training page in one call: every published module (locked ones by title), tracks with certificates.
create function private.training_overview() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    mine uuid := private.me();
    tier public.partner_tier := private.my_tier();
begin
    if not private.has_access() then
        perform private.fail('42501', 'Your account cannot do this at the moment.', 'no_access');
    end if;
    return jsonb_build_object(
        'modules', coalesce((
            select jsonb_agg(jsonb_build_object(
                'id', module.id, 'slug', module.slug, 'title', module.title, 'channel', module.channel,
                'summary', module.summary, 'position', module.position, 'track', module.track, 'version', module.version,
                'tier_requirement', module.tier_requirement, 'locked', module.tier_requirement > tier,
                'lessons', counted.lessons, 'lessons_completed', counted.completed, 'duration_seconds', counted.seconds,
                'completion_percentage', private.module_completion(mine, module.id),
                'quiz_score', counted.score, 'last_worked_at', counted.last_worked_at,
                'assigned_due_at', assignment.due_at, 'assigned', assignment.id is not null,
                'saved', exists (
                    select from public.saved_items
                    where partner_id = mine and kind = 'module' and item_id = module.id
                ),
                'views', (select count(*) from public.training_module_views as view where view.module_id = module.id)
            ) order by module.channel, module.position, module.title)
            from public.training_modules as module
            cross join lateral (
                select
                    count(*) as lessons, count(done.completed_at) as completed, sum(lesson.duration_seconds) as seconds,
                    max(done.updated_at) as last_worked_at,
                    round(avg((
                        select max(attempt.score) from public.quiz_attempts as attempt
                        join public.quizzes as quiz on quiz.id = attempt.quiz_id
                        where quiz.lesson_id = lesson.id and attempt.partner_id = mine
                    )))::integer as score
                from public.lessons as lesson
                left join public.lesson_progress as done on done.lesson_id = lesson.id and done.partner_id = mine
                where lesson.module_id = module.id and lesson.retired_at is null
            ) as counted
            left join public.training_assignments as assignment
                on assignment.module_id = module.id and assignment.partner_id = mine
                and assignment.completed_at is null and assignment.cancelled_at is null
            where module.published_at <= private.now()
        ), '[]'),
        'tracks', coalesce((
            select jsonb_agg(private.track_status(mine, track.track) order by track.track) from public.training_tracks as track
        ), '[]')
    );
end;
$$;

-- "4/4 modules": how far a partner is on a track. A module counts when its lessons are complete and its passes still count.
create function private.track_status(partner uuid, wanted text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select jsonb_build_object(
            'track', course.track, 'title', course.title, 'version', course.version,
            'modules', counted.modules, 'modules_completed', counted.completed,
            'certified', private.training_complete(partner, course.track),
            'certificate', (
                select jsonb_build_object(
                    'id', held.id, 'number', held.number, 'version', held.version,
                    'issued_at', held.issued_at, 'expires_at', held.expires_at
                )
                from public.certificates as held
                where held.partner_id = partner and held.track = course.track
                    and held.revoked_at is null and held.expires_at > private.now()
                order by held.version desc
                limit 1
            )
        )
        from public.training_tracks as course
        cross join lateral (
            select
                count(*) as modules,
                count(*) filter (
                    where private.module_completion(partner, module.id) = 100 and not exists (
                        select from public.quizzes as quiz
                        join public.lessons as lesson on lesson.id = quiz.lesson_id
                        where lesson.module_id = module.id and lesson.retired_at is null
                            and private.passed_at(partner, quiz.id) is null
                    )
                ) as completed
            from public.training_modules as module
            where module.track = course.track and module.published_at <= private.now()
        ) as counted
        where course.track = wanted
    );
end;
$$;

-- For the checklist of a tier: "3 of 4 modules", met by the certificate alone. A track without modules cannot be measured.
create function private.measure_training_track(owner uuid, target public.partner_tier, detail text)
returns private.requirement_fact
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select row(
            case
                when (status.facts ->> 'modules')::integer = 0 then null
                when (status.facts ->> 'certified')::boolean then (status.facts ->> 'modules')::numeric
                else least((status.facts ->> 'modules_completed')::numeric, (status.facts ->> 'modules')::numeric - 1)
            end,
            greatest((status.facts ->> 'modules')::numeric, 1),
            'modules of ' || (status.facts ->> 'title')
        )::private.requirement_fact
        from private.track_status(owner, detail) as status (facts) -- a subquery would be asked once for each mention
        where status.facts is not null
    );
end;
$$;

insert into private.requirement_sources (kind, function) values ('training_track', 'measure_training_track')
on conflict (kind) do update set function = excluded.function;

-- Certificates come by themselves with the last lesson or quiz. This is for the partner who was through already when a
-- module was taken out of the track.
create function private.claim_certificate(wanted text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
begin
    if not exists (select from public.training_tracks where track = wanted) then
        perform private.fail('PT404', 'There is no such track.', 'not_found', 'track');
    end if;
    perform private.certify(mine, wanted);
    if not private.training_complete(mine, wanted) then
        perform private.fail('PT409', 'Some modules of this track are still open.', 'incomplete', 'track');
    end if;
    return private.track_status(mine, wanted);
end;
$$;

-- Words as people type them ("objections -price", "\"web design\""). Runs as the caller: lessons of locked modules are not
-- found, the modules themselves are, by title and summary.
create function public.search_training(query text)
returns table (
    kind text, module_id uuid, lesson_id uuid, title text, module_title text, channel public.training_channel,
    tier_requirement public.partner_tier, snippet text, rank real
)
language sql stable set search_path = '' as $$
    with words as (select websearch_to_tsquery('pg_catalog.english', left(query, 200)) as wanted)

    select
        'module', module.id, null::uuid, module.title, module.title, module.channel, module.tier_requirement, module.summary,
        ts_rank(module.search, words.wanted)
    from words
    join public.training_modules as module on module.search @@ words.wanted
    where module.published_at <= private.now()
    union all
    select
        'lesson', module.id, lesson.id, lesson.title, module.title, module.channel, module.tier_requirement,
        ts_headline('pg_catalog.english', lesson.body, words.wanted, 'StartSel=**, StopSel=**, MaxWords=30, MinWords=12'),
        ts_rank(lesson.search, words.wanted)
    from words
    join public.lessons as lesson on lesson.search @@ words.wanted
    join public.training_modules as module on module.id = lesson.module_id
    where lesson.retired_at is null and module.published_at <= private.now()
    order by 9 desc, 4
    limit 50;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- What the app calls
-- ---------------------------------------------------------------------------------------------------------------------
create function public.training_overview() returns jsonb
language sql stable set search_path = '' as $$
    select private.training_overview();
$$;

create function public.save_lesson_progress(lesson_id uuid, "position" integer) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.save_lesson_progress(lesson_id, "position", false) as saved;
$$;

create function public.complete_lesson(lesson_id uuid, "position" integer default null) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.save_lesson_progress(lesson_id, "position", true) as saved;
$$;

create function public.record_module_view(module_id uuid) returns void
language sql volatile set search_path = '' as $$
    select private.record_module_view(module_id);
$$;

create function public.start_quiz(quiz_id uuid, attempt_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select private.start_quiz(quiz_id, attempt_id);
$$;

create function public.submit_quiz(attempt_id uuid, answers jsonb) returns jsonb
language sql volatile set search_path = '' as $$
    select private.submit_quiz(attempt_id, answers);
$$;

create function public.quiz_result(attempt_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select private.quiz_result(attempt_id);
$$;

create function public.claim_certificate(track text) returns jsonb
language sql volatile set search_path = '' as $$
    select private.claim_certificate(track);
$$;

create function public.assign_training(
    module_id uuid, partner_ids uuid[], due_at timestamptz default null, note text default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select private.assign_training(module_id, partner_ids, due_at, note);
$$;

create function public.cancel_assignment(assignment_id uuid) returns void
language sql volatile set search_path = '' as $$
    select private.cancel_assignment(assignment_id);
$$;

create function public.team_training() returns jsonb
language sql stable set search_path = '' as $$
    select private.team_training();
$$;

create function public.publish_module(module_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(module) - 'search' from private.publish_module(module_id) as module;
$$;

create function public.unpublish_module(module_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(module) - 'search' from private.unpublish_module(module_id) as module;
$$;

create function public.revoke_certificate(certificate_id uuid, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(certificate) from private.revoke_certificate(certificate_id, reason) as certificate;
$$;
