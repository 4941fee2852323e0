-- Taking a transfer back from Stripe: only for fraud, by two people. A partner's lines stay paid; what they owe after a
-- clawback is settled with what came back. A reversal that somebody made at Stripe itself is booked, too, and finance is told.
--
-- Invariant: what came back is booked once per Stripe reversal, and never more than the transfer.

create type public.reversal_status as enum ('proposed', 'rejected', 'approved', 'sending', 'done', 'refused');

create table public.payout_reversals (
    id uuid primary key default gen_random_uuid(),
    payout_id uuid not null references public.payouts,
    request_id uuid unique,
    amount bigint not null check (amount > 0),
    reason text not null check (length(reason) between 1 and 500),
    status public.reversal_status not null,
    proposed_by uuid references public.staff_members, -- null: found at Stripe
    decided_by uuid references public.staff_members check (decided_by <> proposed_by),
    settled bigint not null default 0 check (settled between 0 and amount), -- against debts
    -- Frozen before Stripe is called:
    request jsonb,
    idempotency_key text unique,
    attempt_started_at timestamptz,
    stripe_reversal_id text unique,
    failure_code text,
    failure_message text,
    created_at timestamptz not null default private.now(),
    done_at timestamptz,
    check ((status = 'done') = (done_at is not null)),
    check ((status = 'done') = (stripe_reversal_id is not null)),
    check (status not in ('approved', 'sending') or decided_by is not null)
);

create index on public.payout_reversals (payout_id);
create index on public.payout_reversals (proposed_by);
create index on public.payout_reversals (decided_by);

create function private.keep_payout_reversal() returns trigger
language plpgsql set search_path = '' as $$
begin
    if (new.payout_id, new.amount, new.reason, new.proposed_by, new.request_id)
        is distinct from (old.payout_id, old.amount, old.reason, old.proposed_by, old.request_id)
        or (old.request is not null and new.request is distinct from old.request)
        or (old.status in ('done', 'rejected', 'refused') and new.status <> old.status)
        or new.settled < old.settled
    then
        perform private.fail('42501', 'What was decided about a reversal never changes.', 'frozen_reversal');
    end if;
    return new;
end;
$$;

create trigger keep_payout_reversal before update on public.payout_reversals
for each row execute function private.keep_payout_reversal();

create function private.reversible(payout public.payouts) returns bigint
language sql stable security definer set search_path = '' as $$
    select payout.amount - payout.fee - coalesce(sum(known.amount), 0)::bigint
    from public.payout_reversals as known
    where known.payout_id = payout.id and known.status not in ('rejected', 'refused');
$$;

create function private.propose_payout_reversal(wanted uuid, part bigint, why text, wanted_request uuid) returns public.payout_reversals
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    payout public.payouts;
    reversal public.payout_reversals;
begin
    if wanted_request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    select * into payout from public.payouts where id = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such payout.', 'not_found', 'payout_id');
    end if;
    perform private.require_others_affair(payout.partner_id);
    select * into reversal from public.payout_reversals as known where known.request_id = wanted_request and known.payout_id = wanted;
    if found then
        return reversal;
    end if;
    if coalesce(btrim(why), '') = '' or length(btrim(why)) > 500 then
        perform private.fail('22023', 'Say what was found: transfers are taken back for fraud only.', 'length', 'reason', null, '500');
    end if;
    if payout.status <> 'paid' then
        perform private.fail('PT409', 'Only what was paid can be taken back.', 'wrong_state', 'payout_id');
    end if;
    if coalesce(part, private.reversible(payout)) not between 1 and private.reversible(payout) then
        perform private.fail('22023', 'More than what is left of the transfer.', 'range', 'amount', null, private.reversible(payout)::text);
    end if;
    insert into public.payout_reversals (payout_id, request_id, amount, reason, status, proposed_by)
    values (wanted, wanted_request, coalesce(part, private.reversible(payout)), btrim(why), 'proposed', staff)
    returning * into reversal;
    perform private.emit(
        'payout.reversal_proposed', 'payout', wanted, payout.partner_id, null,
        jsonb_build_object('reversal_id', reversal.id, 'amount', reversal.amount, 'staff_id', staff, 'reason', reversal.reason)
    );
    return reversal;
end;
$$;

create function private.decide_payout_reversal(wanted uuid, decision text) returns public.payout_reversals
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    reversal public.payout_reversals;
    owner uuid;
