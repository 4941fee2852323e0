-- Taking a quiz: start, submit, result. And what happens when a lesson is complete.

-- How many attempts are left in the running 24 hours. A rolling day, so that no change of time zone gives more.
create function private.attempts_left(partner uuid, wanted uuid) returns integer
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        select greatest(quiz.max_attempts_per_day - (
            select count(*) from public.quiz_attempts
            where partner_id = partner and quiz_id = quiz.id and started_at > private.now() - interval '24 hours'
        ), 0)::integer
        from public.quizzes as quiz
        where quiz.id = wanted
    );
end;
$$;

create function private.next_attempt_at(partner uuid, wanted uuid) returns timestamptz
language sql stable security definer set search_path = '' as $$
    select case when private.attempts_left(partner, wanted) = 0 then min(started_at) + interval '24 hours' end
    from public.quiz_attempts
    where partner_id = partner and quiz_id = wanted and started_at > private.now() - interval '24 hours';
$$;

-- An attempt that ran out of time counts as not passed.
create function private.close_late_attempts(partner uuid default null) returns void
language sql volatile security definer set search_path = '' as $$
    update public.quiz_attempts
    set closed_at = private.now(), correct_count = 0, score = 0, passed = false
    where closed_at is null and expires_at + interval '10 seconds' < private.now()
        and (partner is null or partner_id = partner);
$$;

-- An open attempt as the app shows it: no answers, and nothing from which they could be told.
create function private.attempt_questions(attempt public.quiz_attempts) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object(
        'attempt_id', attempt.id, 'quiz_id', quiz.id, 'title', quiz.title, 'state', 'open',
        'started_at', attempt.started_at, 'expires_at', attempt.expires_at, 'time_now', private.now(),
        'pass_percentage', quiz.pass_percentage,
        'attempts_left', private.attempts_left(attempt.partner_id, quiz.id),
        'questions', (
            select jsonb_agg(jsonb_build_object(
                'id', question.id, 'position', drawn.position, 'question', question.question, 'several', question.several,
                'options', (
                    select jsonb_agg(jsonb_build_object('id', option.id, 'label', option.label) order by shown.place)
                    from unnest(drawn.option_ids) with ordinality as shown (id, place)
                    join public.quiz_options as option on option.id = shown.id
                )
            ) order by drawn.position)
            from public.quiz_attempt_questions as drawn
            join public.quiz_questions as question on question.id = drawn.question_id
            where drawn.attempt_id = attempt.id
        )
    )
    from public.quizzes as quiz
    where quiz.id = attempt.quiz_id;
$$;

-- A closed attempt: its score always; which questions were right only after passing or when no attempt is left; the
-- explanations, which give the answers away, only after passing.
create function private.attempt_result(attempt public.quiz_attempts) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object(
        'attempt_id', attempt.id, 'quiz_id', attempt.quiz_id,
        'state', case when attempt.submitted_at is null then 'expired' else 'submitted' end,
        'score', attempt.score, 'passed', attempt.passed, 'correct', attempt.correct_count, 'of', attempt.question_count,
        'pass_percentage', quiz.pass_percentage,
        'attempts_left', private.attempts_left(attempt.partner_id, attempt.quiz_id),
        'next_attempt_at', private.next_attempt_at(attempt.partner_id, attempt.quiz_id),
        'questions', case
            when attempt.submitted_at is not null
                and (attempt.passed or private.attempts_left(attempt.partner_id, attempt.quiz_id) = 0)
                then (
                    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                        'id', question.id, 'position', drawn.position, 'question', question.question,
                        'chosen', to_jsonb(coalesce(drawn.chosen_ids, '{}')), 'right', drawn.correct,
                        'explanation', case when attempt.passed then (
                            select why.explanation from private.quiz_explanations as why where why.question_id = question.id
                        ) end
                    )) order by drawn.position)
                    from public.quiz_attempt_questions as drawn
                    join public.quiz_questions as question on question.id = drawn.question_id
                    where drawn.attempt_id = attempt.id
                )
        end,
        'certificate', (
            select jsonb_build_object('number', held.number, 'issued_at', held.issued_at, 'expires_at', held.expires_at)
            from public.lessons as lesson
            join public.training_modules as module on module.id = lesson.module_id
            join public.certificates as held on held.track = module.track and held.partner_id = attempt.partner_id
            where lesson.id = quiz.lesson_id and attempt.passed and held.revoked_at is null and held.expires_at > private.now()
            order by held.version desc
            limit 1
        )
    )
    from public.quizzes as quiz
    where quiz.id = attempt.quiz_id;
