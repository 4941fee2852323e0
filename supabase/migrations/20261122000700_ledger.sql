-- Double entry. A positive line is a debit, a negative line a credit; every journal adds up to zero per currency.
-- Journals and lines are append-only for every role; a correction is another journal. Balances are a projection.

create type ledger.account_kind as enum (
    'commission_expense', -- what partners cost us
    'partner_pending', -- owed, clearing period running
    'partner_payable', -- owed, may be paid out
    'partner_receivable', -- paid, then clawed back: owed to us
    'payout_clearing', -- on its way through Stripe
    'payout_fees', -- what partners paid for instant payouts
    'payout_recoveries', -- taken back from Stripe for fraud and not yet set against a debt
    'stripe_cash' -- our balance at Stripe
);

create table ledger.accounts (
    id bigint generated always as identity primary key,
    kind ledger.account_kind not null,
    partner_id uuid references public.partners,
    currency char(3) not null,
    balance bigint not null default 0,
    version bigint not null default 0,
    check ((kind in ('partner_pending', 'partner_payable', 'partner_receivable')) = (partner_id is not null)),
    unique nulls not distinct (kind, partner_id, currency)
);

create index on ledger.accounts (partner_id);

create table ledger.journals (
    id bigint generated always as identity primary key,
    kind text not null, -- accrue, clear, reverse, set_aside, owe, net, payout_request, payout_sent, payout_cancelled
    source_kind text not null,
    source_id uuid not null,
    occurrence bigint not null default 0, -- a line may be set aside and cleared more than once
    reverses_id bigint unique references ledger.journals,
    request_id text default private.request_id(),
    posted_at timestamptz not null default private.now(),
    unique (source_kind, source_id, kind, occurrence) -- one journal per business event
);

create table ledger.lines (
    journal_id bigint not null references ledger.journals,
    line_no smallint not null,
    account_id bigint not null references ledger.accounts,
    amount bigint not null check (amount <> 0),
    currency char(3) not null,
    balance_after bigint not null,
    primary key (journal_id, line_no)
);

create index on ledger.lines (account_id, journal_id);

create function ledger.refuse_change() returns trigger
language plpgsql set search_path = '' as $$
begin
    raise exception 'ledger.% is append-only', tg_table_name
        using errcode = '42501', hint = 'post a correcting journal';
end;
$$;

create trigger append_only before update or delete or truncate on ledger.journals
for each statement execute function ledger.refuse_change();
create trigger append_only before update or delete or truncate on ledger.lines
for each statement execute function ledger.refuse_change();

-- A journal is whole with the statement that writes it. Nothing written is ever changed, so what was there balances, and only what is
-- added has to be looked at: what this costs does not grow with the ledger.
create function ledger.check_journal_balance() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
    uneven bigint;
begin
    select journal_id into uneven from added group by journal_id, currency having sum(amount) <> 0 limit 1;
    if found then
        raise exception 'journal % does not balance', uneven using errcode = '23514';
    end if;
    return null;
end;
$$;

create trigger balanced after insert on ledger.lines
referencing new table as added for each statement execute function ledger.check_journal_balance();

create function ledger.account(wanted ledger.account_kind, owner uuid, wanted_currency char(3)) returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
    found_id bigint;
begin
    select id into found_id from ledger.accounts
    where kind = wanted and partner_id is not distinct from owner and currency = wanted_currency;
    if found_id is null then
        insert into ledger.accounts (kind, partner_id, currency) values (wanted, owner, wanted_currency)
        on conflict do nothing;
        select id into strict found_id from ledger.accounts
        where kind = wanted and partner_id is not distinct from owner and currency = wanted_currency;
    end if;
    return found_id;
end;
$$;

create type ledger.entry as (
    kind text, source_kind text, source_id uuid, occurrence bigint, debit bigint, credit bigint, amount bigint, currency char (3)
);

-- The order of locks, so that no two transactions of money ever wait for each other: the deal; its partners, or those of a batch,
-- in the order of their ids (private.lock_partners); payouts; commission lines; partners' accounts; SISO's accounts, in the order
-- of post_all. Whoever holds the lock of a partner is alone with that partner's lines, payouts and accounts.
create function private.lock_partners(variadic owners uuid[]) returns void
language sql volatile security definer set search_path = '' as $$
    select from public.partners where id = any (owners) order by id for no key update;
$$;

