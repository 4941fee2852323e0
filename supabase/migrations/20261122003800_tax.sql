-- Tax (F-15, A-22). Stripe collects tax details and files the forms; we hold a status, what was paid in a year, and the amounts
-- from which a form is due, as data. Once a payout would bring the year to such an amount, it waits until Stripe says that the
-- details are complete.
--
-- A year is the calendar year in UTC, like every period in the books: a payout belongs to the year in which its transfer was
-- booked, whatever the clock of the partner says.
--
-- Invariant: what was paid out in all years is what the ledger says was paid out; a threshold is never edited, only followed by
-- a newer version.

create table public.tax_thresholds (
    id uuid primary key default gen_random_uuid(),
    country char(2) not null references public.payout_countries,
    form text not null check (form ~ '^[A-Z0-9][A-Z0-9-]{1,19}$'),
    tax_year smallint not null check (tax_year between 2020 and 2100), -- and later ones, until they have rows of their own
    currency char(3) not null references public.payout_minimums,
    amount bigint check (amount > 0), -- minor units; null: no threshold
    version integer not null check (version > 0),
    reason text not null check (length(reason) between 3 and 2000),
    decided_by uuid references public.staff_members, -- null: came with the installation
    created_at timestamptz not null default private.now(),
    unique (country, form, tax_year, currency, version)
);

create index on public.tax_thresholds (currency);
create index on public.tax_thresholds (decided_by);

create function private.keep_tax_threshold() returns trigger
language plpgsql set search_path = '' as $$
begin
    perform private.fail('42501', 'A tax threshold is followed by a newer version, never edited.', 'append_only');
    return null;
end;
$$;

create trigger keep_tax_threshold before update or delete or truncate on public.tax_thresholds
for each statement execute function private.keep_tax_threshold();

insert into public.tax_thresholds (country, form, tax_year, currency, amount, version, reason) values
('US', '1099-NEC', 2025, 'USD', 60000, 1, '600 dollars, as for all years before'),
('US', '1099-NEC', 2026, 'USD', 200000, 1, 'P.L. 119-21 §70433; indexed from 2027, to be entered then');

call private.guard(
    'public.tax_thresholds', 'set_tax_threshold', '{country, form, tax_year, currency, amount, version, decided_by}', true
);

-- The forms of a country with the threshold of a year, in the country's own currency where there is one; of a year without rows
-- that of the last year before it.
create function private.tax_forms(of_country text, of_year integer)
returns table (form text, tax_year smallint, currency char(3), threshold bigint)
language sql stable security definer set search_path = '' as $$
    select distinct on (newest.form) newest.form, newest.tax_year, newest.currency, newest.amount
    from (
        select distinct on (known.form, known.tax_year, known.currency) known.*
        from public.tax_thresholds as known
        where known.country = of_country and known.tax_year <= of_year
        order by known.form, known.tax_year, known.currency, known.version desc
    ) as newest
    join public.payout_countries as place on place.country = newest.country
    order by newest.form, newest.tax_year desc, (newest.currency = place.currency) desc, newest.currency;
$$;

-- The threshold in a currency: its own row decides; without one it stands in the proportion of the yardsticks, as the
-- limits of plans do (private.limit_in). Null: no threshold.
create function private.tax_threshold(of_country text, of_form text, of_year integer, in_currency text) returns bigint
language sql stable security definer set search_path = '' as $$
    select coalesce(exact.amount, round(base.threshold::numeric * there.yardstick / home.yardstick)::bigint)
    from private.tax_forms(of_country, of_year) as base
    join public.payout_minimums as home on home.currency = base.currency
    join public.payout_minimums as there on there.currency = in_currency
    left join lateral (
        select known.amount from public.tax_thresholds as known
        where known.country = of_country and known.form = base.form and known.tax_year = base.tax_year and known.currency = in_currency
        order by known.version desc
        limit 1
    ) as exact on true
    where base.form = of_form and base.threshold is not null;
$$;

-- An amount of one currency as the thresholds weigh it in another one; rounded half away from zero.
create function private.tax_weight(
    of_country text, of_form text, of_year integer, amount bigint, from_currency text, to_currency text
) returns bigint
language sql stable security definer set search_path = '' as $$
    select case
        when from_currency = to_currency then amount
        else round(
            amount::numeric * private.tax_threshold(of_country, of_form, of_year, to_currency)
            / private.tax_threshold(of_country, of_form, of_year, from_currency)
        )::bigint
    end;
