-- Payout runs: Fridays 06:00 UTC everybody who can be paid is paid (A-20); staff can make one in between.
--
-- Invariant: one payout per partner, currency and run, whoever repeats what: the key of the run, the place it has reached and
-- each batch's payouts are committed together, and a unique index stands behind them.

-- Who has a payable balance and what stands in the way of paying it in a run; null: nothing.
create view private.payout_candidates with (security_invoker = true) as
select
    balance.partner_id, balance.currency, balance.amount,
    case
        when balance.amount < 0 then 'balance_negative'
        when balance.amount < minimum.amount then 'below_minimum'
        when not standing.is_open then 'partner_not_active'
        when standing.obstacle is not null then standing.obstacle
        when not standing.is_connected_with_mfa then 'mfa_not_enrolled'
        else private.tax_obstacle(balance.partner_id, balance.currency, balance.amount)
    end as obstacle
from (
    select line.partner_id, line.currency, sum(line.amount)::bigint as amount
    from public.commissions as line
    where line.status = 'payable'
    group by line.partner_id, line.currency
) as balance
join public.payout_minimums as minimum on minimum.currency = balance.currency
join private.payout_standing as standing on standing.partner_id = balance.partner_id;

-- Who and how much, per currency, and for what reasons others get nothing.
create function private.preview_of_run() returns jsonb
language sql stable security definer set search_path = '' as $$
    with seen as materialized (select * from private.payout_candidates)

    select jsonb_build_object(
        'pays', coalesce((
            select jsonb_agg(to_jsonb(paid) order by paid.currency)
            from (
                select seen.currency, count(*) as partners, sum(seen.amount) as amount,
                    count(*) filter (where seen.amount >= private.limit_in(terms.one_approval_from, seen.currency)) as need_approval
                from seen
                cross join (select * from public.commission_plans where id = private.current_plan()) as terms
                where seen.obstacle is null
                group by seen.currency
            ) as paid
        ), '[]'),
        'skips', coalesce((
            select jsonb_agg(to_jsonb(skipped) order by skipped.reason, skipped.currency)
            from (
                select seen.obstacle as reason, seen.currency, count(*) as partners, sum(seen.amount) as amount
                from seen
                where seen.obstacle is not null
                group by seen.obstacle, seen.currency
            ) as skipped
        ), '[]')
    );
$$;

create function private.next_batch(run public.payout_runs) returns bigint
language sql volatile security definer set search_path = '' as $$
    select private.enqueue(
        'payout.run', run.id::text || ':' || coalesce(run.reached::text, 'start'), jsonb_build_object('run_id', run.id)
    );
$$;

-- The weekly run. Cron may fire twice or come late: the key of the last Friday 06:00 UTC makes one run of it.
create function private.week_of_run() returns text
language sql stable security definer set search_path = '' as $$
    select 'week-' || to_char(
        date_trunc('week', private.now() - interval '4 days 6 hours', 'UTC') at time zone 'UTC' + interval '4 days', 'YYYY-MM-DD'
    );
$$;

-- An installation begins with its next Friday: what was before is not made up for.
insert into public.payout_runs (key, status) values (private.week_of_run(), 'executed');

create function private.start_weekly_run() returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
    week text := private.week_of_run();
    run public.payout_runs;
begin
    insert into public.payout_runs (key, status, preview, started_at)
    select week, 'executing', private.preview_of_run(), private.now()
    where not exists (select from public.payout_runs where key like 'week-%' and key >= week)
    on conflict (key) do nothing
    returning * into run;
    if run.id is not null then
        perform private.emit('payout_run.started', 'payout_run', run.id, null, null, jsonb_build_object('key', run.key));
        perform private.next_batch(run);
    end if;
    return run.id;
end;
$$;

-- Fridays at six; and every ten minutes for a Friday on which the database slept, and for a run whose job was given up.
create function private.resume_payout_runs() returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
    perform private.start_weekly_run();
    perform private.enqueue(
        'payout.run', run.id::text || ':resumed:' || to_char(private.now(), 'YYYYMMDDHH24'), jsonb_build_object('run_id', run.id)
    )
    from public.payout_runs as run
    where run.status = 'executing' and not exists (
        select from ops.outbox as job
        where job.topic = 'payout.run' and job.payload ->> 'run_id' = run.id::text and job.done_at is null and job.dead_at is null
    );
