-- What becomes of a line: the event that tells of it, and the clearing period: what is due, and how it reaches the balance. What
-- clients' events do is in the migrations 31xx.

-- Each change of a line's state is one event (F-35), whoever makes it. Reversals go with the line that they correct; "approved" is
-- a step within the clearing, which ends in "payable". How a line begins is told by the function that posts it.
create function private.tell_lines() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    perform private.emit(
        'commission.' || line.status, 'commission', line.id, line.partner_id,
        jsonb_build_object('status', case was.status when 'approved' then 'pending' else was.status end),
        jsonb_build_object('status', line.status)
    )
    from changed as line
    join known as was on was.id = line.id
    where line.status <> was.status and line.status <> 'approved' and line.commission_type <> 'reversal'
    order by line.id;
    return null;
end;
$$;

create trigger tell_lines after update on public.commissions
referencing old table as known new table as changed
for each statement execute function private.tell_lines();

-- Lines whose clearing period is over and whose deal is verified; those under a risk hold are not pending.
create view private.due_commissions with (security_invoker = true) as
select line.id, line.partner_id, line.clears_at
from public.commissions as line
where line.status = 'pending' and line.amount > 0 and line.clears_at <= private.now()
    and (line.deal_id is null or exists (select from public.deals as deal where deal.id = line.deal_id and deal.status = 'verified'));

-- Locks them; what somebody else holds is left out.
create function private.due_lines(max_lines integer, among uuid[] default null, of_partners uuid[] default null) returns uuid[]
language sql volatile security definer set search_path = '' as $$
    select coalesce(array_agg(due.id), '{}')
    from (
        select line.id
        from private.due_commissions as line
        where (among is null or line.id = any (among)) and (of_partners is null or line.partner_id = any (of_partners))
        order by line.clears_at, line.id
        limit max_lines
        for update of line skip locked
    ) as due;
$$;

-- Moves lines, each together with its reversals, from pending to the balance: the line becomes payable, its reversals debts
-- that the next payout nets. One journal for each, posted in one go. The caller holds their locks and those of their partners.
create function private.clear_lines(due uuid[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    entries ledger.entry[];
    owner record;
    root uuid;
begin
    with approved as (
        update public.commissions as line set status = 'approved'
        where line.status = 'pending' and (line.id = any (due) or (line.corrects_id = any (due) and line.commission_type = 'reversal'))
        returning line.id, line.partner_id, line.currency, line.amount
    )

    -- Reversals first, so that no balance on the way has the wrong sign.
    select array_agg(row(
        'clear', 'commission', approved.id, private.line_occurrence(approved.id, 'clear'),
        ledger.account(
            case when approved.amount > 0 then 'partner_pending' else 'partner_receivable' end::ledger.account_kind,
            approved.partner_id, approved.currency
        ),
        ledger.account(
            case when approved.amount > 0 then 'partner_payable' else 'partner_pending' end::ledger.account_kind,
            approved.partner_id, approved.currency
        ),
        abs(approved.amount), approved.currency
    )::ledger.entry order by approved.partner_id, approved.amount, approved.id) into entries
    from approved;
    if entries is null then
        return;
    end if;
    perform ledger.post_all(entries);
    update public.commissions as line set status = 'payable'
    where line.status = 'approved' and (line.id = any (due) or (line.corrects_id = any (due) and line.commission_type = 'reversal'));
    for root in select distinct corrects_id from public.commissions where corrects_id = any (due) and commission_type = 'reversal' loop
        perform private.retire_reversed(root);
    end loop;
    for owner in
        select partner_id, count(*) as lines, array_agg(id) as ids from public.commissions
        where id = any (due) and status = 'payable' group by 1 order by 1
    loop
        perform private.notify(
            owner.partner_id, 'commission', 'Commission available',
            case owner.lines when 1 then 'A commission can now be paid out.' else owner.lines || ' commissions can now be paid out.' end,
            '/partner/earnings'
        );
        perform private.hint(owner.partner_id, 'earnings.changed', variadic owner.ids);
    end loop;
end;
$$;

-- At most max_lines at a time; returns how many were moved. Partners at whom somebody is just now are left for the next time.
create function worker.clear_commissions(max_lines integer default 200) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
    most integer := least(greatest(max_lines, 1), 1000);
    owners uuid[] := array(
        select distinct soon.partner_id
        from (select line.partner_id from private.due_commissions as line order by line.clears_at, line.id limit most) as soon
    );
    due uuid[];
begin
    owners := array(select id from public.partners where id = any (owners) order by id for no key update skip locked);
    due := private.due_lines(most, null, owners);
    perform private.clear_lines(due);
    return cardinality(due);
end;
$$;

-- Wakes the worker when a clearing period has ended; one job per ten seconds at most.
create function private.enqueue_clearing() returns void
language sql security definer set search_path = '' as $$
    select private.enqueue('commission.clear', (extract(epoch from private.now())::bigint / 10)::text, '{}')
    where exists (select from private.due_commissions);
$$;

select cron.schedule('clear-commissions', '10 seconds', 'select private.enqueue_clearing()');
