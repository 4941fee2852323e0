-- Programs of features that are being tried out, and what testers say about them (R-102).

create function private.save_beta(
    wanted uuid, called text, words text, for_tier public.partner_tier
) returns public.beta_programs
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    before public.beta_programs;
    program public.beta_programs;
begin
    program.id := private.id_field(wanted);
    program.name := private.text_field(called, 'name', 3, 120);
    program.description := private.text_field(words, 'description', 3, 5000);
    if for_tier is null or for_tier < 'performer' then
        perform private.fail('22023', 'Betas are for Performer tier and above.', 'one_of', 'tier_requirement', null, 'performer, elite');
    end if;
    select * into before from public.beta_programs where id = wanted for update;
    insert into public.beta_programs as known (id, name, description, tier_requirement)
    values (wanted, program.name, program.description, for_tier)
    on conflict (id) do update
    set name = excluded.name, description = excluded.description, tier_requirement = excluded.tier_requirement
    where (known.name, known.description, known.tier_requirement)
        is distinct from (excluded.name, excluded.description, excluded.tier_requirement)
    returning * into program;
    if not found then
        return before;
    end if;
    perform private.emit(
        'beta.saved', 'beta_program', wanted, null, jsonb_build_object('tier_requirement', before.tier_requirement),
        jsonb_build_object('tier_requirement', for_tier, 'staff_id', staff)
    );
    return program;
end;
$$;

-- Feedback is taken while it is open. Opened again it goes on as the same program.
create function private.set_beta_open(wanted uuid, is_open boolean) returns public.beta_programs
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    program public.beta_programs;
begin
    call private.need_field(is_open is not null, 'open');
    select * into program from public.beta_programs where id = wanted for update;
    if not found then
        perform private.no_such('program', 'beta_id');
    end if;
    if (program.opened_at is not null and program.closed_at is null) = is_open then
        return program;
    end if;
    if program.opened_at is null then
        update public.beta_programs set opened_at = private.now() where id = wanted returning * into program;
    else
        update public.beta_programs set closed_at = case when not is_open then private.now() end where id = wanted returning * into program;
    end if;
    perform private.emit(
        case when is_open then 'beta.opened' else 'beta.closed' end, 'beta_program', wanted, null, null,
        jsonb_build_object('staff_id', staff)
    );
    return program;
end;
$$;

-- What testers wrote, the oldest first. `next` is where the following page begins.
create function private.beta_feedback_queue(
    wanted text, of_program uuid, max_rows integer, after_at timestamptz, since_id uuid
) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    rows_wanted integer;
begin
    perform private.require_staff('support', 'admin');
    rows_wanted := private.number_field(max_rows, 'max_rows', 1, 100);
    if wanted is null or wanted not in ('new', 'triaged', 'answered') then
        perform private.fail('22023', 'There is no such state.', 'one_of', 'state', null, 'new, triaged, answered');
    end if;
    if (after_at is null) <> (since_id is null) then
        perform private.fail(
            '22023', 'A page begins after both, as next gave them.', 'required', case when after_at is null then 'after_at' else 'after_id' end
        );
    end if;
    return (
        with page as (
            select
                said.*, person.name as partner, person.current_tier as tier, program.name as program, helper.name as handler,
                row_number() over (order by said.created_at, said.id) as place
            from public.beta_feedback as said
            join public.partners as person on person.id = said.partner_id
            left join public.beta_programs as program on program.id = said.program_id
            left join public.staff_members as helper on helper.id = said.handled_by
            where said.state = wanted and (of_program is null or said.program_id = of_program)
                and (since_id is null or (said.created_at, said.id) > (after_at, since_id))
            order by said.created_at, said.id
            limit rows_wanted + 1
        )

        select jsonb_build_object(
            'feedback', coalesce(jsonb_agg(to_jsonb(page) - 'place' order by page.place) filter (where page.place <= rows_wanted), '[]'),
            'next', case when count(*) > rows_wanted then (
                jsonb_agg(jsonb_build_object('after_at', page.created_at, 'after_id', page.id)) filter (where page.place = rows_wanted)
            ) -> 0 end
        )
        from page
    );
end;
$$;

-- Triaged: somebody has looked. Answered: the partner is told; another answer takes the place of the first.
create function private.answer_beta_feedback(wanted uuid, next text, words text) returns public.beta_feedback
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('support', 'admin');
    said public.beta_feedback;
    was text;
    told text;
begin
    if next is null or next not in ('triaged', 'answered') then
        perform private.fail('22023', 'It is triaged or answered.', 'one_of', 'state', null, 'triaged, answered');
    end if;
    if next = 'answered' then
        told := private.reason_text(words, 'answer');
    elsif nullif(btrim(words), '') is not null then
        perform private.fail('22023', 'What has an answer is answered.', 'unknown_field', 'answer');
    end if;
    select * into said from public.beta_feedback where id = wanted for update;
    if not found then
        perform private.no_such('feedback', 'feedback_id');
    end if;
    if (said.state, said.answer) is not distinct from (next, told) then
        return said;
    end if;
    if said.state = 'answered' and next = 'triaged' then
        perform private.fail('PT409', 'This is answered.', 'wrong_state', 'feedback_id', null, 'answered');
    end if;
    was := said.state;
    update public.beta_feedback set state = next, answer = told, handled_by = staff, handled_at = private.now()
    where id = wanted
    returning * into said;
    perform private.emit(
        'beta.feedback_' || next, 'beta_feedback', wanted, said.partner_id, jsonb_build_object('state', was),
        jsonb_build_object('state', next, 'staff_id', staff)
    );
    if next = 'answered' then
        perform private.notify(
            said.partner_id, 'message', left('Your feedback on ' || said.feature, 120), left(told, 500), '/partner/support'
        );
    end if;
    return said;
end;
$$;

create function public.save_beta(
    id uuid, name text, description text, tier_requirement public.partner_tier default 'performer'
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.save_beta(id, name, description, tier_requirement) as saved;
$$;
create function public.set_beta_open(beta_id uuid, open boolean) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.set_beta_open(beta_id, open) as saved;
$$;
create function public.beta_feedback_queue(
    state text default 'new', beta_id uuid default null, max_rows integer default 50, after_at timestamptz default null,
    after_id uuid default null
) returns jsonb
language sql stable set search_path = '' as $$
    select private.beta_feedback_queue(state, beta_id, max_rows, after_at, after_id);
$$;
create function public.answer_beta_feedback(feedback_id uuid, state text, answer text default null) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(said) from private.answer_beta_feedback(feedback_id, state, answer) as said;
$$;
