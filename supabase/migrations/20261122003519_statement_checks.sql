-- Statements against themselves, against each other and against the ledger: no row when all is well.

-- altered: the digest is not that of the content. sum: opening and entries do not give the closing balance. columns: the
-- columns do not say what the content says. chain: it does not begin where the one before ended. ledger: the closing balance
-- is not what the ledger lines of this and all earlier statements give. audit: the audit log knows another digest, or none.
create view private.check_statements with (security_invoker = true) as
with told as (
    select
        made.*,
        lag(made.content -> 'closing') over one_account as closing_before,
        lag(made.sha256) over one_account as sha256_before
    from public.statements as made
    window one_account as (partition by made.partner_id, made.currency order by made.period)
),

-- What the ledger lines that were stated in each month come to, in the partner's favour when positive.
stated as (
    select line.account_id, made.period, -sum(line.amount) as amount
    from ledger.stated_lines as known
    join ledger.lines as line on line.journal_id = known.journal_id and line.line_no = known.line_no
    join public.statements as made on made.id = known.statement_id
    group by line.account_id, made.period
),

-- All months up to a statement's own, per account.
balances as (
    select told.id, substr(account.kind::text, 9) as name, coalesce(sum(stated.amount), 0) as amount
    from told
    join ledger.accounts as account on account.partner_id = told.partner_id and account.currency = told.currency
    left join stated on stated.account_id = account.id and stated.period <= told.period
    group by told.id, account.kind
)

select id, partner_id, currency, period, 'altered' as problem from told where sha256 <> private.json_digest(content)
union all
select told.id, told.partner_id, told.currency, told.period, 'sum'
from told
where told.content -> 'closing' <> private.add_amounts(told.content -> 'opening' || coalesce((
    select jsonb_agg(entry -> 'changes') from jsonb_array_elements(told.content -> 'entries') as entry
), '[]'))
union all
select id, partner_id, currency, period, 'columns'
from told
where (content ->> 'partner_id', content ->> 'currency', content -> 'period' ->> 'month')
    is distinct from (partner_id::text, currency::text, to_char(period, 'YYYY-MM'))
    or (content -> 'opening' ->> 'total')::bigint <> opening_balance
    or (content -> 'closing' ->> 'total')::bigint <> closing_balance
    or jsonb_array_length(content -> 'entries') <> entry_count
union all
select told.id, told.partner_id, told.currency, told.period, 'chain'
from told
where told.content -> 'previous' ->> 'sha256' is distinct from told.sha256_before
    or exists (
        select from jsonb_each_text(told.content -> 'opening') as field
        where field.value::bigint <> coalesce((told.closing_before ->> field.key)::bigint, 0)
    )
union all
select told.id, told.partner_id, told.currency, told.period, 'ledger'
from told
join balances on balances.id = told.id
group by told.id, told.partner_id, told.currency, told.period, told.content
-- An account that was opened later is missing in the content, and was empty then.
having bool_or(balances.amount <> coalesce((told.content -> 'closing' ->> balances.name)::bigint, 0))
    or sum(balances.amount) <> coalesce((told.content -> 'closing' ->> 'total')::bigint, 0)
union all
select told.id, told.partner_id, told.currency, told.period, 'audit'
from told
where not exists (
    select from ops.audit_log as entry
    where entry.stream = 'partner:' || told.partner_id::text and entry.subject_id = told.id
        and entry.action = 'statement.made' and entry.body -> 'after' ->> 'sha256' = told.sha256
);

-- Journals of a kind that statements have no words for (they show the kind's name).
create view private.check_journal_words with (security_invoker = true) as
select journal.kind, count(*) as journals
from ledger.journals as journal
where not exists (select from ledger.journal_words as words where words.kind = journal.kind)
group by journal.kind;
