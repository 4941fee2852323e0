-- How statements come to be: enqueued on the first of a month (or by staff), made by the database, turned into files by the
-- documents worker. Every step may be repeated; a worker killed between two steps leaves nothing half done.

insert into ops.topics (topic, worker, max_attempts) values
('statement.month', 'documents', 12),
('statement.make', 'documents', 20);

-- The month that ended last, UTC.
create function private.last_month() returns date
language sql stable security definer set search_path = '' as $$
    select (date_trunc('month', private.now() at time zone 'UTC') - interval '1 month')::date;
$$;

create function private.enqueue_statements() returns void
language sql volatile security definer set search_path = '' as $$
    select private.enqueue(
        'statement.month', to_char(private.last_month(), 'YYYY-MM') || ':cron',
        jsonb_build_object('month', private.last_month(), 'run', 'cron')
    );
$$;

-- Twenty minutes into the month: whatever was still being posted at midnight has been committed.
select cron.schedule('month-statements', '20 0 1 * *', 'select private.enqueue_statements()');

-- Staff: the statements of a past month for whoever has none. The same request twice is one run.
create function private.prepare_statements(month date, request uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    staff uuid := private.require_staff('finance', 'admin');
    first_day date := date_trunc('month', month)::date;
begin
    if month is null or not isfinite(month) then
        perform private.fail('22023', 'Which month?', 'required', 'month');
    end if;
    if request is null then
        perform private.fail('22023', 'A request id is needed.', 'required', 'request_id');
    end if;
    if first_day > private.last_month() then
        perform private.fail('PT409', 'This month is not over.', 'period_open', 'month');
    end if;
    perform private.enqueue(
        'statement.month', to_char(first_day, 'YYYY-MM') || ':' || request::text,
        jsonb_build_object('month', first_day, 'run', request)
    );
    perform private.emit(
        'statements.requested', 'statements', request, null, null,
        jsonb_build_object('month', to_char(first_day, 'YYYY-MM'), 'staff_id', staff)
    );
    return jsonb_build_object('month', first_day, 'request_id', request);
end;
$$;

create function public.prepare_statements(month date, request_id uuid) returns jsonb
language sql volatile set search_path = '' as $$
    select private.prepare_statements(month, request_id);
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- What the documents worker calls.
-- ---------------------------------------------------------------------------------------------------------------------

-- One page of a month's jobs, one per partner with accounts; returns where the next page begins, null after the last.
create function worker.enqueue_statement_jobs(month date, run text, after uuid default null, page integer default 200) returns uuid
language sql volatile security definer set search_path = '' as $$
    with due as (
        select distinct account.partner_id
        from ledger.accounts as account
        where account.partner_id is not null and ($3 is null or account.partner_id > $3)
        order by account.partner_id
        limit least(greatest($4, 1), 1000)
    ),

    made as (
        insert into ops.outbox (topic, dedupe_key, payload, request_id)
        select
            'statement.make', concat_ws(':', 'statement.make', to_char($1, 'YYYY-MM'), $2, due.partner_id),
            jsonb_build_object('partner_id', due.partner_id, 'month', $1), private.request_id()
        from due
        on conflict (dedupe_key) do nothing
    )

    select case when count(*) = least(greatest($4, 1), 1000) then (array_agg(due.partner_id order by due.partner_id desc))[1] end
    from due;
$$;

-- Makes what is missing up to `month`, in the order of months, and returns the statements that lack a file.
create function worker.make_statements(partner uuid, month date) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    in_currency text;
    next_month date;
begin
    for in_currency in
        select distinct account.currency from ledger.accounts as account where account.partner_id = partner order by 1
    loop
        select coalesce(
            (
                select (max(statement.period) + interval '1 month')::date from public.statements as statement
                where statement.partner_id = partner and statement.currency = in_currency
            ),
            (
                select date_trunc('month', min(journal.posted_at) at time zone 'UTC')::date
                from ledger.accounts as account
                join ledger.lines as line on line.account_id = account.id
                join ledger.journals as journal on journal.id = line.journal_id
                where account.partner_id = partner and account.currency = in_currency
            )
        ) into next_month;
        while next_month <= month loop
            perform private.make_statement(partner, in_currency, next_month);
            next_month := (next_month + interval '1 month')::date;
        end loop;
    end loop;
    return coalesce((
        select jsonb_agg(statement.id order by statement.period, statement.currency)
        from public.statements as statement
        where statement.partner_id = partner and 3 > (
            select count(*) from public.statement_files as file where file.statement_id = statement.id
        )
    ), '[]');
end;
$$;

-- What the files are made of: the canonical text, byte by byte the JSON file, and the name that only the PDF shows.
create function worker.statement_text(statement uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object(
        'id', made.id, 'text', private.canonical_json(made.content), 'sha256', made.sha256, 'partner_id', made.partner_id,
        'month', to_char(made.period, 'YYYY-MM'), 'currency', made.currency, 'made_at', private.utc_text(made.created_at),
        'name', partner.name,
        'files', coalesce((select jsonb_agg(file.kind) from public.statement_files as file where file.statement_id = made.id), '[]')
    )
    from public.statements as made
    join public.partners as partner on partner.id = made.partner_id
    where made.id = $1;
$$;

-- Refuses to note a file that Storage does not have yet.
create function private.require_file(bucket text, path text) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
    if not exists (select from storage.objects as object where object.bucket_id = bucket and object.name = path) then
        perform private.fail('PT409', 'The file is not there yet.', 'file_missing', 'path');
    end if;
end;
$$;

-- Keeps where a file lies, once it lies there. The first one wins. With the last of the three the partner is told.
create function worker.record_statement_file(
    statement uuid, kind text, path text, sha256 text, bytes bigint
) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_variable
declare
    made public.statements;
    added boolean;
begin
    select known.* into strict made from public.statements as known where known.id = statement;
    if split_part(path, '/', 1) <> made.partner_id::text then
        perform private.fail('23514', 'A statement lies in the folder of its partner.', 'path', 'path');
    end if;
    if kind = 'json' and sha256 <> made.sha256 then
        perform private.fail('23514', 'The file is not what the statement says.', 'digest', 'sha256');
    end if;
    perform private.require_file('statements', path);
    insert into public.statement_files as file (statement_id, kind, path, sha256, bytes)
    values (statement, kind, path, sha256, bytes)
    on conflict on constraint statement_files_pkey do nothing;
    added := found;
    if added then
        perform private.emit(
            'statement.filed', 'statement', made.id, made.partner_id, null, jsonb_build_object('kind', kind, 'sha256', sha256)
        );
        if 3 = (select count(*) from public.statement_files as file where file.statement_id = made.id) then
            if made.period = private.last_month() then
                perform private.notify(
                    made.partner_id, 'account', 'New statement',
                    'Your statement of ' || to_char(made.period, 'FMMonth YYYY') || ' in ' || made.currency || ' is ready.', '/partner/earnings'
                );
            end if;
            perform private.hint(made.partner_id, 'statement.ready', made.id);
        end if;
    end if;
    return added;
end;
$$;

-- The caller's statements, newest first; a suspended or former partner's, too (F-17). Files are fetched with links of 60 s.
create function private.list_my_statements() returns jsonb
language sql stable security definer set search_path = '' as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', made.id, 'month', to_char(made.period, 'YYYY-MM'), 'currency', made.currency,
        'opening_balance', made.opening_balance, 'closing_balance', made.closing_balance,
        'entry_count', made.entry_count, 'sha256', made.sha256, 'created_at', made.created_at,
        'files', coalesce((
            select jsonb_object_agg(file.kind, file.path) from public.statement_files as file where file.statement_id = made.id
        ), '{}')
    ) order by made.period desc, made.currency), '[]')
    from public.statements as made
    where made.partner_id = (select private.me());
$$;

create function public.list_my_statements() returns jsonb
language sql stable set search_path = '' as $$
    select private.list_my_statements();
$$;
