-- Monthly statements: what a partner was owed when the month began, every ledger journal that touched their accounts, with
-- its reason, and what they were owed when it ended.
--
-- Invariants (private.check_statements): opening + entries = closing; the closing balance opens the next statement; every
-- line of a partner's accounts is in exactly one statement; a statement is never rewritten. What is posted late, or corrects
-- an earlier month, stands in the next statement, marked as late.

-- Every kind of journal in a partner's words. An unknown kind is shown all the same, under its own name, and
-- private.check_journal_words reports it.
create table ledger.journal_words (
    kind text primary key,
    words text not null check (length(words) between 1 and 120)
);

insert into ledger.journal_words (kind, words) values
('accrue', 'Commission earned, clearing period runs'),
('adjust', 'Correction'),
('write_off', 'Debt written off'),
('clear', 'Clearing period over, now in your balance'),
('reverse', 'Taken back: the client got money back, or the deal ended'),
('set_aside', 'On hold, out of your balance until somebody decides'),
('payout_request', 'Payout, taken from your balance'),
('payout_cancelled', 'Payout given back to your balance'),
('payout_sent', 'Payout sent through Stripe'),
('net', 'Debt set off against your balance'),
('net_cancelled', 'Debt no longer set off: the payout was given back'),
('instant_fee', 'Fee of an instant payout'),
('instant_fee_returned', 'Fee of an instant payout given back'),
('payout_reversed', 'Payout taken back from Stripe'),
('recovery', 'Debt settled with what was taken back');

create table public.statements (
    id uuid primary key default gen_random_uuid(),
    partner_id uuid not null references public.partners,
    currency char(3) not null,
    period date not null check (extract(day from period) = 1), -- the first day of a month, UTC
    opening_balance bigint not null, -- what SISO owes the partner, in minor units; negative: the partner owes
    closing_balance bigint not null,
    entry_count integer not null check (entry_count >= 0),
    content jsonb not null, -- ids and figures, nothing personal (A-52)
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'), -- of the canonical text of content: the JSON file, byte by byte
    created_at timestamptz not null default private.now(),
    unique (partner_id, currency, period)
);

create table public.statement_files (
    statement_id uuid not null references public.statements,
    kind text not null check (kind in ('json', 'pdf', 'csv')),
    path text not null unique, -- in the bucket `statements`
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes bigint not null check (bytes > 0),
    created_at timestamptz not null default private.now(),
    primary key (statement_id, kind)
);

-- Which statement tells of a ledger line.
create table ledger.stated_lines (
    journal_id bigint not null,
    line_no smallint not null,
    statement_id uuid not null references public.statements,
    primary key (journal_id, line_no),
    foreign key (journal_id, line_no) references ledger.lines (journal_id, line_no)
);

create index on ledger.stated_lines (statement_id);

create trigger append_only before update or delete or truncate on public.statements
for each statement execute function private.refuse_rewriting();
create trigger append_only before update or delete or truncate on public.statement_files
for each statement execute function private.refuse_rewriting();
create trigger append_only before update or delete or truncate on ledger.stated_lines
for each statement execute function private.refuse_rewriting();

-- The canonical text of RFC 8785 for what we put into JSON (whole numbers, ASCII keys): keys sorted, no blanks.
create function private.canonical_json(value jsonb) returns text
language plpgsql immutable set search_path = '' as $$
begin
    -- Only what has an inside is a call of its own.
    return case jsonb_typeof(value)
        when 'object' then '{' || coalesce((
            select string_agg(
                to_json(field.key)::text || ':' || case
                    when jsonb_typeof(field.value) in ('object', 'array') then private.canonical_json(field.value)
                    else field.value::text
                end,
                ',' order by field.key collate "C"
            )
            from jsonb_each(value) as field
        ), '') || '}'
        when 'array' then '[' || coalesce((
            select string_agg(private.canonical_json(element.value), ',' order by element.ordinality)
            from jsonb_array_elements(value) with ordinality as element
        ), '') || ']'
        else value::text
    end;