end;
$$;

select cron.schedule('weekly-payout-run', '0 6 * * 5', 'select private.start_weekly_run()');
select cron.schedule('resume-payout-runs', '*/10 * * * *', 'select private.resume_payout_runs()');

-- One batch: the next partners in the order of their ids. Payouts, the place reached and the job for the next batch are one
-- transaction. A partner whose balance changes meanwhile is skipped and counted: the next run pays.
create function worker.run_payout_batch(run uuid, most integer default 100) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    row public.payout_runs;
    candidate record;
    batch uuid[];
    seen integer;
    made integer := 0;
    reasons jsonb;
begin
    select * into strict row from public.payout_runs where id = run for update;
    if row.status <> 'executing' then
        return jsonb_build_object('done', true, 'payouts', 0);
    end if;
    reasons := row.skipped;
    -- An array and not a join: it reaches the index below the sum.
    batch := array(
        select distinct line.partner_id
        from public.commissions as line
        where line.status = 'payable' and (row.reached is null or line.partner_id > row.reached)
        order by line.partner_id
        limit least(greatest(most, 1), 1000)
    );
    -- All at once, in the order in which everybody else takes them; so are the accounts that the payouts share.
    perform private.lock_partners(variadic batch);
    perform private.settle_recoveries(known.partner_id, known.currency) from private.payout_candidates as known
    where known.partner_id = any (batch) and known.obstacle is null;
    perform from ledger.accounts where kind = 'payout_clearing' order by id for no key update;
    for candidate in
        select known.partner_id, known.currency, known.obstacle
        from private.payout_candidates as known
        where known.partner_id = any (batch)
        order by known.partner_id, known.currency
    loop
        if candidate.obstacle is null then
            begin
                perform private.make_payout(candidate.partner_id, candidate.currency, gen_random_uuid(), 'automatic', run => run);
                made := made + 1;
                continue;
            exception when serialization_failure or sqlstate 'PT409' then
                candidate.obstacle := 'balance_changed';
            end;
        end if;
        if candidate.obstacle = 'tax_status_required' then
            perform private.tell_tax_needed(candidate.partner_id);
        end if;
        reasons := jsonb_set(
            reasons, array[candidate.obstacle], to_jsonb(coalesce((reasons ->> candidate.obstacle)::integer, 0) + 1)
        );
    end loop;
    seen := cardinality(batch);
    update public.payout_runs
    set
        reached = coalesce(batch[seen], reached), payouts = payouts + made, skipped = reasons,
        status = case when seen = 0 then 'executed' else status end,
        finished_at = case when seen = 0 then private.now() end
    where id = run
    returning * into row;
    if seen = 0 then
        perform private.emit(
            'payout_run.executed', 'payout_run', run, null, null, jsonb_build_object('payouts', row.payouts, 'skipped', row.skipped)
        );
    else
        perform private.next_batch(row);
    end if;
    return jsonb_build_object('done', seen = 0, 'partners', seen, 'payouts', made);
end;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- A run in between, by staff: one looks, another approves, then it is carried out, and at the end the money is counted.
-- ---------------------------------------------------------------------------------------------------------------------
create function private.preview_payout_run(request uuid) returns public.payout_runs
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    run public.payout_runs;
begin
    if request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    insert into public.payout_runs (key, status, preview, created_by)
    values ('staff-' || request::text, 'previewed', private.preview_of_run(), staff)
    on conflict (key) do nothing
    returning * into run;
    if run.id is null then
        select * into strict run from public.payout_runs where key = 'staff-' || request::text;
        return run;
    end if;
    perform private.emit('payout_run.previewed', 'payout_run', run.id, null, null, jsonb_build_object('staff_id', staff));
    return run;
end;
$$;

create function private.payout_run(wanted uuid) returns public.payout_runs
language plpgsql volatile security definer set search_path = '' as $$
declare
    run public.payout_runs;
