-- The desk of support: what each tier is promised, and the queue in the order in which promises run out.

-- What a tier is promised from now on, in business hours; tickets that are open keep the clocks they were opened with. A higher tier
-- is never promised less than a lower one.
create function private.set_support_level(
    wanted public.partner_tier, answer_hours integer, solution_hours integer, line text, why text
) returns public.support_levels
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('admin');
    told text := private.reason_text(why);
    before public.support_levels;
    level public.support_levels;
    neighbour public.support_levels;
    higher boolean; -- whether the changed tier is the higher one of the two
begin
    call private.need_field(wanted is not null, 'tier');
    level.first_answer := make_interval(hours => private.number_field(answer_hours, 'first_answer_hours', 1, 400)::integer);
    level.solution := make_interval(hours => private.number_field(solution_hours, 'solution_hours', 1, 1000)::integer);
    if level.solution < level.first_answer then
        perform private.fail('22023', 'An answer comes no later than the solution.', 'order', 'solution_hours', null, answer_hours::text);
    end if;
    -- All levels are held: two changes at once could each look right.
    perform from public.support_levels order by tier for update;
    select * into before from public.support_levels where tier = wanted;
    level.queue := private.name_field(coalesce(line, before.queue), 'queue', '^[a-z][a-z-]{1,39}$', 'A queue has small letters and hyphens.');
    if (before.first_answer, before.solution, before.queue) is not distinct from (level.first_answer, level.solution, level.queue) then
        return before;
    end if;
    for neighbour in select * from public.support_levels where tier <> wanted order by tier loop
        higher := neighbour.tier < wanted;
        if (higher and level.first_answer > neighbour.first_answer) or (not higher and level.first_answer < neighbour.first_answer) then
            perform private.fail(
                'PT409', 'A higher tier is never answered later than a lower one.', 'order', 'first_answer_hours', null,
                format('%s: %s', neighbour.tier, neighbour.first_answer)
            );
        end if;
        if (higher and level.solution > neighbour.solution) or (not higher and level.solution < neighbour.solution) then
            perform private.fail(
                'PT409', 'A higher tier never waits longer for a solution than a lower one.', 'order', 'solution_hours', null,
                format('%s: %s', neighbour.tier, neighbour.solution)
            );
        end if;
    end loop;
    insert into public.support_levels (tier, first_answer, solution, queue)
    values (wanted, level.first_answer, level.solution, level.queue)
    on conflict (tier) do update set first_answer = excluded.first_answer, solution = excluded.solution, queue = excluded.queue
    returning * into level;
    perform private.emit(
        'support.level_set', 'support_level', md5(wanted::text)::uuid, null,
        jsonb_build_object('first_answer', before.first_answer, 'solution', before.solution, 'queue', before.queue),
        jsonb_build_object(
            'tier', wanted, 'first_answer', level.first_answer, 'solution', level.solution, 'queue', level.queue,
            'reason', told, 'staff_id', staff
        )
    );
    return level;
end;
$$;

-- The business time from one instant to another: negative when the second comes first. The counterpart of add_business_time.
create function private.business_time_between(since timestamptz, until timestamptz) returns interval
language plpgsql stable security definer set search_path = '' as $$
declare
    zone text := (select min(timezone) from public.business_calendar);
    first_local timestamp := least(since, until) at time zone zone;
    last_local timestamp := greatest(since, until) at time zone zone;
    found interval;
begin
    if zone is null then
        return until - since;
    end if;
    select coalesce(sum(worked.ends - worked.begins), interval '0') into found
    from (
        select greatest(each.day + hours.opens, first_local) as begins, least(each.day + hours.closes, last_local) as ends
        from generate_series(first_local::date, last_local::date, interval '1 day') as each (day)
        join public.business_calendar as hours on hours.weekday = extract(isodow from each.day)::smallint
        where not exists (select from public.business_holidays as holiday where holiday.day = each.day::date)
    ) as worked
    where worked.ends > worked.begins;
    return case when until < since then -found else found end;
end;
$$;

