-- Reconciliation: every night what Stripe has is laid beside what our payouts and ledger say, to the cent (F-06). The payouts
-- worker copies Stripe's transfers and reversals page by page into a mirror; the comparison is one query over mirror and books.
-- A difference is a row that somebody in finance answers for; one that is gone closes by itself.

insert into ops.topics (topic, worker, max_attempts) values ('stripe.reconcile', 'payouts', 40);

create table ops.reconciliation_runs (
    id bigint generated always as identity primary key,
    asked_by uuid references public.staff_members, -- null: cron
    -- Only one run is open at a time; a worker that was killed leaves it for the next one to go on with.
    stream text not null default 'transfers' check (stream in ('transfers', 'transfer', 'transfer_refund', 'done')),
    place text, -- Stripe's id after which the next page begins
    created_from bigint not null, -- Stripe's seconds: what is older was seen by an earlier run
    newest bigint not null default 0,
    pages integer not null default 0,
    seen integer not null default 0,
    opened integer,
    closed integer,
    started_at timestamptz not null default private.now(),
    finished_at timestamptz
);

create index on ops.reconciliation_runs (asked_by);
create unique index reconciliation_runs_open on ops.reconciliation_runs ((true)) where finished_at is null;

-- What Stripe says it has moved. Stripe's objects of these kinds never vanish, so the mirror only grows.
create table ops.stripe_movements (
    id text primary key, -- tr_… or trr_…
    kind text not null check (kind in ('transfer', 'reversal')),
    transfer_id text not null,
    payout_id uuid, -- as Stripe's metadata has it: no foreign key, since it may name nothing of ours
    amount bigint not null,
    currency char(3) not null,
    destination text,
    amount_reversed bigint not null default 0,
    balance_amount bigint, -- what it did to our balance at Stripe, from the balance transaction
    balance_currency char(3),
    created bigint not null, -- Stripe's clock, seconds
    first_run bigint not null references ops.reconciliation_runs,
    last_run bigint not null references ops.reconciliation_runs
);

create index on ops.stripe_movements (transfer_id);
create index on ops.stripe_movements (payout_id);
create index on ops.stripe_movements (first_run);
create index on ops.stripe_movements (last_run);

create table ops.reconciliation_differences (
    id uuid primary key default gen_random_uuid(),
    kind text not null,
    subject text not null, -- what the row is about: a payout, a transfer or a journal; with kind the row's identity
    payout_id uuid,
    stripe_id text,
    currency char(3),
    ours bigint, -- minor units, by our books
    theirs bigint, -- minor units, by Stripe's
    first_run bigint not null references ops.reconciliation_runs,
    last_run bigint not null references ops.reconciliation_runs,
    first_seen_at timestamptz not null default private.now(),
    resolved_at timestamptz,
    resolved_by uuid references public.staff_members, -- null: it closed by itself
    reason text,
    check ((resolved_at is null) = (reason is null))
);

create unique index reconciliation_differences_open on ops.reconciliation_differences (kind, subject) where resolved_at is null;
create index on ops.reconciliation_differences (first_run);
create index on ops.reconciliation_differences (last_run);
create index on ops.reconciliation_differences (resolved_by);

-- The lines of our account at Stripe with the payout that they belong to; null for what belongs to none.
create view private.stripe_cash_lines with (security_invoker = true) as
select
    journal.id as journal_id, line.currency, -line.amount as amount, journal.posted_at,
    case journal.source_kind when 'payout' then journal.source_id when 'payout_reversal' then reversal.payout_id end as payout_id
from ledger.lines as line
join ledger.accounts as account on account.id = line.account_id and account.kind = 'stripe_cash'
join ledger.journals as journal on journal.id = line.journal_id
left join public.payout_reversals as reversal on journal.source_kind = 'payout_reversal' and reversal.id = journal.source_id;