begin
    select * into run from public.payout_runs where id = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such payout run.', 'not_found', 'run_id');
    end if;
    return run;
end;
$$;

create function private.approve_payout_run(wanted uuid) returns public.payout_runs
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    run public.payout_runs := private.payout_run(wanted);
begin
    if private.signed_before(run.created_by) then
        perform private.fail('42501', 'Somebody else approves what you asked for.', 'four_eyes');
    end if;
    if run.status <> 'previewed' then
        return run;
    end if;
    update public.payout_runs set status = 'approved', approved_by = staff where id = wanted returning * into run;
    perform private.emit('payout_run.approved', 'payout_run', wanted, null, null, jsonb_build_object('staff_id', staff));
    return run;
end;
$$;

create function private.execute_payout_run(wanted uuid) returns public.payout_runs
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    run public.payout_runs := private.payout_run(wanted);
begin
    if run.status = 'previewed' then
        perform private.fail('PT409', 'A payout run is approved by somebody else before it is carried out.', 'not_approved', 'run_id');
    end if;
    if run.status <> 'approved' then
        return run;
    end if;
    update public.payout_runs set status = 'executing', executed_by = staff, started_at = private.now()
    where id = wanted
    returning * into run;
    perform private.emit('payout_run.started', 'payout_run', wanted, null, null, jsonb_build_object('staff_id', staff));
    perform private.next_batch(run);
    return run;
end;
$$;

-- What became of a run: its payouts by status, and everything that does not add up. It is reconciled when each payout has come
-- to its end and nothing differs.
create function private.reconcile_payout_run(wanted uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    run public.payout_runs := private.payout_run(wanted);
    by_status jsonb;
    differences jsonb;
    underway bigint;
begin
    select
        coalesce(jsonb_agg(to_jsonb(counted) order by counted.currency, counted.status), '[]'),
        coalesce(sum(counted.payouts) filter (where counted.status not in ('paid', 'failed', 'cancelled', 'reversed')), 0)
    into by_status, underway
    from (
        select payout.currency, payout.status, count(*) as payouts, sum(payout.amount) as amount
        from public.payouts as payout where payout.run_id = wanted
        group by payout.currency, payout.status
    ) as counted;
    select coalesce(jsonb_agg(jsonb_build_object('payout_id', wrong.id, 'problem', wrong.problem) order by wrong.id), '[]')
    into differences
    from (
        select checked.id, 'the ledger says otherwise' as problem from private.check_payouts_against_ledger as checked
        union all
        select checked.id, 'not the sum of its lines' from private.check_payout_items as checked
        union all
        select payout.id, 'sent without a transfer' from public.payouts as payout
        where payout.status in ('sent', 'paid') and payout.stripe_transfer_id is null
    ) as wrong
    where wrong.id in (select payout.id from public.payouts as payout where payout.run_id = wanted);
    if run.status = 'executed' and underway = 0 and differences = '[]' then
        update public.payout_runs set status = 'reconciled', reconciled_by = staff, reconciled_at = private.now() where id = wanted
        returning * into run;
        perform private.emit('payout_run.reconciled', 'payout_run', wanted, null, null, jsonb_build_object('staff_id', staff));
    end if;
    return jsonb_build_object(
        'run_id', run.id, 'status', run.status, 'payouts', by_status, 'underway', underway, 'skipped', run.skipped,
        'differences', differences
    );
end;
$$;

create function public.preview_payout_run(request_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(run) from private.preview_payout_run(request_id) as run;
$$;

create function public.approve_payout_run(run_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(run) from private.approve_payout_run(run_id) as run;
$$;

create function public.execute_payout_run(run_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(run) from private.execute_payout_run(run_id) as run;
$$;

create function public.reconcile_payout_run(run_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select private.reconcile_payout_run(run_id);
$$;

-- A run says how many payouts it made; that many there are.
create view private.check_payout_runs with (security_invoker = true) as
select run.id, run.key, run.payouts, count(payout.id) as found
from public.payout_runs as run
left join public.payouts as payout on payout.run_id = run.id
group by run.id
having run.payouts <> count(payout.id);