$$;

create function private.tax_year_of(moment timestamptz) returns integer
language sql immutable set search_path = '' as $$
    select extract(year from moment at time zone 'UTC')::integer;
$$;

-- What each partner was paid, per year, country and currency, from the ledger. `paid` is what left for Stripe and what was kept
-- of it as the fee of an instant payout, which the partner bears: the fee comes and goes with its journals. Debts that a payout
-- was netted with are not paid out. `taken_back` counts in the year in which the money came back.
create view private.tax_years with (security_invoker = true) as
select
    moved.partner_id, moved.tax_year, moved.country, moved.currency, sum(moved.paid)::bigint as paid,
    sum(moved.taken_back)::bigint as taken_back, sum(moved.paid - moved.taken_back)::bigint as total
from (
    select
        payout.partner_id, private.tax_year_of(journal.posted_at) as tax_year, payout.country, payout.currency, line.amount as paid,
        0 as taken_back
    from public.payouts as payout
    join ledger.journals as journal
        on journal.source_kind = 'payout' and journal.source_id = payout.id
        and (
            journal.kind in ('payout_sent', 'instant_fee', 'instant_fee_returned')
            or (journal.kind = 'payout_cancelled' and payout.kind = 'fee_refund')
        )
    join ledger.lines as line on line.journal_id = journal.id
    join ledger.accounts as account on account.id = line.account_id and account.kind = 'payout_clearing'
    union all
    select
        payout.partner_id, private.tax_year_of(journal.posted_at), payout.country, payout.currency, 0, line.amount
    from public.payouts as payout
    join public.payout_reversals as reversal on reversal.payout_id = payout.id
    join ledger.journals as journal
        on journal.source_kind = 'payout_reversal' and journal.source_id = reversal.id and journal.kind = 'payout_reversed'
    join ledger.lines as line on line.journal_id = journal.id
    join ledger.accounts as account on account.id = line.account_id and account.kind = 'stripe_cash'
) as moved
group by moved.partner_id, moved.tax_year, moved.country, moved.currency;

-- What counts against this year's thresholds: paid in the year into this country, and what is under way. For a payout that is
-- about to be sent (`besides`) only those count that are being sent: the others come to the same point after it.
create function private.tax_used(owner uuid, of_country text, of_year integer, besides uuid)
returns table (currency char(3), amount bigint)
language sql stable security definer set search_path = '' as $$
    select known.currency, sum(known.amount)::bigint
    from (
        select year.currency, year.total as amount from private.tax_years as year
        where year.partner_id = owner and year.tax_year = of_year and year.country = of_country
        union all
        select payout.currency, payout.amount from public.payouts as payout
        where payout.partner_id = owner and payout.kind <> 'fee_refund' and payout.id is distinct from besides
            and (payout.status = 'sending' or (besides is null and payout.status in ('draft', 'approved', 'parked')))
    ) as known
    group by known.currency;
$$;

-- How much may still be paid out in this currency without tax details: the amount must stay below every threshold. Null: any.
create function private.tax_room(owner uuid, in_currency text, besides uuid default null) returns bigint
language plpgsql stable security definer set search_path = '' as $$
declare
    this_year integer := private.tax_year_of(private.now());
    home text;
    known public.tax_status;
begin
    select coalesce(account.country, partner.country), account.tax_status into home, known
    from public.partners as partner
    left join public.payout_accounts as account on account.partner_id = partner.id
    where partner.id = owner;
    if known = 'complete' then
        return null;
    end if;
    return (
        select min(greatest(0, private.tax_threshold(home, base.form, this_year, in_currency) - 1 - coalesce((
            select sum(private.tax_weight(home, base.form, this_year, used.amount, used.currency, in_currency))
            from private.tax_used(owner, home, this_year, besides) as used
        ), 0)))::bigint
        from private.tax_forms(home, this_year) as base
        where base.threshold is not null
    );
end;
$$;