-- Posts many journals with one statement each for journals, lines and balances; each moves its amount from one account to
-- another. A journal that was posted before is left out. Returns the ids of those that are new.
create function ledger.post_all(entries ledger.entry[]) returns setof bigint
language plpgsql volatile security definer set search_path = '' as $$
begin
    -- Partners' accounts first, which the locks of the partners guard, then those that all share: what Stripe holds before what is
    -- on its way, and the expense last, so that whatever posts several times takes them in the same order, too.
    perform from ledger.accounts
    where id in (select debit from unnest(entries) union select credit from unnest(entries))
    order by partner_id is null, kind desc, id
    for no key update;
    return query
    with wanted as (
        select * from unnest(entries) with ordinality
            as entry (kind, source_kind, source_id, occurrence, debit, credit, amount, currency, place)
    ),

    -- Once for all: the columns' own defaults would ask for each journal.
    present as materialized (
        select private.now() as at, private.request_id() as request
    ),

    made as (
        insert into ledger.journals (kind, source_kind, source_id, occurrence, request_id, posted_at)
        select wanted.kind, wanted.source_kind, wanted.source_id, coalesce(wanted.occurrence, 0), present.request, present.at
        from wanted cross join present
        order by wanted.place
        on conflict (source_kind, source_id, kind, occurrence) do nothing
        returning id, kind, source_kind, source_id, occurrence
    ),

    sides as (
        select made.id as journal_id, side.line_no, side.account_id, side.amount, wanted.currency
        from made
        join wanted
            on wanted.kind = made.kind and wanted.source_kind = made.source_kind and wanted.source_id = made.source_id
            and coalesce(wanted.occurrence, 0) = made.occurrence
        cross join lateral (values (1, wanted.debit, wanted.amount), (2, wanted.credit, -wanted.amount))
            as side (line_no, account_id, amount)
    ),

    booked as (
        insert into ledger.lines (journal_id, line_no, account_id, amount, currency, balance_after)
        select
            sides.journal_id, sides.line_no, sides.account_id, sides.amount, sides.currency,
            account.balance + sum(sides.amount) over (
                partition by sides.account_id order by sides.journal_id, sides.line_no rows unbounded preceding
            )
        from sides
        join ledger.accounts as account on account.id = sides.account_id
    ),

    moved as (
        update ledger.accounts as account
        set balance = account.balance + change.total, version = account.version + change.lines
        from (select account_id, sum(amount)::bigint as total, count(*) as lines from sides group by account_id) as change
        where account.id = change.account_id
    )

    select id from made;
end;
$$;

-- Posts one journal that moves an amount from one account to another; null when this event has been posted before.
create function ledger.post(
    journal_kind text, source text, source_ref uuid, debit bigint, credit bigint, moved bigint, in_currency char(3),
    occurrence bigint default 0
) returns bigint
language sql volatile security definer set search_path = '' as $$
    select ledger.post_all(array[row(journal_kind, source, source_ref, occurrence, debit, credit, moved, in_currency)::ledger.entry]);
$$;

-- Invariant views: no row when all is well.
create view private.check_unbalanced_journals with (security_invoker = true) as
select journal_id, currency, sum(amount) as difference
from ledger.lines
group by journal_id, currency
having sum(amount) <> 0;

create view private.check_account_balances with (security_invoker = true) as
select account.id, account.kind, account.partner_id, account.currency, account.balance, coalesce(sum(line.amount), 0) as of_lines
from ledger.accounts as account
left join ledger.lines as line on line.account_id = account.id
group by account.id
having account.balance <> coalesce(sum(line.amount), 0);

create view private.check_negative_payable with (security_invoker = true) as
select id, partner_id, kind, currency, balance from ledger.accounts
where (kind in ('partner_payable', 'partner_pending') and balance > 0) or (kind = 'partner_receivable' and balance < 0);

-- What the lines of a partner say must be what the ledger says; a negative payable line is a debt, in the receivable.
create view private.check_lines_against_ledger with (security_invoker = true) as
with lines as (
    select partner_id, currency,
        coalesce(sum(amount) filter (where status in ('pending', 'approved', 'held', 'disputed')), 0) as pending,
        coalesce(sum(amount) filter (where status = 'payable' and amount > 0), 0) as payable,
        -coalesce(sum(amount) filter (where status = 'payable' and amount < 0), 0) as owed
    from public.commissions
    where not estimate
    group by partner_id, currency
),

book as (
    select partner_id, currency,
        -coalesce(sum(balance) filter (where kind = 'partner_pending'), 0) as pending,
        -coalesce(sum(balance) filter (where kind = 'partner_payable'), 0) as payable,
        coalesce(sum(balance) filter (where kind = 'partner_receivable'), 0) as owed
    from ledger.accounts
    where partner_id is not null
    group by partner_id, currency
)

select
    coalesce(lines.partner_id, book.partner_id) as partner_id,
    coalesce(lines.currency, book.currency) as currency,
    lines.pending as lines_pending, book.pending as book_pending,
    lines.payable as lines_payable, book.payable as book_payable,
    lines.owed as lines_owed, book.owed as book_owed
from lines
full join book on book.partner_id = lines.partner_id and book.currency = lines.currency
where coalesce(lines.pending, 0) <> coalesce(book.pending, 0)
    or coalesce(lines.payable, 0) <> coalesce(book.payable, 0)
    or coalesce(lines.owed, 0) <> coalesce(book.owed, 0);
