-- The statements of the month that ended last, with how many of their three files lie in Storage.
select
    made.period, partner.name, made.currency, made.opening_balance, made.entry_count, made.closing_balance, made.sha256,
    count(file.kind) as files
from public.statements as made
join public.partners as partner on partner.id = made.partner_id
left join public.statement_files as file on file.statement_id = made.id
where made.period = private.last_month()
group by made.id, partner.id
order by partner.name, made.currency;