$$;

create function private.start_quiz(wanted uuid, new_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
    quiz public.quizzes;
    lesson public.lessons;
    attempt public.quiz_attempts;
    course public.training_tracks;
    passed timestamptz;
begin
    if new_id is null then
        perform private.fail('22023', 'An attempt needs an id made by the app.', 'required', 'attempt_id');
    end if;
    select * into quiz from public.quizzes where id = wanted;
    if not found then
        perform private.fail('PT404', 'There is no such quiz.', 'not_found', 'quiz_id');
    end if;
    lesson := private.require_lesson(quiz.lesson_id);
    perform private.lock_training(mine);
    perform private.close_late_attempts(mine);

    select * into attempt from public.quiz_attempts where id = new_id;
    if found then
        if attempt.partner_id <> mine or attempt.quiz_id <> wanted then
            perform private.fail('23505', 'This id is taken.', 'unique', 'attempt_id', 'Make a new id.');
        end if;
        return case when attempt.closed_at is null then private.attempt_questions(attempt) else private.attempt_result(attempt) end;
    end if;
    -- One open attempt: another device, or the same one after a crash, goes on with it.
    select * into attempt from public.quiz_attempts where partner_id = mine and quiz_id = wanted and closed_at is null;
    if found then
        return private.attempt_questions(attempt);
    end if;

    select track.* into course from public.training_tracks as track
    join public.training_modules as module on module.track = track.track
    where module.id = lesson.module_id;
    passed := private.passed_at(mine, wanted);
    if passed is not null
        and (course.track is null or passed + make_interval(months => course.valid_months) > private.now() + interval '60 days') then
        perform private.fail('PT409', 'You have passed this quiz.', 'already_passed', null, 'It can be taken again in the last 60 days of its validity.');
    end if;
    if exists (
        select from public.lessons as before
        left join public.lesson_progress as done on done.lesson_id = before.id and done.partner_id = mine
        where before.module_id = lesson.module_id and before.retired_at is null and before.kind <> 'quiz'
            and before.position < lesson.position and done.completed_at is null
    ) then
        perform private.fail('PT409', 'Complete the lessons before the quiz first.', 'lessons_first');
    end if;
    if private.attempts_left(mine, wanted) = 0 then
        perform private.fail(
            'PT409', 'No attempt is left today.', 'attempts_used', null,
            'The next one opens at ' || to_char(private.next_attempt_at(mine, wanted) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || '.',
            quiz.max_attempts_per_day::text
        );
    end if;

    insert into public.quiz_attempts (id, quiz_id, partner_id, expires_at, question_count)
    values (new_id, wanted, mine, private.now() + make_interval(secs => quiz.time_limit_seconds), quiz.questions_drawn)
    returning * into attempt;
    insert into public.lesson_progress (partner_id, lesson_id) values (mine, lesson.id) on conflict (id) do nothing;
    insert into public.quiz_attempt_questions (attempt_id, position, question_id, option_ids)
    select
        new_id, row_number() over (), drawn.id,
        (select array_agg(option.id order by random()) from public.quiz_options as option where option.question_id = drawn.id)
    from (
        select question.id from public.quiz_questions as question
        where question.quiz_id = wanted and question.retired_at is null
            and exists (select from private.quiz_answer_keys as answer where answer.question_id = question.id)
        order by random()
        limit quiz.questions_drawn
    ) as drawn;
    if (select count(*) from public.quiz_attempt_questions where attempt_id = new_id) < quiz.questions_drawn then
        perform private.fail('PT409', 'This quiz is being edited. Try again later.', 'quiz_not_ready');
    end if;
    perform private.emit('quiz.started', 'quiz_attempt', new_id, mine, null, jsonb_build_object('quiz_id', wanted));
    return private.attempt_questions(attempt);
end;
$$;

-- answers: {"<question id>": ["<option id>", …], …}; what is left out is wrong. A question is right when exactly the right
-- options were chosen. A repeated submit returns the first result, whatever it carries.
create function private.submit_quiz(wanted uuid, answers jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
    attempt public.quiz_attempts;
    quiz public.quizzes;
    module public.training_modules;
    right_ones integer;
begin
    perform private.lock_training(mine);
    perform private.close_late_attempts(mine);
    select * into attempt from public.quiz_attempts where id = wanted and partner_id = mine;
    if not found then
        perform private.fail('PT404', 'There is no such attempt.', 'not_found', 'attempt_id');
    end if;
    if attempt.closed_at is not null then
        return private.attempt_result(attempt);
    end if;
    perform private.check_answers(attempt.id, answers);

    update public.quiz_attempt_questions as drawn
    set
        chosen_ids = picked.ids,
        correct = coalesce(picked.ids = (
            select array_agg(answer.option_id order by answer.option_id)
            from private.quiz_answer_keys as answer
            where answer.question_id = drawn.question_id
        ), false)
    from public.quiz_attempt_questions as asked
    cross join lateral (
        select array_agg(distinct choice.id::uuid order by choice.id::uuid) as ids
        from jsonb_array_elements_text(answers -> asked.question_id::text) as choice (id)
    ) as picked
    where drawn.attempt_id = attempt.id and asked.attempt_id = drawn.attempt_id and asked.question_id = drawn.question_id;
    select count(*) into right_ones from public.quiz_attempt_questions where attempt_id = attempt.id and correct;

    select * into quiz from public.quizzes where id = attempt.quiz_id;
    select found_module.* into module from public.training_modules as found_module
    join public.lessons as lesson on lesson.module_id = found_module.id
    where lesson.id = quiz.lesson_id;
    update public.quiz_attempts
    set
        closed_at = private.now(), submitted_at = private.now(), correct_count = right_ones,
        score = right_ones * 100 / question_count, passed = right_ones * 100 >= quiz.pass_percentage * question_count
    where id = attempt.id
    returning * into attempt;
    perform private.emit(
        'quiz.submitted', 'quiz_attempt', attempt.id, mine, null,
        jsonb_build_object('quiz_id', quiz.id, 'score', attempt.score, 'passed', attempt.passed)
    );
    if attempt.passed then
        insert into public.lesson_progress (partner_id, lesson_id, completed_at) values (mine, quiz.lesson_id, private.now())
        on conflict (id) do update set completed_at = excluded.completed_at;
        -- When the lesson was complete before (a renewed pass), nothing else looks at the certificate.
        perform private.certify(mine, module.track);
    end if;
    perform private.hint(mine, 'training.changed', module.id);
    return private.attempt_result(attempt);
end;
$$;

-- Refuses what is not a choice among the drawn questions and their options.
create function private.check_answers(attempt uuid, answers jsonb) returns void
language plpgsql stable security definer set search_path = '' as $$
declare
    answer record;
    drawn public.quiz_attempt_questions;
    single boolean;
begin
    if jsonb_typeof(answers) is distinct from 'object' then
        perform private.fail('22023', 'Answers are an object: question id to a list of option ids.', 'shape', 'answers');
    end if;
    for answer in select key, value from jsonb_each(answers) loop
        select asked.* into drawn from public.quiz_attempt_questions as asked
        where asked.attempt_id = attempt and asked.question_id::text = answer.key;
        if not found then
            perform private.fail('22023', 'A question is not part of this attempt.', 'unknown_question', 'answers');
        end if;
        if jsonb_typeof(answer.value) <> 'array' or jsonb_array_length(answer.value) > cardinality(drawn.option_ids) then
            perform private.fail('22023', 'The answer to a question is a list of its option ids.', 'shape', 'answers');
        end if;
        if exists (
            select from jsonb_array_elements_text(answer.value) as choice (id)
            where choice.id is null or choice.id <> all (drawn.option_ids::text[])
        ) then
            perform private.fail('22023', 'An option does not belong to its question.', 'unknown_option', 'answers');
        end if;
        select not several into single from public.quiz_questions where id = drawn.question_id;
        if single and jsonb_array_length(answer.value) > 1 then
            perform private.fail('22023', 'Choose one option.', 'one_option', 'answers');
        end if;
    end loop;
end;
$$;

create function private.quiz_result(wanted uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    attempt public.quiz_attempts;
begin
    if not private.has_access() then
        perform private.fail('42501', 'Your account cannot do this at the moment.', 'no_access');
    end if;
    perform private.close_late_attempts(private.me());
    select * into attempt from public.quiz_attempts where id = wanted and partner_id = private.me();
    if not found then
        perform private.fail('PT404', 'There is no such attempt.', 'not_found', 'attempt_id');
    end if;
    return case when attempt.closed_at is null then private.attempt_questions(attempt) else private.attempt_result(attempt) end;
end;
$$;
