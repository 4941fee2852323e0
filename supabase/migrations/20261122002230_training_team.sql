-- Assignments, what follows from a completed lesson, publishing, revoking, and what happens by time.

create table public.training_assignments (
    id uuid primary key default gen_random_uuid(),
    module_id uuid not null references public.training_modules,
    partner_id uuid not null references public.partners,
    leader_id uuid references public.partners,
    staff_id uuid references public.staff_members,
    note text check (length(note) <= 500),
    due_at timestamptz,
    created_at timestamptz not null default private.now(),
    completed_at timestamptz,
    cancelled_at timestamptz,
    reminded_at timestamptz,
    check (num_nonnulls(leader_id, staff_id) = 1),
    check (leader_id <> partner_id)
);

create unique index training_assignments_open_key on public.training_assignments (partner_id, module_id)
where completed_at is null and cancelled_at is null;
create index on public.training_assignments (module_id);
create index on public.training_assignments (leader_id, created_at desc);
create index on public.training_assignments (staff_id);
create index training_assignments_due on public.training_assignments (due_at)
where completed_at is null and cancelled_at is null and reminded_at is null;

-- A team leader assigns to direct members, staff to anybody. All or nobody; who has it or is through is skipped.
create function private.assign_training(module uuid, members uuid[], due timestamptz, words text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    leader uuid;
    staff uuid;
    course public.training_modules;
    member public.partners;
    given uuid;
    outcome text;
    outcomes jsonb := '[]';
begin
    if private.me() is not null then
        leader := private.require_active_partner();
    else
        staff := private.require_staff('support', 'admin');
    end if;
    select * into course from public.training_modules where id = module and published_at <= private.now();
    if not found then
        perform private.fail('PT404', 'There is no such module.', 'not_found', 'module_id');
    end if;
    if coalesce(cardinality(members), 0) not between 1 and 200 then
        perform private.fail('22023', 'Choose 1 to 200 partners.', 'count', 'partner_ids', null, '200');
    end if;
    if due <= private.now() then
        perform private.fail('22023', 'The due date must lie ahead.', 'future', 'due_at');
    end if;
    if length(words) > 500 then
        perform private.fail('22023', 'At most 500 characters.', 'length', 'note', null, '500');
    end if;
    if (
        select count(*) from public.partners
        where id = any (members) and status in ('active', 'inactive') and (leader is null or id in (select private.my_team()))
    ) < (select count(distinct wanted) from unnest(members) as wanted) then
        perform private.fail('42501', 'Training is assigned to direct members of your team.', 'direct_members_only', 'partner_ids');
    end if;
    for member in select * from public.partners where id = any (members) order by id loop
        if member.current_tier < course.tier_requirement then
            perform private.fail(
                '22023', 'This module is still locked for one of them.', 'tier_locked', 'partner_ids', null, course.tier_requirement::text
            );
        end if;
        given := null;
        outcome := 'already_complete';
        if private.module_completion(member.id, course.id) < 100 then
            insert into public.training_assignments (module_id, partner_id, leader_id, staff_id, note, due_at)
            values (course.id, member.id, leader, staff, nullif(btrim(words), ''), due)
            on conflict (partner_id, module_id) where completed_at is null and cancelled_at is null do nothing
            returning id into given;
            outcome := case when given is null then 'already_assigned' else 'assigned' end;
        end if;
        if given is not null then
            perform private.emit(
                'training.assigned', 'training_assignment', given, member.id, null,
                jsonb_build_object('module_id', course.id, 'leader_id', leader, 'staff_id', staff, 'due_at', due)
            );
            perform private.notify(
                member.id, 'reminder', 'Training assigned to you',
                course.title || coalesce(', due on ' || to_char(due at time zone member.timezone, 'YYYY-MM-DD'), ''),
                '/partner/training/' || course.slug
            );
        end if;
        outcomes := outcomes || jsonb_build_object('partner_id', member.id, 'outcome', outcome, 'assignment_id', given);
    end loop;
    return outcomes;
end;
$$;

create function private.cancel_assignment(wanted uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    assignment public.training_assignments;
begin
    select * into assignment from public.training_assignments where id = wanted for update;
    if not found or (private.me() is not null and assignment.leader_id is distinct from private.me()) then
        perform private.fail('PT404', 'There is no such assignment of yours.', 'not_found', 'assignment_id');
    end if;
    if private.me() is not null then
        perform private.require_active_partner();
    else
        perform private.require_staff('support', 'admin');
    end if;
    if assignment.completed_at is not null then
        perform private.fail('PT409', 'This training has been completed.', 'completed');
    end if;
    if assignment.cancelled_at is null then
        update public.training_assignments set cancelled_at = private.now() where id = wanted;
        perform private.emit('training.assignment_cancelled', 'training_assignment', wanted, assignment.partner_id);
        perform private.hint(assignment.partner_id, 'training.changed', assignment.module_id);
    end if;
end;
$$;

-- What a leader sees of the training of direct members: the modules that they assigned, how far, by when. Nothing else.
create function private.team_training() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
    perform private.require_active_partner();
    return coalesce((
        select jsonb_agg(jsonb_build_object(
            'assignment_id', assignment.id, 'partner_id', member.id, 'name', member.name,
            'module_id', module.id, 'module_name', module.title, 'due_at', assignment.due_at, 'note', assignment.note,
            'created_at', assignment.created_at, 'completed_at', assignment.completed_at,
            'overdue', assignment.completed_at is null and coalesce(assignment.due_at < private.now(), false),
            'completion_percentage', private.module_completion(member.id, module.id)
        ) order by assignment.created_at desc)
        from public.training_assignments as assignment
        join public.partners as member on member.id = assignment.partner_id and member.id in (select private.my_team())
        join public.training_modules as module on module.id = assignment.module_id
        where assignment.leader_id = private.me() and assignment.cancelled_at is null
    ), '[]');
end;
$$;

-- A completed lesson may complete assignments and the track.
create function private.lesson_completed() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
    module public.training_modules;
    leader uuid;
begin
    select found_module.* into module from public.training_modules as found_module
    join public.lessons as lesson on lesson.module_id = found_module.id
    where lesson.id = new.lesson_id;
    perform private.emit(
        'training.lesson_completed', 'lesson', new.lesson_id, new.partner_id, null, jsonb_build_object('module_id', module.id)
    );
    if private.module_completion(new.partner_id, module.id) = 100 then
        perform private.emit('training.module_completed', 'training_module', module.id, new.partner_id);
        update public.training_assignments
        set completed_at = private.now()
        where partner_id = new.partner_id and module_id = module.id and completed_at is null and cancelled_at is null
        returning leader_id into leader;
        if leader is not null then
            perform private.hint(leader, 'team_training.changed', module.id);
        end if;
    end if;
    if module.track is not null then
        perform private.certify(new.partner_id, module.track);
    end if;
    perform private.hint(new.partner_id, 'training.changed', module.id);
    return null;
end;
$$;

create trigger lesson_completed_at_once after insert on public.lesson_progress
for each row when (new.completed_at is not null) execute function private.lesson_completed();
create trigger lesson_completed_later after update on public.lesson_progress
for each row when (old.completed_at is null and new.completed_at is not null) execute function private.lesson_completed();

-- What keeps a module from being published; no row when it is ready.
create function private.module_problems(module uuid) returns setof text
language sql stable security definer set search_path = '' as $$
    select 'the module has no lesson'
    where not exists (select from public.lessons where module_id = module and retired_at is null)
    union all
    select format('lesson "%s": its quiz is missing', lesson.title)
    from public.lessons as lesson
    where lesson.module_id = module and lesson.retired_at is null and lesson.kind = 'quiz'
        and not exists (select from public.quizzes where lesson_id = lesson.id)
    union all
    select format('lesson "%s" has a quiz but is no quiz lesson', lesson.title)
    from public.lessons as lesson
    join public.quizzes as quiz on quiz.lesson_id = lesson.id
    where lesson.module_id = module and lesson.retired_at is null and lesson.kind <> 'quiz'
    union all
    select format('lesson "%s": its file belongs in the folder %s/', lesson.title, course.tier_requirement)
    from public.lessons as lesson
    join public.training_modules as course on course.id = lesson.module_id
    where lesson.module_id = module and lesson.retired_at is null
        and split_part(lesson.file_path, '/', 1) <> course.tier_requirement::text
    union all
    select format('quiz "%s" draws %s questions and has %s', quiz.title, quiz.questions_drawn, count(question.id))
    from public.lessons as lesson
    join public.quizzes as quiz on quiz.lesson_id = lesson.id
    left join public.quiz_questions as question on question.quiz_id = quiz.id and question.retired_at is null
    where lesson.module_id = module and lesson.retired_at is null
    group by quiz.id
    having count(question.id) < quiz.questions_drawn
    union all
    select format('question "%s": %s options, %s right', left(question.question, 60), options.number, answers.number)
    from public.lessons as lesson
    join public.quizzes as quiz on quiz.lesson_id = lesson.id
    join public.quiz_questions as question on question.quiz_id = quiz.id and question.retired_at is null
    cross join lateral (select count(*) as number from public.quiz_options where question_id = question.id) as options
    cross join lateral (select count(*) as number from private.quiz_answer_keys where question_id = question.id) as answers
    where lesson.module_id = module and lesson.retired_at is null
        and (options.number < 2 or answers.number = 0 or (answers.number > 1 and not question.several));
$$;

create view private.check_training_content with (security_invoker = true) as
select module.id, module.slug, problem
from public.training_modules as module
cross join lateral private.module_problems(module.id) as problem
where module.published_at is not null;

create function private.publish_module(wanted uuid) returns public.training_modules
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    module public.training_modules;
    problems text;
begin
    select * into module from public.training_modules where id = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such module.', 'not_found', 'module_id');
    end if;
    if module.published_at is not null then
        return module;
    end if;
    select string_agg(problem, '; ') into problems from private.module_problems(wanted) as problem;
    if problems is not null then
        perform private.fail('PT409', 'The module is not ready.', 'incomplete', null, left(problems, 1000));
    end if;
    update public.training_modules
    set
        published_at = private.now(),
        version = version + case when exists (
            select from ops.events
            where type = 'training.module_published' and subject_kind = 'training_module' and subject_id = wanted
        ) then 1 else 0 end
    where id = wanted
    returning * into module;
    perform private.emit(
        'training.module_published', 'training_module', wanted, null, null,
        jsonb_build_object('version', module.version, 'tier_requirement', module.tier_requirement, 'staff_id', staff)
    );
    return module;
end;
$$;

create function private.unpublish_module(wanted uuid) returns public.training_modules
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    module public.training_modules;
begin
    select * into module from public.training_modules where id = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such module.', 'not_found', 'module_id');
    end if;
    if module.published_at is not null then
        update public.training_modules set published_at = null where id = wanted returning * into module;
        perform private.emit(
            'training.module_unpublished', 'training_module', wanted, null, null, jsonb_build_object('staff_id', staff)
        );
    end if;
    return module;
end;
$$;