begin
    if coalesce(decision, '') not in ('approved', 'rejected') then
        perform private.fail('22023', 'The decision is approved or rejected.', 'one_of', 'decision', null, 'approved, rejected');
    end if;
    select * into reversal from public.payout_reversals where id = wanted for update;
    if not found then
        perform private.fail('PT404', 'There is no such reversal.', 'not_found', 'reversal_id');
    end if;
    select partner_id into owner from public.payouts where id = reversal.payout_id;
    perform private.require_others_affair(owner);
    if private.signed_before(reversal.proposed_by) then
        perform private.fail('42501', 'Somebody else approves what you asked for.', 'four_eyes');
    end if;
    if reversal.status <> 'proposed' then
        return reversal;
    end if;
    update public.payout_reversals set status = decision::public.reversal_status, decided_by = staff where id = wanted
    returning * into reversal;
    perform private.emit(
        'payout.reversal_' || decision, 'payout', reversal.payout_id, owner, null,
        jsonb_build_object('reversal_id', wanted, 'staff_id', staff)
    );
    if decision = 'approved' then
        perform private.enqueue('payout.reverse', wanted::text, jsonb_build_object('reversal_id', wanted));
    end if;
    return reversal;
end;
$$;

-- Sets what came back against what the partner owes, the oldest debts first, as far as whole debts fit.
create function private.settle_recoveries(owner uuid, in_currency text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    reversal record;
    debt record;
    rest bigint;
begin
    for reversal in
        select known.id, known.amount - known.settled as rest
        from public.payout_reversals as known
        join public.payouts as payout on payout.id = known.payout_id and payout.partner_id = owner and payout.currency = in_currency
        where known.status = 'done' and known.settled < known.amount
        order by known.done_at, known.id
        for update of known
    loop
        rest := reversal.rest;
        for debt in
            select id, -amount as amount from public.commissions
            where partner_id = owner and currency = in_currency and status = 'payable' and amount < 0
            order by created_at, id
            for update
        loop
            continue when debt.amount > rest;
            update public.commissions set status = 'paid', payment_date = (private.now() at time zone 'UTC')::date where id = debt.id;
            perform ledger.post(
                'recovery', 'commission', debt.id,
                ledger.account('payout_recoveries', null, in_currency),
                ledger.account('partner_receivable', owner, in_currency),
                debt.amount, in_currency
            );
            rest := rest - debt.amount;
        end loop;
        update public.payout_reversals set settled = amount - rest where id = reversal.id and settled <> amount - rest;
    end loop;
end;
$$;

-- The worker's steps: send with this request and key; look for it when the key is too old; or skip.
create function worker.begin_reversal(reversal uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    row public.payout_reversals;
    transfer text;
begin
    select * into strict row from public.payout_reversals where id = reversal for update;
    if row.status not in ('approved', 'sending') then
        return jsonb_build_object('action', 'skip', 'status', row.status);
    end if;
    select stripe_transfer_id into strict transfer from public.payouts where id = row.payout_id;
    if row.status = 'approved' then
        update public.payout_reversals
        set
            status = 'sending', idempotency_key = 'reversal-' || reversal::text || '-a1', attempt_started_at = private.now(),
            request = jsonb_build_object(
                'amount', row.amount, 'metadata', jsonb_build_object('reversal_id', reversal, 'payout_id', row.payout_id, 'reason', 'fraud')
            )
        where id = reversal
        returning * into row;
    end if;
    return jsonb_build_object(
        'action', case when row.attempt_started_at < private.now() - interval '23 hours' then 'look' else 'send' end,
        'transfer', transfer, 'request', row.request, 'idempotency_key', row.idempotency_key
    );
end;
$$;

create function private.book_reversal(reversal public.payout_reversals) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    payout public.payouts;
begin
    select * into strict payout from public.payouts where id = reversal.payout_id for update;
    perform ledger.post(
        'payout_reversed', 'payout_reversal', reversal.id,
        ledger.account('stripe_cash', null, payout.currency),
        ledger.account('payout_recoveries', null, payout.currency),
        reversal.amount, payout.currency
    );
    if (
        select sum(known.amount) from public.payout_reversals as known where known.payout_id = payout.id and known.status = 'done'
    ) = payout.amount - payout.fee then
        update public.payouts set status = 'reversed' where id = payout.id;
    end if;
    perform private.settle_recoveries(payout.partner_id, payout.currency);
    perform private.hint(payout.partner_id, 'earnings.changed', payout.id);
end;
$$;

-- What Stripe answered is an event, whoever learned of it; what people decided is told where they decide.
create function private.tell_reversal() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    perform private.emit(
        'payout.reversal_' || new.status, 'payout', new.payout_id, payout.partner_id, null,
        jsonb_build_object('reversal_id', new.id, 'amount', new.amount, 'code', new.failure_code)
    )
    from public.payouts as payout
    where payout.id = new.payout_id;
    return null;
end;
$$;

create trigger tell_reversal_made after insert on public.payout_reversals
for each row when (new.status in ('done', 'refused')) execute function private.tell_reversal();
create trigger tell_reversal after update of status on public.payout_reversals
for each row when (new.status in ('done', 'refused') and old.status <> new.status) execute function private.tell_reversal();

create function worker.record_reversal(reversal uuid, stripe_reversal text, reversed_amount bigint) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    row public.payout_reversals;
begin
    perform private.lock_payout(known.payout_id) from public.payout_reversals as known where known.id = reversal;
    select * into strict row from public.payout_reversals where id = reversal for update;
    if row.status = 'done' and row.stripe_reversal_id = stripe_reversal then
        return jsonb_build_object('status', row.status, 'duplicate', true);
    end if;
    if row.status = 'done' then
        perform private.fail('23505', 'This reversal was made already.', 'second_transfer', null, null, row.stripe_reversal_id);
    end if;
    if row.amount <> reversed_amount then
        perform private.fail('23514', 'The reversal is not what was asked for.', 'transfer_mismatch');
    end if;
    if row.status <> 'sending' then
        perform private.fail('23514', 'The reversal is not being sent.', 'wrong_state');
    end if;
    update public.payout_reversals set status = 'done', stripe_reversal_id = stripe_reversal, done_at = private.now()
    where id = reversal
    returning * into row;
    perform private.book_reversal(row);
    return jsonb_build_object('status', 'done', 'duplicate', false);
end;
$$;

-- Stripe said no for good, for instance because the money has left the account: the debt stays, and finance knows.
create function worker.reversal_refused(reversal uuid, code text, message text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    row public.payout_reversals;
begin
    update public.payout_reversals set status = 'refused', failure_code = code, failure_message = left(message, 500)
    where id = reversal and status = 'sending'
    returning * into row;
    if found then
        perform private.tell_staff(
            'payout.reversal_refused', reversal, (select partner_id from public.payouts where id = row.payout_id),
            array['finance', 'admin']::public.staff_role[],
            'Stripe did not take the transfer of payout ' || row.payout_id::text || ' back: ' || code
        );
    end if;
end;
$$;

-- The reversals that Stripe has of a transfer, each {id, amount, reversal_id}. Ours are recorded if the answer of the call was
-- lost; another one was made at Stripe: it is booked, and finance finds a notice.
create function worker.found_reversals(transfer text, reversals jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    payout public.payouts;
    seen record;
    row public.payout_reversals;
    strange integer := 0;
begin
    select * into payout from public.payouts where stripe_transfer_id = transfer;
    if not found then
        return jsonb_build_object('known', false, 'strange', 0);
    end if;
    payout := private.lock_payout(payout.id);
    for seen in select found.id, found.amount, found.reversal_id from jsonb_to_recordset(reversals) as found (id text, amount bigint, reversal_id uuid)
    loop
        continue when exists (select from public.payout_reversals as known where known.stripe_reversal_id = seen.id);
        if exists (
            select from public.payout_reversals as known
            where known.id = seen.reversal_id and known.payout_id = payout.id and known.status = 'sending' and known.amount = seen.amount
        ) then
            perform worker.record_reversal(seen.reversal_id, seen.id, seen.amount);
            continue;
        end if;
        insert into public.payout_reversals (payout_id, amount, reason, status, stripe_reversal_id, done_at)
        values (payout.id, seen.amount, 'Made at Stripe, not by us', 'done', seen.id, private.now())
        returning * into row;
        perform private.book_reversal(row);
        perform private.tell_staff(
            'payout.reversed_at_stripe', row.id, payout.partner_id, array['finance', 'admin']::public.staff_role[],
            'Somebody took ' || seen.amount::text || ' ' || payout.currency || ' (minor units) of payout ' || payout.id::text
            || ' back at Stripe (' || seen.id || '). It is booked; decide what it settles.'
        );
        strange := strange + 1;
    end loop;
    return jsonb_build_object('known', true, 'strange', strange);
end;
$$;

create function public.propose_payout_reversal(payout_id uuid, reason text, request_id uuid, amount bigint default null) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(reversal) - array['request', 'idempotency_key']
    from private.propose_payout_reversal(payout_id, amount, reason, request_id) as reversal;
$$;

create function public.decide_payout_reversal(reversal_id uuid, decision text) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(reversal) - array['request', 'idempotency_key']
    from private.decide_payout_reversal(reversal_id, decision) as reversal;
$$;

-- What came back and is not yet set against a debt is what the recoveries account holds.
create view private.check_recoveries with (security_invoker = true) as
with open as (
    select payout.currency, sum(reversal.amount - reversal.settled) as amount
    from public.payout_reversals as reversal
    join public.payouts as payout on payout.id = reversal.payout_id
    where reversal.status = 'done'
    group by payout.currency
),

book as (
    select currency, -balance as amount from ledger.accounts where kind = 'payout_recoveries'
)

select coalesce(open.currency, book.currency) as currency, open.amount as of_reversals, book.amount as booked
from open
full join book on book.currency = open.currency
where coalesce(open.amount, 0) <> coalesce(book.amount, 0);

create view private.check_payout_reversals with (security_invoker = true) as
select payout.id, payout.status, payout.amount - payout.fee as sent, sum(reversal.amount) as taken_back
from public.payouts as payout
left join public.payout_reversals as reversal on reversal.payout_id = payout.id and reversal.status = 'done'
group by payout.id
having (payout.status = 'reversed') <> (coalesce(sum(reversal.amount), 0) = payout.amount - payout.fee)
    or sum(reversal.amount) > payout.amount - payout.fee;