-- Everything that is not the same on both sides. What changed while Stripe was being read is no difference: a payout sent
-- after the run began may be missing in what was read, and a transfer whose payout still has an open job is being booked.
create function private.find_stripe_differences(run ops.reconciliation_runs)
returns table (kind text, subject text, payout_id uuid, stripe_id text, currency char(3), ours bigint, theirs bigint)
language sql stable security definer set search_path = '' as $$
    with transfers as (
        select
            transfer.*,
            transfer.amount - greatest(transfer.amount_reversed, coalesce(
                (select sum(reversal.amount) from ops.stripe_movements as reversal
                where reversal.kind = 'reversal' and reversal.transfer_id = transfer.id), 0
            )) as net
        from ops.stripe_movements as transfer
        where transfer.kind = 'transfer'
    ),

    booked as (
        select line.payout_id, sum(line.amount) as net, max(line.posted_at) as last_at
        from private.stripe_cash_lines as line
        where line.payout_id is not null
        group by line.payout_id
    )

    select 'unknown_transfer', transfer.id, transfer.payout_id, transfer.id, transfer.currency, null::bigint, transfer.amount
    from transfers as transfer
    where not exists (select from public.payouts as payout where payout.id = transfer.payout_id)
    union all
    select
        case when payout.stripe_transfer_id is null then 'not_recorded' else 'second_transfer' end,
        transfer.id, payout.id, transfer.id, transfer.currency, null, transfer.amount
    from transfers as transfer
    join public.payouts as payout on payout.id = transfer.payout_id
    where payout.stripe_transfer_id is distinct from transfer.id
        and not (payout.stripe_transfer_id is null and exists (
            select from ops.outbox as job
            where job.topic = 'payout.send' and job.payload ->> 'payout_id' = payout.id::text
                and job.done_at is null and job.dead_at is null
        ))
    union all
    select 'missing_at_stripe', payout.id::text, payout.id, payout.stripe_transfer_id, payout.currency, payout.amount - payout.fee, null
    from public.payouts as payout
    where payout.stripe_transfer_id is not null and payout.sent_at < run.started_at
        and not exists (select from ops.stripe_movements as known where known.id = payout.stripe_transfer_id)
    union all
    select 'amount_differs', payout.id::text, payout.id, transfer.id, payout.currency, payout.amount - payout.fee, transfer.amount
    from transfers as transfer
    join public.payouts as payout on payout.stripe_transfer_id = transfer.id
    where (transfer.amount, transfer.currency) is distinct from (payout.amount - payout.fee, payout.currency)
    union all
    select 'wrong_destination', payout.id::text, payout.id, transfer.id, payout.currency, payout.amount - payout.fee, transfer.amount
    from transfers as transfer
    join public.payouts as payout on payout.stripe_transfer_id = transfer.id
    where transfer.destination is distinct from payout.request ->> 'destination'
    union all
    select 'ledger_differs', payout.id::text, payout.id, transfer.id, payout.currency, coalesce(booked.net, 0), transfer.net
    from transfers as transfer
    join public.payouts as payout on payout.stripe_transfer_id = transfer.id
    left join booked on booked.payout_id = payout.id
    where coalesce(booked.net, 0) <> transfer.net and coalesce(booked.last_at < run.started_at, true)
    union all
    select 'ledger_unexplained', 'journal ' || line.journal_id::text, null, null, line.currency, line.amount, null
    from private.stripe_cash_lines as line
    left join public.payouts as payout on payout.id = line.payout_id
    where payout.stripe_transfer_id is null
    union all
    select
        'balance_differs', moved.id, moved.payout_id, moved.id, moved.currency,
        case moved.kind when 'transfer' then -moved.amount else moved.amount end, moved.balance_amount
    from ops.stripe_movements as moved
    where moved.balance_amount <> case moved.kind when 'transfer' then -moved.amount else moved.amount end
        and moved.balance_currency = moved.currency
    union all
    select 'balance_missing', moved.id, moved.payout_id, moved.id, moved.currency, moved.amount, null
    from ops.stripe_movements as moved
    where moved.balance_amount is null;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The steps of the payouts worker, each safe to repeat.
-- ---------------------------------------------------------------------------------------------------------------------