-- Once a year, and again after the details had been complete.
create function private.tell_tax_needed(owner uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
    this_year integer := private.tax_year_of(private.now());
begin
    update public.payout_accounts set tax_told_year = this_year
    where partner_id = owner and tax_told_year is distinct from this_year;
    if found then
        perform private.notify(
            owner, 'payout', 'Tax details needed',
            'Your payouts of ' || this_year || ' reach the amount that is reported for tax. Complete your tax details at Stripe; your payout'
            || ' goes on by itself.', '/partner/earnings'
        );
        perform private.hint(owner, 'payout_account.changed', owner);
    end if;
end;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Finance keeps the thresholds: each December the next year's, as the tax office publishes them.
-- ---------------------------------------------------------------------------------------------------------------------
create function private.set_tax_threshold(
    of_country text, of_form text, of_year integer, in_currency text, wanted bigint, why text
) returns public.tax_thresholds
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    reason text := private.reason_text(why);
    newest public.tax_thresholds;
    made public.tax_thresholds;
begin
    if not exists (select from public.payout_countries where country = of_country) then
        perform private.fail('22023', 'We pay to no such country.', 'unknown', 'country');
    end if;
    if coalesce(of_form, '') !~ '^[A-Z0-9][A-Z0-9-]{1,19}$' then
        perform private.fail('22023', 'Name the form in capitals, for instance 1099-NEC.', 'format', 'form');
    end if;
    if of_year is null or of_year not between 2020 and 2100 then
        perform private.fail('22023', 'Name a year between 2020 and 2100.', 'range', 'tax_year', null, '2020-2100');
    end if;
    if not exists (select from public.payout_minimums where currency = in_currency) then
        perform private.fail('22023', 'This currency is not supported.', 'unknown_currency', 'currency');
    end if;
    if wanted <= 0 then
        perform private.fail('22023', 'A threshold is above zero; leave it out where there is none.', 'range', 'amount', null, '1');
    end if;
    perform pg_advisory_xact_lock(hashtextextended(concat_ws(':', 'tax', of_country, of_form, of_year, in_currency), 0));
    select * into newest from public.tax_thresholds
    where country = of_country and form = of_form and tax_year = of_year and currency = in_currency
    order by version desc limit 1;
    if found and newest.amount is not distinct from wanted then
        return newest;
    end if;
    insert into public.tax_thresholds (country, form, tax_year, currency, amount, version, reason, decided_by)
    values (of_country, of_form, of_year, in_currency, wanted, coalesce(newest.version, 0) + 1, reason, staff)
    returning * into made;
    perform private.emit(
        'tax_threshold.set', 'tax_threshold', made.id, null, jsonb_build_object('amount', newest.amount),
        to_jsonb(made) - 'id' || jsonb_build_object('staff_id', staff)
    );
    return made;
end;
$$;

create function public.set_tax_threshold(
    country text, form text, tax_year integer, currency text, reason text, amount bigint default null
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(made) from private.set_tax_threshold(country, form, tax_year, currency, amount, reason) as made;
$$;

-- No row when the years add up: per partner and currency to the payouts that went out, less what came back and what is still to
-- be given back of fees; per currency to what the books say left for Stripe and was kept as fees.
create view private.check_tax_years_against_ledger with (security_invoker = true) as
with years as (
    select year.partner_id, year.currency, sum(year.total) as total from private.tax_years as year group by year.partner_id, year.currency
),

went_out as (
    select moved.partner_id, moved.currency, sum(moved.amount) as total
    from (
        select payout.partner_id, payout.currency, payout.amount from public.payouts as payout
        where payout.status in ('sent', 'paid', 'reversed') and payout.kind <> 'fee_refund'
        union all
        select refund.partner_id, refund.currency, -refund.amount from public.payouts as refund
        where refund.kind = 'fee_refund' and refund.status in ('draft', 'approved', 'sending', 'parked')
        union all
        select payout.partner_id, payout.currency, -reversal.amount from public.payout_reversals as reversal
        join public.payouts as payout on payout.id = reversal.payout_id
        where reversal.status = 'done'
    ) as moved
    group by moved.partner_id, moved.currency
),

book as (
    select account.currency, -sum(account.balance) as total from ledger.accounts as account
    where account.kind in ('stripe_cash', 'payout_fees')
    group by account.currency
),

by_currency as (
    select years.currency, sum(years.total) as total from years group by years.currency
)

select
    coalesce(years.partner_id, went_out.partner_id) as partner_id, coalesce(years.currency, went_out.currency) as currency,
    years.total as of_years, went_out.total as of_books
from years
full join went_out on went_out.partner_id = years.partner_id and went_out.currency = years.currency
where coalesce(years.total, 0) <> coalesce(went_out.total, 0)
union all
select null, coalesce(by_currency.currency, book.currency), by_currency.total as of_years, book.total as of_books
from by_currency
full join book on book.currency = by_currency.currency
where coalesce(by_currency.total, 0) <> coalesce(book.total, 0);