end;
$$;

create function private.json_digest(value jsonb) returns text
language sql immutable set search_path = '' as $$
    select encode(sha256(convert_to(private.canonical_json(value), 'UTF8')), 'hex');
$$;

-- Digits after the separator (ISO 4217).
create function private.currency_digits(currency text) returns integer
language sql immutable set search_path = '' as $$
    select case
        when currency = any (array[
            'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'
        ]) then 0
        when currency = any (array['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']) then 3
        else 2
    end;
$$;

-- Times in documents: UTC, to the microsecond.
create function private.utc_text(moment timestamptz) returns text
language sql immutable set search_path = '' as $$
    select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
$$;

-- How a commission line came to its amount: all that is frozen on it. Whoever recomputes it gets the same cents.
create function private.commission_reason(line_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' set timezone = 'UTC' as $$
begin
    return (
        select jsonb_strip_nulls(jsonb_build_object(
            'commission_id', line.id,
            'type', line.commission_type,
            'reverses_type', line.reverses_type,
            'deal_reference', deal.reference,
            'plan_version', plan.version,
            'tier', line.tier,
            'rate_bp', line.rate_bp,
            'base_amount', line.base_amount,
            'entitled', line.entitled,
            'booked_before', line.booked_before,
            'amount', line.amount,
            'payment', case when payment.id is not null then jsonb_build_object(
                'id', payment.id, 'instalment', payment.instalment, 'amount', payment.amount,
                'cleared_at', private.utc_text(payment.cleared_at)
            ) end,
            'refund', case when refund.id is not null then jsonb_build_object(
                'id', refund.id, 'kind', refund.kind, 'amount', refund.amount, 'refunded_at', private.utc_text(refund.refunded_at)
            ) end,
            -- Elsewhere, with bonuses for instance, the frozen inputs say why.
            'calculation', case when
                private.share_of(line.base_amount, line.rate_bp)
                = coalesce(line.uncapped, line.entitled, line.booked_before + line.amount) then
                jsonb_build_object(
                    'unrounded', trim_scale(line.base_amount::numeric * line.rate_bp / 10000)::text,
                    'rounded', private.share_of(line.base_amount, line.rate_bp),
                    'rule', 'base_amount × rate_bp ÷ 10000, rounded half away from zero, capped to entitled, less booked_before'
                )
            end,
            'corrects', line.corrects_id,
            'inputs', to_jsonb(line) - array[
                'id', 'partner_id', 'lead_id', 'project_id', 'commission_type', 'reverses_type', 'status', 'amount', 'currency', 'tier',
                'rate_bp', 'base_amount', 'entitled', 'booked_before', 'corrects_id', 'payment_date', 'stripe_transfer_id'
            ]
        ))
        from public.commissions as line
        left join public.deals as deal on deal.id = line.deal_id
        left join public.commission_plans as plan on plan.id = line.plan_id
        left join public.client_payments as payment on payment.id = line.client_payment_id
        left join public.client_refunds as refund on refund.id = line.refund_id
        where line.id = line_id
    );
end;
$$;

create function private.payout_reason(wanted uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object(
        'payout_id', payout.id, 'amount', payout.amount, 'requested_at', private.utc_text(payout.requested_at),
        'items', coalesce((
            select jsonb_agg(
                jsonb_build_object('commission_id', item.commission_id, 'amount', item.amount) order by item.commission_id
            )
            from public.payout_items as item
            where item.payout_id = payout.id
        ), '[]')
    )
    from public.payouts as payout
    where payout.id = wanted;
$$;

-- Why a journal was posted. A source that is not known here still has its kind and id in the entry.
create function private.journal_reason(source_kind text, source_id uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
    select coalesce(case source_kind
        when 'commission' then private.commission_reason(source_id)
        when 'payout' then private.payout_reason(source_id)
    end, '{}');
$$;

-- The balances of a partner in one currency by account, without the prefix partner_, and their total; in the partner's favour
-- when positive. Only lines that a statement before `before_period` tells of.
create function private.stated_balances(owner uuid, wanted_currency text, before_period date) returns jsonb
language sql stable security definer set search_path = '' as $$
    with sums as (
        select substr(account.kind::text, 9) as name, coalesce(sum(-line.amount) filter (where statement.id is not null), 0) as amount
        from ledger.accounts as account
        left join ledger.lines as line on line.account_id = account.id
        left join ledger.stated_lines as stated on stated.journal_id = line.journal_id and stated.line_no = line.line_no
        left join public.statements as statement on statement.id = stated.statement_id and statement.period < before_period
        where account.partner_id = owner and account.currency = wanted_currency
        group by account.kind
    )

    select jsonb_object_agg(name, amount) || jsonb_build_object('total', sum(amount)) from sums;
$$;

-- The entries of a statement: one per journal, with what it changed per account and why. Journals posted before `ends` that
-- no statement tells of yet; those from before `starts` are late ones.
create function private.unstated_entries(owner uuid, wanted_currency text, starts timestamptz, ends timestamptz) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
    return (
        with changes as (
            select line.journal_id, substr(account.kind::text, 9) as name, sum(-line.amount) as amount
            from ledger.accounts as account
            join ledger.lines as line on line.account_id = account.id
            where account.partner_id = owner and account.currency = wanted_currency
                and not exists (
                    select from ledger.stated_lines as stated
                    where stated.journal_id = line.journal_id and stated.line_no = line.line_no
                )
            group by line.journal_id, account.kind
        ),

        journals as (
            select
                journal.id, journal.kind, journal.source_kind, journal.source_id, journal.reverses_id, journal.posted_at,
                jsonb_object_agg(changes.name, changes.amount) as by_account, sum(changes.amount)::bigint as total
            from changes
            join ledger.journals as journal on journal.id = changes.journal_id
            where journal.posted_at < ends
            group by journal.id
        )

        select coalesce(jsonb_agg(
            jsonb_build_object(
                'journal_id', journals.id, 'at', private.utc_text(journals.posted_at), 'kind', journals.kind,
                'words', coalesce(words.words, journals.kind),
                'source_kind', journals.source_kind, 'source_id', journals.source_id,
                'changes', journals.by_account || jsonb_build_object('total', journals.total),
                'late', journals.posted_at < starts,
                'reason', private.journal_reason(journals.source_kind, journals.source_id)
            ) || case when journals.reverses_id is null then '{}' else jsonb_build_object('reverses_journal_id', journals.reverses_id) end
            order by journals.posted_at, journals.id
        ), '[]')
        from journals
        left join ledger.journal_words as words on words.kind = journals.kind
    );
end;
$$;

-- Sums per account name over objects of amounts.
create function private.add_amounts(parts jsonb) returns jsonb
language sql immutable set search_path = '' as $$
    select coalesce(jsonb_object_agg(sums.name, sums.amount), '{}')
    from (
        select field.key as name, sum(field.value::bigint)::bigint as amount
        from jsonb_array_elements(parts) as part
        cross join jsonb_each_text(part) as field
        group by field.key
    ) as sums;
$$;

-- What a statement says; null when there is nothing to tell: no entry, and nothing owed either way.
create function private.statement_content(
    statement uuid, owner uuid, wanted_currency text, month date, before public.statements
) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
    starts timestamptz := month::timestamp at time zone 'UTC';
    ends timestamptz := (month + interval '1 month')::timestamp at time zone 'UTC';
    zone text;
    opening jsonb := private.stated_balances(owner, wanted_currency, month);
    entries jsonb := private.unstated_entries(owner, wanted_currency, starts, ends);
    totals jsonb;
begin
    if entries = '[]' and not exists (select from jsonb_each_text(opening) as field where field.value::bigint <> 0) then
        return null;
    end if;
    select partner.timezone into strict zone from public.partners as partner where partner.id = owner;
    select coalesce(jsonb_agg(
        jsonb_build_object('kind', by_kind.kind, 'words', by_kind.words, 'count', by_kind.many, 'changes', by_kind.changes)
        order by by_kind.kind
    ), '[]') into totals
    from (
        select
            entry ->> 'kind' as kind, entry ->> 'words' as words, count(*) as many,
            private.add_amounts(jsonb_agg(entry -> 'changes')) as changes
        from jsonb_array_elements(entries) as entry
        group by entry ->> 'kind', entry ->> 'words'
    ) as by_kind;
    return jsonb_build_object(
        'format', 'siso-statement-1', 'statement_id', statement, 'partner_id', owner,
        'currency', wanted_currency, 'currency_digits', private.currency_digits(wanted_currency),
        'period', jsonb_build_object(
            'month', to_char(month, 'YYYY-MM'), 'from', private.utc_text(starts), 'to', private.utc_text(ends),
            'time_zone', zone,
            'local_from', to_char(starts at time zone zone, 'YYYY-MM-DD HH24:MI'),
            'local_to', to_char(ends at time zone zone, 'YYYY-MM-DD HH24:MI')
        ),
        'previous', case when before.id is null then null else jsonb_build_object(
            'statement_id', before.id, 'month', to_char(before.period, 'YYYY-MM'), 'sha256', before.sha256
        ) end,
        'opening', opening, 'entries', entries, 'totals', totals,
        'closing', private.add_amounts(jsonb_build_array(opening, private.add_amounts(
            coalesce((select jsonb_agg(entry -> 'changes') from jsonb_array_elements(entries) as entry), '[]')
        )))
    );
end;
$$;

-- Makes the statement of one month, once; null when there is nothing to tell. Months are made in their order.
create function private.make_statement(owner uuid, wanted_currency text, month date) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
    ends timestamptz := (month + interval '1 month')::timestamp at time zone 'UTC';
    made public.statements;
    before public.statements;
    statement uuid := gen_random_uuid();
    said jsonb;
begin
    if ends > private.now() then
        perform private.fail('PT409', 'This month is not over.', 'period_open', 'period');
    end if;
    -- Whoever posts to these accounts holds their rows: from here on nothing is posted until the statement stands.
    perform from ledger.accounts
    where partner_id = owner and currency = wanted_currency
    order by id for update;
    select * into made from public.statements
    where partner_id = owner and currency = wanted_currency and period = month;
    if found then
        return made.id;
    end if;
    select * into before from public.statements
    where partner_id = owner and currency = wanted_currency
    order by period desc limit 1;
    if before.period > month then
        perform private.fail('PT409', 'A later month has its statement already.', 'later_statement', 'period');
    end if;
    said := private.statement_content(statement, owner, wanted_currency, month, before);
    if said is null then
        return null;
    end if;
    insert into public.statements (
        id, partner_id, currency, period, opening_balance, closing_balance, entry_count, content, sha256
    ) values (
        statement, owner, wanted_currency, month, (said -> 'opening' ->> 'total')::bigint,
        (said -> 'closing' ->> 'total')::bigint, jsonb_array_length(said -> 'entries'), said, private.json_digest(said)
    ) returning * into made;
    insert into ledger.stated_lines (journal_id, line_no, statement_id)
    select line.journal_id, line.line_no, made.id
    from jsonb_array_elements(said -> 'entries') as entry
    join ledger.lines as line on line.journal_id = (entry ->> 'journal_id')::bigint
    join ledger.accounts as account on account.id = line.account_id
    where account.partner_id = owner and account.currency = wanted_currency;
    perform private.emit(
        'statement.made', 'statement', made.id, owner, null,
        jsonb_build_object('month', to_char(month, 'YYYY-MM'), 'currency', wanted_currency, 'sha256', made.sha256)
    );
    return made.id;
end;
$$;