-- The open run, or a new one that begins three days before the newest thing the last one saw.
create function worker.begin_reconciliation(asked_by uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    run ops.reconciliation_runs;
begin
    perform pg_advisory_xact_lock(hashtextextended('stripe.reconcile', 0));
    select * into run from ops.reconciliation_runs where finished_at is null;
    if not found then
        insert into ops.reconciliation_runs as made (created_from, asked_by)
        values (greatest(0, coalesce((select max(newest) from ops.reconciliation_runs), 0) - 3 * 86400), asked_by)
        returning * into run;
    end if;
    return jsonb_build_object('run', run.id, 'stream', run.stream, 'place', run.place, 'created_from', run.created_from);
end;
$$;

-- Keeps one page and says what comes next. A page of a stream that has ended (another worker was quicker) changes nothing.
create function worker.save_reconciliation_page(run bigint, page_stream text, movements jsonb, page_end text, more boolean)
returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    row ops.reconciliation_runs;
begin
    select * into strict row from ops.reconciliation_runs where id = run for update;
    if row.stream = page_stream then
        insert into ops.stripe_movements as known (
            id, kind, transfer_id, payout_id, amount, currency, destination, amount_reversed, balance_amount, balance_currency,
            created, first_run, last_run
        )
        select
            item.id, item.kind, item.transfer_id,
            case when item.payout_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then item.payout_id::uuid end,
            item.amount, upper(item.currency), item.destination, coalesce(item.amount_reversed, 0), item.balance_amount,
            upper(item.balance_currency), item.created, run, run
        from jsonb_to_recordset(movements) as item (
            id text, kind text, transfer_id text, payout_id text, amount bigint, currency text, destination text,
            amount_reversed bigint, balance_amount bigint, balance_currency text, created bigint
        )
        on conflict (id) do update set
            amount = excluded.amount, currency = excluded.currency, destination = excluded.destination,
            payout_id = excluded.payout_id,
            amount_reversed = greatest(known.amount_reversed, excluded.amount_reversed),
            balance_amount = coalesce(excluded.balance_amount, known.balance_amount),
            balance_currency = coalesce(excluded.balance_currency, known.balance_currency),
            last_run = run;
        update ops.reconciliation_runs as current
        set
            stream = case
                when more then page_stream
                when page_stream = 'transfers' then 'transfer'
                when page_stream = 'transfer' then 'transfer_refund'
                else 'done'
            end,
            place = case when more then page_end end,
            pages = current.pages + 1,
            seen = current.seen + jsonb_array_length(movements),
            newest = greatest(current.newest, (
                select max((item ->> 'created')::bigint) from jsonb_array_elements(movements) as item
            ))
        where current.id = run
        returning * into row;
    end if;
    return jsonb_build_object('run', row.id, 'stream', row.stream, 'place', row.place, 'created_from', row.created_from);
end;
$$;

-- Lets go of a long run: another job goes on where this one stands, so that no lease is overstayed.
create function worker.hand_over_reconciliation(run bigint) returns void
language sql volatile security definer set search_path = '' as $$
    select private.enqueue('stripe.reconcile', 'run ' || current.id::text || ' page ' || current.pages::text, '{}')
    from ops.reconciliation_runs as current
    where current.id = $1 and current.finished_at is null;
$$;

-- Compares and keeps the differences. What a person has resolved stays resolved while the amounts are the same.
create function worker.finish_reconciliation(run bigint) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    row ops.reconciliation_runs;
    new_ones integer;
    gone integer;
begin
    select * into strict row from ops.reconciliation_runs where id = run for update;
    if row.finished_at is null and row.stream = 'done' then
        with now as materialized (
            select * from private.find_stripe_differences(row)
        ),

        still_there as (
            update ops.reconciliation_differences as known
            set last_run = run, ours = now.ours, theirs = now.theirs
            from now
            where known.resolved_at is null and known.kind = now.kind and known.subject = now.subject
        ),

        vanished as (
            update ops.reconciliation_differences as known
            set resolved_at = private.now(), reason = 'Gone by itself: run ' || run::text || ' did not find it any more.'
            where known.resolved_at is null
                and not exists (select from now where now.kind = known.kind and now.subject = known.subject)
            returning known.id
        ),

        found_first as (
            insert into ops.reconciliation_differences (
                kind, subject, payout_id, stripe_id, currency, ours, theirs, first_run, last_run
            )
            select now.kind, now.subject, now.payout_id, now.stripe_id, now.currency, now.ours, now.theirs, run, run
            from now
            where not exists (
                select from ops.reconciliation_differences as known
                where known.kind = now.kind and known.subject = now.subject
                    and (known.resolved_at is null or (
                        known.resolved_by is not null
                        and (known.ours, known.theirs) is not distinct from (now.ours, now.theirs)
                    ))
            )
            returning id
        )

        select (select count(*) from found_first), (select count(*) from vanished) into new_ones, gone;
        update ops.reconciliation_runs as current
        set finished_at = private.now(), opened = new_ones, closed = gone
        where current.id = run
        returning * into row;
    end if;
    return jsonb_build_object(
        'run', row.id, 'finished', row.finished_at is not null, 'seen', row.seen, 'opened', row.opened, 'closed', row.closed,
        'open', (select count(*) from ops.reconciliation_differences where resolved_at is null)
    );
end;
$$;
