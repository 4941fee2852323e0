-- Quizzes and their questions, as their authors see and change them. Right answers are shown to admins here and to nobody else.

create function private.save_quiz(
    of_lesson uuid, heading text, pass integer, attempts integer, seconds integer, drawn integer
) returns public.quizzes
language plpgsql volatile security definer set search_path = '' as $$
declare
    quiz public.quizzes;
    before public.quizzes;
    lesson public.lessons;
begin
    perform private.require_staff('admin');
    quiz.title := private.text_field(heading, 'title', 1, 160);
    quiz.pass_percentage := private.number_field(pass, 'pass_percentage', 1, 100);
    quiz.max_attempts_per_day := private.number_field(attempts, 'max_attempts_per_day', 1, 50);
    quiz.time_limit_seconds := private.number_field(seconds, 'time_limit_seconds', 60, 86400);
    quiz.questions_drawn := private.number_field(drawn, 'questions_drawn', 1, 100);
    select * into lesson from public.lessons where id = of_lesson for update;
    if not found then
        perform private.no_such('lesson', 'lesson_id');
    end if;
    if lesson.kind <> 'quiz' then
        perform private.fail('22023', 'Only a lesson of the kind quiz has one.', 'one_of', 'lesson_id', null, 'quiz');
    end if;
    select * into before from public.quizzes where lesson_id = of_lesson for update;
    if not found then
        insert into public.quizzes (lesson_id, title, pass_percentage, max_attempts_per_day, time_limit_seconds, questions_drawn)
        values (
            of_lesson, quiz.title, quiz.pass_percentage, quiz.max_attempts_per_day, quiz.time_limit_seconds, quiz.questions_drawn
        ) returning * into quiz;
    elsif (before.title, before.pass_percentage, before.max_attempts_per_day, before.time_limit_seconds, before.questions_drawn)
        = (quiz.title, quiz.pass_percentage, quiz.max_attempts_per_day, quiz.time_limit_seconds, quiz.questions_drawn)
    then
        return before;
    else
        update public.quizzes
        set
            title = quiz.title, pass_percentage = quiz.pass_percentage, max_attempts_per_day = quiz.max_attempts_per_day,
            time_limit_seconds = quiz.time_limit_seconds, questions_drawn = quiz.questions_drawn
        where id = before.id
        returning * into quiz;
    end if;
    perform private.training_saved(
        'quiz_saved', quiz.id, lesson.module_id,
        jsonb_build_object('pass_percentage', quiz.pass_percentage, 'questions_drawn', quiz.questions_drawn)
    );
    return quiz;
end;
$$;

-- Options of a form: [{"label": text, "right": boolean}], two to eight of them, one or more right.
create function private.require_options(given jsonb) returns void
language plpgsql immutable set search_path = '' as $$
declare
    option jsonb;
    right_ones integer := 0;
begin
    if jsonb_typeof(given) is distinct from 'array' or jsonb_array_length(given) not between 2 and 8 then
        perform private.fail('22023', 'A question has two to eight options.', 'list', 'options', null, '2 to 8');
    end if;
    for option in select value from jsonb_array_elements(given) loop
        if jsonb_typeof(option) <> 'object' or jsonb_typeof(option -> 'label') is distinct from 'string'
            or length(btrim(option ->> 'label')) not between 1 and 500 or jsonb_typeof(option -> 'right') is distinct from 'boolean'
        then
            perform private.fail('22023', 'An option has a label (up to 500 characters), and right: yes or no.', 'option', 'options');
        end if;
        right_ones := right_ones + (option ->> 'right')::boolean::integer;
    end loop;
    if right_ones = 0 then
        perform private.fail('22023', 'One option or more is right.', 'none_right', 'options');
    end if;
end;
$$;

