-- Reconciliation as finance uses it: run it now, read it, answer for a difference.

create function private.reconcile_stripe(request uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
begin
    if request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    perform private.enqueue('stripe.reconcile', 'asked ' || request::text, jsonb_build_object('asked_by', staff));
    return jsonb_build_object('request_id', request, 'last_run', (select max(id) from ops.reconciliation_runs where finished_at is not null));
end;
$$;

create function public.reconcile_stripe(request_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select private.reconcile_stripe(request_id);
$$;

create function private.reconciliation_report() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
    perform private.require_staff('finance', 'admin');
    return jsonb_build_object(
        'runs', (
            select coalesce(jsonb_agg(to_jsonb(run) order by run.id desc), '[]')
            from (
                select id, started_at, finished_at, stream, pages, seen, opened, closed
                from ops.reconciliation_runs order by id desc limit 10
            ) as run
        ),
        'differences', (
            select coalesce(jsonb_agg(to_jsonb(open) order by open.first_seen_at, open.id), '[]')
            from (
                select id, kind, subject, payout_id, stripe_id, currency, ours, theirs, first_seen_at, first_run, last_run
                from ops.reconciliation_differences where resolved_at is null order by first_seen_at, id limit 500
            ) as open
        )
    );
end;
$$;

create function public.reconciliation_report() returns jsonb
language sql stable set search_path = '' as $$
    select private.reconciliation_report();
$$;

create function private.resolve_difference(wanted uuid, why text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    row ops.reconciliation_differences;
begin
    if length(btrim(coalesce(why, ''))) not between 10 and 2000 then
        perform private.fail('22023', 'Say in 10 to 2,000 characters why this is settled.', 'length', 'reason', null, '2000');
    end if;
    update ops.reconciliation_differences
    set resolved_at = private.now(), resolved_by = staff, reason = btrim(why)
    where id = wanted and resolved_at is null
    returning * into row;
    if not found then
        perform private.fail('PT404', 'There is no such open difference.', 'not_found', 'difference_id');
    end if;
    perform private.emit(
        'reconciliation.resolved', 'reconciliation_difference', row.id, null, null,
        jsonb_build_object('staff_id', staff, 'reason', row.reason)
    );
    return jsonb_build_object('id', row.id, 'resolved_at', row.resolved_at);
end;
$$;

create function public.resolve_difference(difference_id uuid, reason text) returns jsonb
language sql volatile set search_path = '' as $$
    select private.resolve_difference(difference_id, reason);
$$;

select cron.schedule(
    'reconcile-stripe', '30 2 * * *',
    $$select private.enqueue('stripe.reconcile', 'nightly ' || to_char(private.now(), 'YYYY-MM-DD'), '{}')$$
);

create view private.check_stripe_equals_ledger with (security_invoker = true) as
select id, kind, subject, payout_id, stripe_id, currency, ours, theirs, first_seen_at
from ops.reconciliation_differences
where resolved_at is null;