-- The clock that runs on a ticket: until the first answer, then until the solution. None runs while the partner is asked something,
-- nor after the end.
create function private.ticket_clock(ticket public.support_tickets) returns timestamptz
language sql immutable set search_path = '' as $$
    select case
        when ticket.status not in ('open', 'in_progress') then null
        when ticket.first_answer_at is null then ticket.answer_due_at
        else ticket.solution_due_at
    end;
$$;

-- Whose promise runs out first stands first: in business time as on the clock, since more of one is never less of the other. Then
-- those without a clock. `next` is where the following page begins.
create function private.ticket_queue(
    states public.ticket_status[], member uuid, nobodys boolean, line text, max_rows integer, after_due timestamptz, after_id uuid
) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    rows_wanted integer;
    found jsonb;
    next jsonb;
begin
    perform private.require_staff('support', 'finance', 'admin');
    rows_wanted := private.number_field(max_rows, 'max_rows', 1, 100);
    if coalesce(cardinality(states), 0) = 0 then
        perform private.fail('22023', 'Name at least one state.', 'required', 'states');
    end if;
    if member is not null and nobodys then
        perform private.fail('22023', 'Of one member, or of nobody.', 'one_of', 'unassigned', null, 'assigned_to, unassigned');
    end if;
    if (after_due is null) <> (after_id is null) then
        perform private.fail(
            '22023', 'A page begins after both, as next gave them.', 'required', case when after_due is null then 'after_due' else 'after_id' end
        );
    end if;
    with wanted as (
        select ticket.*, coalesce(private.ticket_clock(ticket), 'infinity') as due
        from public.support_tickets as ticket
        where ticket.status = any (states) and (member is null or ticket.assigned_to = member)
            and (not coalesce(nobodys, false) or ticket.assigned_to is null) and (line is null or ticket.queue = line)
    ),

    page as (
        select * from wanted
        where after_id is null or (wanted.due, wanted.id) > (after_due, after_id)
        order by wanted.due, wanted.id
        limit rows_wanted + 1
    ),

    numbered as (
        select page.*, row_number() over (order by page.due, page.id) as place from page
    )

    select
        coalesce(jsonb_agg(jsonb_build_object(
            'id', shown.id, 'subject', shown.subject, 'category', shown.category, 'priority', shown.priority, 'status', shown.status,
            'queue', shown.queue, 'partner_id', shown.partner_id, 'partner', person.name, 'tier', person.current_tier,
            'assigned_to', shown.assigned_to, 'assignee', member_of.name, 'created_at', shown.created_at,
            'clock', case when isfinite(shown.due) then case when shown.first_answer_at is null then 'answer' else 'solution' end end,
            'due_at', case when isfinite(shown.due) then shown.due end,
            'seconds_left', case when isfinite(shown.due) then
                extract(epoch from private.business_time_between(private.now(), shown.due))::bigint end,
            'overdue', isfinite(shown.due) and shown.due < private.now()
        ) order by shown.place) filter (where shown.place <= rows_wanted), '[]'),
        case when count(*) > rows_wanted then (
            jsonb_agg(jsonb_build_object('after_due', shown.due, 'after_id', shown.id)) filter (where shown.place = rows_wanted)
        ) -> 0 end
    into found, next
    from numbered as shown
    join public.partners as person on person.id = shown.partner_id
    left join public.staff_members as member_of on member_of.id = shown.assigned_to;
    return jsonb_build_object('tickets', found, 'next', next);
end;
$$;

create function public.set_support_level(
    tier public.partner_tier, first_answer_hours integer, solution_hours integer, reason text, queue text default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(saved) from private.set_support_level(tier, first_answer_hours, solution_hours, queue, reason) as saved;
$$;
create function public.ticket_queue(
    states public.ticket_status[] default '{open,in_progress,waiting}', assigned_to uuid default null, unassigned boolean default false,
    queue text default null, max_rows integer default 50, after_due timestamptz default null, after_id uuid default null
) returns jsonb
language sql stable set search_path = '' as $$
    select private.ticket_queue(states, assigned_to, unassigned, queue, max_rows, after_due, after_id);
$$;