create function private.question_for_staff(wanted uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object(
        'id', question.id, 'quiz_id', question.quiz_id, 'question', question.question, 'position', question.position,
        'several', question.several, 'retired_at', question.retired_at, 'replaces', question.replaces,
        'explanation', (select known.explanation from private.quiz_explanations as known where known.question_id = question.id),
        'options', (
            select jsonb_agg(
                jsonb_build_object('label', option.label, 'right', exists (
                    select from private.quiz_answer_keys as key where key.question_id = question.id and key.option_id = option.id
                )) order by option.position
            )
            from public.quiz_options as option where option.question_id = question.id
        )
    )
    from public.quiz_questions as question where question.id = wanted;
$$;

-- A question that has been drawn for somebody is never reworded: the new wording is a new question in its place, and the old one
-- is retired. Whoever sends the old id again gets what stands in its place now.
create function private.save_question(
    wanted uuid, of_quiz uuid, wording text, choices jsonb, why text, place integer
) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    question public.quiz_questions;
    asked text := private.text_field(wording, 'question', 1, 1000);
    reason text := private.text_field(why, 'explanation', 0, 1000);
    position_there integer := private.number_field(place, 'position', 0, 100000);
    module uuid;
    known jsonb;
    fresh uuid := private.id_field(wanted);
begin
    perform private.require_options(choices);
    select lesson.module_id into module
    from public.quizzes as quiz join public.lessons as lesson on lesson.id = quiz.lesson_id where quiz.id = of_quiz
    for update of quiz;
    if not found then
        perform private.no_such('quiz', 'quiz_id');
    end if;
    with recursive chain as (
        select one.* from public.quiz_questions as one where one.id = wanted
        union all
        select next.* from public.quiz_questions as next join chain on next.replaces = chain.id
    )
    select chain.* into question from chain where not exists (select from public.quiz_questions as next where next.replaces = chain.id);
    if question.id is not null then
        if question.quiz_id <> of_quiz then
            perform private.fail('PT409', 'A question keeps its quiz.', 'fixed', 'quiz_id');
        end if;
        known := private.question_for_staff(question.id);
        if (known ->> 'question', known -> 'options', known ->> 'explanation', question.position) is not distinct from (
            asked,
            (
                select jsonb_agg(jsonb_build_object('label', btrim(value ->> 'label'), 'right', value -> 'right') order by ordinality)
                from jsonb_array_elements(choices) with ordinality
            ),
            reason, position_there
        ) then
            return known;
        end if;
        if exists (select from public.quiz_attempt_questions where question_id = question.id) then
            update public.quiz_questions set retired_at = coalesce(retired_at, private.now()) where id = question.id;
            fresh := gen_random_uuid();
        else
            fresh := question.id;
            delete from public.quiz_options where question_id = fresh;
            delete from private.quiz_explanations where question_id = fresh;
        end if;
    end if;
    insert into public.quiz_questions (id, quiz_id, position, question, several, replaces)
    values (
        fresh, of_quiz, position_there, asked,
        (select count(*) > 1 from jsonb_array_elements(choices) where (value ->> 'right')::boolean),
        case when fresh <> wanted then question.id end
    )
    on conflict (id) do update set position = excluded.position, question = excluded.question, several = excluded.several;
    with made as (
        insert into public.quiz_options (id, question_id, position, label)
        select gen_random_uuid(), fresh, (10 * ordinality)::integer, btrim(value ->> 'label')
        from jsonb_array_elements(choices) with ordinality
        returning id, position
    )
    insert into private.quiz_answer_keys (question_id, option_id)
    select fresh, made.id
    from made
    join jsonb_array_elements(choices) with ordinality as choice (value, place) on 10 * choice.place = made.position
    where (choice.value ->> 'right')::boolean;
    if reason is not null then
        insert into private.quiz_explanations (question_id, explanation) values (fresh, reason);
    end if;
    perform private.training_saved('question_saved', fresh, module, jsonb_build_object('quiz_id', of_quiz));
    return private.question_for_staff(fresh);
end;
$$;

create function private.set_question_retired(wanted uuid, gone boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    question public.quiz_questions;
begin
    perform private.require_staff('admin');
    call private.need_field(gone is not null, 'retired');
    select * into question from public.quiz_questions where id = wanted for update;
    if not found then
        perform private.no_such('question', 'question_id');
    end if;
    if not gone and exists (select from public.quiz_questions where replaces = wanted) then
        perform private.fail('PT409', 'Another wording stands in its place.', 'replaced', 'question_id');
    end if;
    if (question.retired_at is not null) <> gone then
        update public.quiz_questions set retired_at = case when gone then private.now() end where id = wanted;
        perform private.training_saved(
            case when gone then 'question_retired' else 'question_restored' end, wanted,
            (
                select lesson.module_id from public.quizzes as quiz
                join public.lessons as lesson on lesson.id = quiz.lesson_id where quiz.id = question.quiz_id
            ), '{}'
        );
    end if;
    return private.question_for_staff(wanted);
end;
$$;

-- Everything of a module, for whoever writes it: retired lessons, questions with their answers, and what it lacks.
create function private.module_for_staff(wanted uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    module public.training_modules;
begin
    perform private.require_staff('admin');
    select * into module from public.training_modules where id = wanted;
    if not found then
        perform private.no_such('module', 'module_id');
    end if;
    return to_jsonb(module) - 'search' || jsonb_build_object(
        'problems', (select coalesce(jsonb_agg(problem), '[]') from private.module_problems(wanted) as problem),
        'lessons', (
            select coalesce(jsonb_agg(
                to_jsonb(lesson) - 'search' || jsonb_build_object(
                    'quiz', to_jsonb(quiz), 'questions', (
                        select coalesce(jsonb_agg(private.question_for_staff(question.id) order by question.position, question.id), '[]')
                        from public.quiz_questions as question where question.quiz_id = quiz.id
                    )
                ) order by lesson.position, lesson.id
            ), '[]')
            from public.lessons as lesson left join public.quizzes as quiz on quiz.lesson_id = lesson.id
            where lesson.module_id = wanted
        )
    );
end;
$$;

create function public.save_quiz(
    lesson_id uuid, title text, questions_drawn integer, pass_percentage integer default 80, max_attempts_per_day integer default 3,
    time_limit_seconds integer default 900
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved)
    from private.save_quiz(lesson_id, title, pass_percentage, max_attempts_per_day, time_limit_seconds, questions_drawn) as saved;
$$;
create function public.save_question(
    id uuid, quiz_id uuid, question text, options jsonb, explanation text default null, "position" integer default 100
) returns jsonb
language sql volatile set search_path = '' as $$
    select private.save_question(id, quiz_id, question, options, explanation, "position");
$$;
create function public.set_question_retired(question_id uuid, retired boolean) returns jsonb
language sql volatile set search_path = '' as $$
    select private.set_question_retired(question_id, retired);
$$;
create function public.module_for_staff(module_id uuid) returns jsonb
language sql stable set search_path = '' as $$
    select private.module_for_staff(module_id);
$$;
