-- Two facts that nothing else in the product knows: how satisfied partners are (R-016), and what the whole company earned
-- (R-008).

-- One question per quarter (UTC): "How satisfied are you with the partnership?", 1 to 5.
create table public.survey_answers (
    partner_id uuid not null references public.partners,
    quarter date not null check (quarter = date_trunc('quarter', quarter)), -- its first day
    score smallint not null check (score between 1 and 5),
    comment text check (length(comment) between 1 and 1000),
    answered_at timestamptz not null default private.now(),
    primary key (partner_id, quarter)
);

create trigger append_only before update or delete or truncate on public.survey_answers
for each statement execute function private.refuse_rewriting();

create function private.current_quarter() returns date
language sql stable set search_path = '' as $$
    select date_trunc('quarter', private.now() at time zone 'UTC')::date;
$$;

-- Whoever has been a partner for 30 days is asked once in a quarter.
create function private.survey_due() returns jsonb
language sql stable security definer set search_path = '' as $$
    select jsonb_build_object(
        'quarter', private.current_quarter(),
        'due', exists (
            select from public.partners
            where id = private.me() and status = 'active' and created_at <= private.now() - interval '30 days'
        ) and not exists (
            select from public.survey_answers where partner_id = private.me() and quarter = private.current_quarter()
        )
    );
$$;

-- The first answer of a quarter stands; a phone may repeat it.
create function private.answer_survey(stars integer, words text) returns public.survey_answers
language plpgsql volatile security definer set search_path = '' as $$
declare
    mine uuid := private.require_active_partner();
    remark text := nullif(btrim(words), '');
    answer public.survey_answers;
begin
    if stars is null or stars not between 1 and 5 then
        perform private.fail('22023', 'Choose 1 to 5.', 'range', 'score', null, '1-5');
    end if;
    if length(remark) > 1000 then
        perform private.fail('22023', 'At most 1,000 characters.', 'length', 'comment', null, '1000');
    end if;
    insert into public.survey_answers (partner_id, quarter, score, comment)
    values (mine, private.current_quarter(), stars, remark)
    on conflict (partner_id, quarter) do nothing
    returning * into answer;
    if answer.partner_id is null then
        select * into strict answer from public.survey_answers where partner_id = mine and quarter = private.current_quarter();
        if (answer.score, answer.comment) is distinct from (stars, remark) then
            perform private.fail('PT409', 'You have answered this quarter.', 'already_answered', 'score');
        end if;
    end if;
    return answer;
end;
$$;

-- What the company earned in a month, net of tax, partners' deals included. Said by finance until the client system says it
-- itself. Append-only: a correction is a newer row, and the newest counts.
create table private.company_revenue (
    id bigint generated always as identity primary key,
    month date not null check (month = date_trunc('month', month)), -- its first day (UTC)
    currency char(3) not null references public.payout_minimums,
    amount bigint not null check (amount between 0 and 100000000000000), -- minor units
    source text not null check (length(source) between 1 and 200),
    imported_by uuid references public.staff_members,
    imported_at timestamptz not null default private.now()
);

create index on private.company_revenue (currency, month, id desc);
create index on private.company_revenue (imported_by);

create trigger append_only before update or delete or truncate on private.company_revenue
for each statement execute function private.refuse_rewriting();

create function private.import_company_revenue(wanted date, wanted_currency text, cents bigint, origin text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
    staff uuid := private.require_staff('finance', 'admin');
    known private.company_revenue;
begin
    if wanted is null or not isfinite(wanted) or wanted <> date_trunc('month', wanted)::date then
        perform private.fail('22023', 'Name the month by its first day.', 'first_day', 'month', 'For instance 2026-10-01.');
    end if;
    if wanted >= date_trunc('month', private.now() at time zone 'UTC') then
        perform private.fail('22023', 'This month is not over yet.', 'complete_month', 'month');
    end if;
    if not exists (select from public.payout_minimums where currency = wanted_currency) then
        perform private.fail('22023', 'This currency is not supported.', 'unknown_currency', 'currency');
    end if;
    if cents is null or cents not between 0 and 100000000000000 then
        perform private.fail('22023', 'The amount is in minor units, zero or more.', 'range', 'amount', null, '0-100000000000000');
    end if;
    if coalesce(btrim(origin), '') = '' or length(origin) > 200 then
        perform private.fail('22023', 'Say where the amount comes from, in up to 200 characters.', 'length', 'source', null, '200');
    end if;
    select * into known from private.company_revenue
    where month = wanted and currency = wanted_currency order by id desc limit 1;
    if known.amount is distinct from cents or known.source is distinct from btrim(origin) then
        insert into private.company_revenue (month, currency, amount, source, imported_by)
        values (wanted, wanted_currency, cents, btrim(origin), staff);
        perform private.emit(
            'revenue.imported', 'staff_member', staff, null,
            case when known.id is not null then jsonb_build_object('amount', known.amount, 'source', known.source) end,
            jsonb_build_object('month', wanted, 'currency', wanted_currency, 'amount', cents, 'source', btrim(origin), 'staff_id', staff)
        );
    end if;
    return jsonb_build_object('month', wanted, 'currency', wanted_currency, 'amount', cents, 'source', btrim(origin));
end;
$$;

create function public.survey_due() returns jsonb
language sql stable set search_path = '' as $$
    select private.survey_due();
$$;
create function public.answer_survey(score integer, comment text default null) returns jsonb
language sql volatile set search_path = '' as $$
    select to_jsonb(answer) - 'partner_id' from private.answer_survey(score, comment) as answer;
$$;
create function public.import_company_revenue(month date, currency text, amount bigint, source text) returns jsonb
language sql volatile set search_path = '' as $$
    select private.import_company_revenue(month, currency, amount, source);
$$;
