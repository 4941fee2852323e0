-- Finance takes the books out as CSV: ledger lines, commission lines or payouts of a period, or the yearly totals that are
-- reported to tax offices; of any size.

insert into ops.topics (topic, worker, max_attempts) values ('finance.export', 'documents', 12);

create type public.finance_export_kind as enum ('ledger', 'commissions', 'payouts', 'tax');

create table public.finance_exports (
    id uuid primary key, -- the client's request id
    kind public.finance_export_kind not null,
    period_from date not null,
    period_to date not null check (period_to > period_from), -- not included; days are those of UTC
    requested_by uuid not null references public.staff_members,
    status public.export_status not null default 'waiting',
    requested_at timestamptz not null default private.now(),
    path text, -- in the bucket `exports`, folder `finance`
    sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes bigint check (bytes > 0),
    row_count bigint check (row_count >= 0),
    ready_at timestamptz,
    expires_at timestamptz,
    check ((status = 'waiting') = (path is null))
);

create index on public.finance_exports (requested_by, requested_at desc);

create function private.request_finance_export(
    wanted_kind public.finance_export_kind, first_day date, end_day date, request uuid
) returns public.finance_exports
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    export public.finance_exports;
begin
    if wanted_kind is null or first_day is null or end_day is null or request is null then
        perform private.fail('22023', 'Kind, first day, end and a request id are needed.', 'required', case
            when wanted_kind is null then 'kind' when first_day is null then 'period_from' when end_day is null then 'period_to'
            else 'request_id'
        end);
    end if;
    if end_day <= first_day then
        perform private.fail('22023', 'The period ends after it begins; its last day is not included.', 'interval', 'period_to');
    end if;
    if wanted_kind = 'tax' and (
        first_day <> date_trunc('year', first_day::timestamp)::date or end_day <> (first_day + interval '1 year')::date
    ) then
        perform private.fail('22023', 'Totals for tax offices are those of one calendar year.', 'calendar_year', 'period_to');
    end if;
    select * into export from public.finance_exports where id = request;
    if found then
        if export.requested_by <> staff then
            perform private.fail('23505', 'This request id was used by somebody else.', 'request_id_reused', 'request_id');
        end if;
        return export;
    end if;
    insert into public.finance_exports (id, kind, period_from, period_to, requested_by)
    values (request, wanted_kind, first_day, end_day, staff) returning * into export;
    perform private.emit(
        'finance_export.requested', 'finance_export', export.id, null, null,
        jsonb_build_object('kind', wanted_kind, 'from', first_day, 'to', end_day, 'staff_id', staff)
    );
    perform private.enqueue('finance.export', export.id::text, jsonb_build_object('export_id', export.id));
    return export;
end;
$$;

create function public.request_finance_export(
    kind public.finance_export_kind, period_from date, period_to date, request_id uuid
) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(export) from private.request_finance_export(kind, period_from, period_to, request_id) as export;
$$;

-- One page of rows, each an object, in the order of their ids; `after` as in worker.export_page. Amounts are minor units, the
-- worker makes decimals of them.
create function worker.finance_export_page(export uuid, after jsonb default null, page integer default 2000) returns jsonb
language plpgsql stable security definer set search_path = '' set timezone = 'UTC' as $$
#variable_conflict use_variable
declare
    asked public.finance_exports;
    starts timestamptz;
    ends timestamptz;
    found jsonb;
