-- Which statement tells of which journal of a partner; none yet for those of the present month.
select
    journal.id as journal_id, journal.posted_at, journal.kind, account.kind as account, -line.amount as moved, line.currency,
    made.period, made.id as statement_id, made.sha256
from ledger.accounts as account
join ledger.lines as line on line.account_id = account.id
join ledger.journals as journal on journal.id = line.journal_id
left join ledger.stated_lines as stated on stated.journal_id = line.journal_id and stated.line_no = line.line_no
left join public.statements as made on made.id = stated.statement_id
where account.partner_id = '00000000-0000-0000-0000-000000000000'
order by journal.posted_at, journal.id, line.line_no;