begin
    select known.* into asked from public.finance_exports as known where known.id = export;
    if asked.id is null or asked.status <> 'waiting' then
        return null;
    end if;
    starts := asked.period_from::timestamp at time zone 'UTC';
    ends := asked.period_to::timestamp at time zone 'UTC';
    page := least(greatest(page, 1), 5000);
    case asked.kind
        when 'ledger' then
            select jsonb_agg(to_jsonb(entry) order by entry.journal_id, entry.line_no) into found
            from (
                select
                    line.journal_id, line.line_no, private.utc_text(journal.posted_at) as posted_at, journal.kind,
                    journal.source_kind, journal.source_id, account.kind as account, account.partner_id, line.amount,
                    line.balance_after, line.currency, private.currency_digits(line.currency) as digits, journal.request_id
                from ledger.lines as line
                join ledger.journals as journal on journal.id = line.journal_id
                join ledger.accounts as account on account.id = line.account_id
                where journal.posted_at >= starts and journal.posted_at < ends
                    and (after is null or (line.journal_id, line.line_no) > ((after ->> 0)::bigint, (after ->> 1)::smallint))
                order by line.journal_id, line.line_no
                limit page
            ) as entry;
        when 'commissions' then
            select jsonb_agg(to_jsonb(entry) order by entry.id) into found
            from (
                select
                    line.id, private.utc_text(line.created_at) as created_at, line.partner_id, line.commission_type, line.status,
                    deal.reference as deal_reference, line.client_payment_id, line.tier, line.rate_bp, line.base_amount,
                    line.booked_before, line.amount, line.corrects_id, private.utc_text(line.clears_at) as clears_at,
                    line.payment_date, line.currency, private.currency_digits(line.currency) as digits
                from public.commissions as line
                join public.deals as deal on deal.id = line.deal_id
                where line.created_at >= starts and line.created_at < ends and (after is null or line.id > (after ->> 0)::uuid)
                order by line.id
                limit page
            ) as entry;
        when 'payouts' then
            select jsonb_agg(to_jsonb(entry) order by entry.id) into found
            from (
                select
                    payout.id, private.utc_text(payout.requested_at) as requested_at, payout.partner_id, payout.status,
                    payout.amount, private.utc_text(payout.sent_at) as sent_at, private.utc_text(payout.paid_at) as paid_at,
                    payout.stripe_transfer_id, payout.failure_code, payout.currency,
                    private.currency_digits(payout.currency) as digits
                from public.payouts as payout
                where payout.requested_at >= starts and payout.requested_at < ends and (after is null or payout.id > (after ->> 0)::uuid)
                order by payout.id
                limit page
            ) as entry;
        when 'tax' then
            select jsonb_agg(to_jsonb(entry) order by entry.partner_id, entry.country, entry.currency, entry.form) into found
            from (
                select known.*, private.currency_digits(known.currency) as digits
                from private.tax_rows(extract(year from asked.period_from)::integer) as known
                where after is null or (known.partner_id, known.country::text, known.currency::text, known.form)
                    > ((after ->> 0)::uuid, after ->> 1, after ->> 2, after ->> 3)
                order by known.partner_id, known.country, known.currency, known.form
                limit page
            ) as entry;
    end case;
    return jsonb_build_object(
        'kind', asked.kind, 'from', asked.period_from, 'to', asked.period_to, 'rows', coalesce(found, '[]'),
        'after', case when jsonb_array_length(found) = page then
            case asked.kind
                when 'ledger' then jsonb_build_array(found -> -1 -> 'journal_id', found -> -1 -> 'line_no')
                when 'tax' then jsonb_build_array(
                    found -> -1 -> 'partner_id', found -> -1 -> 'country', found -> -1 -> 'currency', found -> -1 -> 'form'
                )
                else jsonb_build_array(found -> -1 -> 'id')
            end
        end
    );
end;
$$;

-- The file is there for 24 hours. The first one wins.
create function worker.finish_finance_export(export uuid, path text, sha256 text, bytes bigint, row_count bigint) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    made public.finance_exports;
begin
    perform private.require_file('exports', path);
    update public.finance_exports as known
    set
        status = 'ready', path = path, sha256 = sha256, bytes = bytes, row_count = row_count, ready_at = private.now(),
        expires_at = private.now() + interval '24 hours'
    where known.id = export and known.status = 'waiting' and split_part(path, '/', 1) = 'finance'
    returning known.* into made;
    if made.id is null then
        return false;
    end if;
    perform private.emit(
        'finance_export.ready', 'finance_export', made.id, null, jsonb_build_object('status', 'waiting'),
        jsonb_build_object('status', 'ready', 'sha256', sha256, 'rows', row_count)
    );
    perform private.enqueue('export.expire', made.id::text, jsonb_build_object('export_id', made.id), made.expires_at);
    return true;
end;
$$;

-- What to remove from Storage when the time of an export, a partner's or finance's, is over; null while it is not.
create function worker.due_export(export uuid) returns text
language sql stable security definer set search_path = '' as $$
    select known.path from public.exports as known
    where known.id = $1 and known.status = 'ready' and known.expires_at <= private.now()
    union all
    select known.path from public.finance_exports as known
    where known.id = $1 and known.status = 'ready' and known.expires_at <= private.now();
$$;

create function worker.expire_export(export uuid) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    partners_own boolean;
begin
    update public.exports as known set status = 'expired'
    where known.id = export and known.status = 'ready' and known.expires_at <= private.now();
    partners_own := found;
    update public.finance_exports as known set status = 'expired'
    where known.id = export and known.status = 'ready' and known.expires_at <= private.now();
    return partners_own or found;
end;
$$;

-- What the documents worker should have done by now. unstated: a ledger line of a month that ended a month ago is in no
-- statement. files: a statement lacks a file after a day. waiting: an export was not made within a day. kept: its file was not
-- removed within a day after its end.
create view private.check_overdue_papers with (security_invoker = true) as
select account.partner_id as id, min(journal.posted_at) as since, 'unstated' as problem
from ledger.accounts as account
join ledger.lines as line on line.account_id = account.id
join ledger.journals as journal on journal.id = line.journal_id
where account.partner_id is not null
    and journal.posted_at < private.last_month()::timestamp at time zone 'UTC'
    and not exists (
        select from ledger.stated_lines as stated where stated.journal_id = line.journal_id and stated.line_no = line.line_no
    )
group by account.partner_id
union all
select made.id, made.created_at, 'files'
from public.statements as made
where made.created_at < private.now() - interval '1 day'
    and 3 > (select count(*) from public.statement_files as file where file.statement_id = made.id)
union all
select export.id, export.requested_at, case export.status when 'waiting' then 'waiting' else 'kept' end
from (
    select id, status, requested_at, expires_at from public.exports
    union all
    select id, status, requested_at, expires_at from public.finance_exports
) as export
where (export.status = 'waiting' and export.requested_at < private.now() - interval '1 day')
    or (export.status = 'ready' and export.expires_at < private.now() - interval '1 day');
